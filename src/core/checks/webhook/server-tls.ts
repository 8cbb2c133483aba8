import type { ServerTLSSettings } from '../../istio/index.ts';
import type { YamlPath } from '../../yaml/types.ts';
import type { Report } from './report.ts';

const CIPHERS = new Set([
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-SHA',
  'ECDHE-RSA-AES128-SHA',
  'ECDHE-ECDSA-AES256-SHA',
  'ECDHE-RSA-AES256-SHA',
  'AES128-GCM-SHA256',
  'AES256-GCM-SHA384',
  'AES128-SHA',
  'AES256-SHA',
  'DES-CBC3-SHA',
]);

/** `ALL` and expressions with operators are taken as they are. */
const isCipher = (name: string): boolean =>
  name === '' || name === 'ALL' || !/^[\p{L}\p{N}]/u.test(name) || CIPHERS.has(name);
const isSet = (value: string | undefined): boolean => value !== undefined && value !== '';

function cipherFaults(tls: ServerTLSSettings, path: YamlPath, report: Report): void {
  const suites = tls.cipherSuites ?? [];
  if ((tls.minProtocolVersion === 'TLSV1_0' || tls.minProtocolVersion === 'TLSV1_1') && suites.length === 0)
    report.warning('V-GW-030', [...path, 'minProtocolVersion'], 'TLS below 1.2 needs cipherSuites that still know it.');
  const unknown = suites.filter((suite) => !isCipher(suite));
  const twice = suites.filter((suite, index) => isCipher(suite) && suites.indexOf(suite) < index);
  const list = (names: readonly string[]): string => [...new Set(names)].sort().join(', ');
  const at = [...path, 'cipherSuites'];
  if (unknown.length > 0) report.warning('V-GW-031', at, `Cipher suites that Envoy does not know: ${list(unknown)}.`);
  if (twice.length > 0) report.warning('V-GW-032', at, `Cipher suites that stand here twice: ${list(twice)}.`);
}

const OF_ISTIO = [
  ['V-GW-033', 'serverCertificate'],
  ['V-GW-034', 'privateKey'],
  ['V-GW-035', 'caCertificates'],
  ['V-GW-036', 'tlsCertificates'],
  ['V-GW-037', 'credentialName'],
  ['V-GW-038', 'credentialNames'],
] as const;

function pairFaults(tls: ServerTLSSettings, mode: string, path: YamlPath, report: Report): void {
  const mutual = mode !== 'SIMPLE';
  const title = mutual ? 'Mutual TLS' : 'SIMPLE TLS';
  if (mutual && !isSet(tls.caCertificates))
    report.error('V-GW-041', path, `${title} needs caCertificates for clients.`);
  const several = tls.tlsCertificates ?? [];
  if (several.length > 2)
    report.warning('V-GW-042', [...path, 'tlsCertificates'], `${title} takes two certificates at most.`);
  for (const pair of several.length > 0 ? several : [tls]) {
    if (!isSet(pair.serverCertificate)) report.error('V-GW-043', path, `${title} needs a serverCertificate.`);
    if (!isSet(pair.privateKey)) report.error('V-GW-044', path, `${title} needs a privateKey.`);
  }
}

/** Faults of the TLS of a gateway's or sidecar's server. Source: validateTLSOptions. */
export function serverTlsFaults(tls: ServerTLSSettings | undefined, path: YamlPath, report: Report): void {
  if (tls === undefined) return;
  cipherFaults(tls, path, report);
  const mode = tls.mode ?? 'PASSTHROUGH';
  const filled = (key: (typeof OF_ISTIO)[number][1]): boolean => (tls[key] ?? '').length > 0;
  if (mode === 'ISTIO_MUTUAL') {
    for (const [rule, key] of OF_ISTIO) {
      if (filled(key)) report.error(rule, [...path, key], `With ISTIO_MUTUAL there can be no ${key}.`);
    }
    return;
  }
  if (
    (mode === 'PASSTHROUGH' || mode === 'AUTO_PASSTHROUGH') &&
    (isSet(tls.caCrl) || OF_ISTIO.some(([, key]) => filled(key)))
  )
    report.warning('V-GW-039', path, `${mode} uses no certificates: they are ignored.`);
  const sources = [
    isSet(tls.serverCertificate) && isSet(tls.privateKey),
    filled('credentialName'),
    filled('credentialNames'),
    filled('tlsCertificates'),
  ];
  if (sources.filter(Boolean).length > 1)
    report.error(
      'V-GW-040',
      path,
      'Certificates can come from one place only: files, credentialName(s) or tlsCertificates.',
    );
  const terminates = mode === 'SIMPLE' || mode === 'MUTUAL' || mode === 'OPTIONAL_MUTUAL';
  if (terminates && (filled('credentialName') || filled('credentialNames'))) return;
  if (terminates) pairFaults(tls, mode, path, report);
  if (!isSet(tls.caCrl)) return;
  if (filled('credentialName'))
    report.error('V-GW-045', [...path, 'caCrl'], 'With credentialName the list belongs into the Secret.');
  if (mode === 'SIMPLE')
    report.error('V-GW-046', [...path, 'caCrl'], 'SIMPLE TLS checks no clients, so it has no caCrl.');
}
