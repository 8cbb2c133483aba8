import { isGateway } from '../../istio/index.ts';
import type { ServerTLSSettings } from '../../istio/index.ts';
import type { Analyzer } from './types.ts';

function sameCertificate(a: ServerTLSSettings, b: ServerTLSSettings): boolean {
  const [one, other] = [a.credentialName ?? '', b.credentialName ?? ''];
  if (one !== '' || other !== '') return one === other;
  const has = (text: string | undefined): boolean => text !== undefined && text !== '';
  return (
    has(a.serverCertificate) &&
    a.serverCertificate === b.serverCertificate &&
    has(a.privateKey) &&
    a.privateKey === b.privateKey
  );
}

function isWithin(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  return Object.entries(a).every(([key, value]) => b[key] === value);
}

/** Gateways of the same pods with one certificate. Source: gateway.CertificateAnalyzer. */
export const gatewayCertificates: Analyzer = {
  name: 'gateway.CertificateAnalyzer',
  reads: ['Gateway'],
  needs: [],
  analyze: (world, say) => {
    const gateways = world
      .of('Gateway')
      .flatMap((entry) => (isGateway(entry.resource) ? [{ entry, spec: entry.resource.spec }] : []));
    // Only Gateways with a certificate can share one.
    const secured = gateways.filter(({ spec }) => (spec.servers ?? []).some(({ tls }) => tls !== undefined));
    for (const { entry, spec } of secured) {
      for (const other of secured) {
        if (other.entry === entry || !isWithin(spec.selector ?? {}, other.spec.selector ?? {})) continue;
        for (const [index, { tls }] of (spec.servers ?? []).entries()) {
          const same = (server: { readonly tls?: ServerTLSSettings }): boolean =>
            tls !== undefined && server.tls !== undefined && sameCertificate(tls, server.tls);
          if (!(other.spec.servers ?? []).some(same)) continue;
          say({
            code: 'IST0138',
            entry,
            path: ['spec', 'servers', index, 'tls'],
            linePath: ['metadata', 'name'],
            message: `The Gateway ${other.entry.fullName} has the same certificate: browsers that keep a connection may get 404.`,
            remedy: 'Put the servers into one Gateway, or give each a certificate of its own.',
          });
        }
      }
    }
  },
};
