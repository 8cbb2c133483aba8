import type { ClientTLSSettings } from '../../istio/index.ts';
import type { YamlPath } from '../../yaml/types.ts';
import type { Report } from './report.ts';

const CONFIG_MAP = 'configmap://';

function configMapFault(credential: string, namespace: string): string | undefined {
  const [own = '', name] = credential.slice(CONFIG_MAP.length).split('/');
  if (name === undefined || name === '' || own === '')
    return `"${credential}" must be written as configmap://NAMESPACE/NAME.`;
  return own !== namespace || namespace === ''
    ? `The ConfigMap must be in the namespace of the rule, "${namespace}".`
    : undefined;
}

const isSet = (value: string | undefined): boolean => value !== undefined && value !== '';

/** Faults of the TLS that clients speak; `namespace` is the rule's. Source: agent.ValidateTLS. */
export function clientTlsFaults(
  tls: ClientTLSSettings | undefined,
  namespace: string,
  path: YamlPath,
  report: Report,
): void {
  if (tls === undefined) return;
  const { mode, credentialName = '' } = tls;
  if (credentialName.startsWith(CONFIG_MAP))
    report.check('V-DR-080', [...path, 'credentialName'], configMapFault(credentialName, namespace));
  const names = (tls.subjectAltNames ?? []).length > 0;
  const authority = isSet(tls.caCertificates);
  if (tls.insecureSkipVerify === true) {
    if (mode === 'SIMPLE' && (authority || credentialName !== '' || names))
      report.error('V-DR-081', path, 'With insecureSkipVerify nothing that verifies the server can be given.');
    if (mode === 'MUTUAL' && (authority || names))
      report.error('V-DR-082', path, 'With insecureSkipVerify there can be no caCertificates and subjectAltNames.');
  }
  if ((mode === 'SIMPLE' || mode === 'MUTUAL') && credentialName !== '') {
    if (isSet(tls.clientCertificate) || authority || isSet(tls.privateKey) || isSet(tls.caCrl))
      report.error('V-DR-083', path, 'With credentialName no certificates, keys or lists can be given as files.');
    return;
  }
  if (mode !== 'MUTUAL') return;
  if (!isSet(tls.clientCertificate)) report.error('V-DR-084', path, 'Mutual TLS needs a clientCertificate.');
  if (!isSet(tls.privateKey)) report.error('V-DR-085', path, 'Mutual TLS needs a privateKey.');
}
