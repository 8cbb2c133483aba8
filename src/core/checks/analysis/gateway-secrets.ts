import { isGateway, selects } from '../../istio/index.ts';
import { base64Text, certificateFault } from './certificate.ts';
import { noPod } from './gateway-ports.ts';
import { textsAt } from './raw.ts';
import { fullNameOf } from './world.ts';
import type { Analyzer, Entry } from './types.ts';

/** What is wrong with a Secret as a server's certificate. Source: kube.ExtractCertInfo, xds.ValidateCertificate. */
function secretFault(secret: Entry, now: string | undefined): string | undefined {
  const data = textsAt(secret, 'data');
  const filled = (key: string): boolean => (data[key] ?? '') !== '';
  const [certificate] = [
    ['cert', 'key'],
    ['tls.crt', 'tls.key'],
  ].flatMap((keys) => (keys.every(filled) ? keys.slice(0, 1) : []));
  if (certificate === undefined) return 'has neither cert and key nor tls.crt and tls.key';
  return certificateFault(base64Text(data[certificate] ?? '') ?? '', now);
}

/** Certificates that a Gateway names and that are not there, or no good. Source: gateway.SecretAnalyzer. */
export const gatewaySecrets: Analyzer = {
  name: 'gateway.SecretAnalyzer',
  reads: ['Gateway', 'Pod', 'Secret'],
  needs: ['Secret'],
  analyze: (world, say, now) => {
    for (const entry of world.of('Gateway')) {
      if (!isGateway(entry.resource)) continue;
      const { selector = {}, servers = [] } = entry.resource.spec;
      const pod = world.of('Pod').find(({ resource }) => selects(selector, resource.labels));
      // A pod that names no namespace counts as none here.
      if (pod === undefined || pod.namespace === '') {
        say(noPod(entry, selector));
        continue;
      }
      for (const [index, { tls }] of servers.entries()) {
        const name = tls?.credentialName ?? '';
        if (name === '') continue;
        const path = ['spec', 'servers', index, 'tls', 'credentialName'];
        const at = { entry, path, linePath: path };
        const secret = world.find('Secret', fullNameOf(pod.namespace, name));
        if (secret === undefined) {
          const message = `The Secret "${name}" is not there in the namespace of the gateway's pods.`;
          say({ ...at, code: 'IST0101', message });
          continue;
        }
        const fault = secretFault(secret, now);
        if (fault !== undefined)
          say({
            ...at,
            code: 'IST0161',
            message: `A Secret of this Gateway can't be used as a certificate: it ${fault}.`,
          });
      }
    }
  },
};
