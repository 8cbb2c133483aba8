import { isDestinationRule } from '../../istio/index.ts';
import type { ClientTLSSettings } from '../../istio/index.ts';
import type { Analyzer } from './types.ts';

const REMEDY = 'Set caCertificates, for example to `system`.';

function unverified(tls: ClientTLSSettings | undefined, selected: boolean): boolean {
  if (tls?.mode !== 'SIMPLE' && tls?.mode !== 'MUTUAL') return false;
  return (tls.caCertificates ?? '') === '' && !((tls.credentialName ?? '') !== '' && selected);
}

/** TLS that takes any certificate of the server. Source: destinationrule.CaCertificateAnalyzer. */
export const caCertificates: Analyzer = {
  name: 'destinationrule.CaCertificateAnalyzer',
  reads: ['DestinationRule'],
  needs: [],
  analyze: (world, say) => {
    for (const entry of world.of('DestinationRule')) {
      if (!isDestinationRule(entry.resource)) continue;
      const { trafficPolicy = {}, host = '', workloadSelector } = entry.resource.spec;
      const selected = workloadSelector !== undefined;
      const place = (path: readonly (string | number)[]) => ({
        entry,
        path: [...path, 'tls'],
        linePath: [...path, 'tls', 'caCertificates'],
        remedy: REMEDY,
      });
      if (unverified(trafficPolicy.tls, selected)) {
        const message = `Nothing verifies that the server behind "${host}" is the right one: caCertificates is missing.`;
        say({ ...place(['spec', 'trafficPolicy']), code: 'IST0128', message });
      }
      for (const [index, policy] of (trafficPolicy.portLevelSettings ?? []).entries()) {
        if (!unverified(policy.tls, selected)) continue;
        const port = policy.port?.number ?? 0;
        const message = `Nothing verifies that the server behind "${host}" is the right one at port ${port} (${policy.tls?.mode}).`;
        say({ ...place(['spec', 'trafficPolicy', 'portLevelSettings', index]), code: 'IST0129', message });
      }
    }
  },
};
