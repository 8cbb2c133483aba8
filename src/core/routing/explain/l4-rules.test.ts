import { describe, expect, it } from 'vitest';
import { fileId, slotId } from '../../base/ids.ts';
import { assignIds, readResources } from '../../istio/index.ts';
import { readDocument, splitStream } from '../../yaml/index.ts';
import { createEngine } from '../index.ts';
import type { Proxy, Request } from '../index.ts';

const OUTSIDE = (protocol: string, more = ''): string => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: outside}
spec:
  hosts: ["*.example.com", wide.example.com]
  ${more}
  resolution: NONE
  ports: [{number: 443, name: one, protocol: ${protocol}}]
`;
const GATEWAY = (tls: string): string => `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: edge}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 443, name: one, protocol: ${tls === '' ? 'TCP' : 'TLS'}}, hosts: ["*"]${tls}}
`;
const RULES = (body: string, gateways = ''): string => `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: rules}
spec:
  hosts: ["*.example.com"]
  ${gateways}
${body}`;
const TO = '    route: [{destination: {host: wide.example.com, port: {number: 443}}}]\n';

const CLIENT: Proxy = { type: 'sidecar', namespace: 'default', labels: { app: 'sleep' } };
const EDGE: Proxy = { type: 'gateway', namespace: 'istio-system', labels: { istio: 'ingressgateway' } };
const dial = (sni: string): Request => ({ protocol: 'tls', port: 443, host: sni, sni });

/** `1.0 taken: …`: every entry with its verdict, and where what decides stands. */
function said(text: string, proxy: Proxy, request: Request): readonly string[] {
  const documents = splitStream(text).filter(({ kind }) => kind === 'document');
  const read = documents.flatMap((one, i) => readResources(fileId('a'), slotId(`a#${i}`), readDocument(one.text)));
  const engine = createEngine(assignIds(read));
  return engine
    .explain(proxy, request)
    .rules.map(
      ({ rule, verdict, text: why, place }) =>
        `${String(rule.path[2])}.${String(rule.match ?? '-')} ${verdict}: ${why} (${place.path.slice(3).join('.')})`,
    );
}

describe('rules for connections, explained', () => {
  const tls = `  tls:
  - match: [{sniHosts: ["*.example.com"]}]
${TO}  - match: [{sniHosts: [a.example.com], sourceLabels: {app: web}}, {sniHosts: [a.example.com]}]
${TO}  - match: [{sniHosts: [a.example.com], port: 8443}, {sniHosts: [b.example.com]}, {sniHosts: ["*.example.com"]}]
${TO}`;

  it('names the rule with the best server name, and says of the others why not', () => {
    expect(said(OUTSIDE('TLS') + RULES(tls), CLIENT, dial('a.example.com'))).toEqual([
      '1.1 taken: it takes the connection: all its conditions hold ()',
      '0.0 later: not reached: rule 2 of VirtualService default/rules fits the connection better ()',
      '1.0 off: it is for callers with app=web, the caller has app=sleep (match.0.sourceLabels)',
      '2.0 off: it is for port 8443, the caller asks for 443 (match.0.port)',
      '2.1 failed: server name (SNI) is `a.example.com`, the rule wants `b.example.com` (match.1.sniHosts)',
      '2.2 off: rule 1 of VirtualService default/rules has the same names already (match.2.sniHosts)',
    ]);
  });

  it('says which names a gateway that passes TLS through wants', () => {
    const text = GATEWAY(', tls: {mode: PASSTHROUGH}') + RULES(tls, 'gateways: [edge]');
    expect(said(text, EDGE, dial('a.example.org'))).toEqual([
      '0.0 failed: server name (SNI) is `a.example.org`, the rule wants `*.example.com` (match.0.sniHosts)',
      '1.0 failed: server name (SNI) is `a.example.org`, the rule wants `a.example.com` (match.0.sniHosts)',
      '1.1 off: rule 2 of VirtualService default/rules has one of its names already (match.1.sniHosts)',
      '2.0 off: it is for port 8443, the caller asks for 443 (match.0.port)',
      '2.1 failed: server name (SNI) is `a.example.org`, the rule wants `b.example.com` (match.1.sniHosts)',
      '2.2 off: rule 1 of VirtualService default/rules has one of its names already (match.2.sniHosts)',
    ]);
  });

  it('compares addresses with ranges, and stops at a rule for every address', () => {
    const tcp = `  tcp:
  - match: [{destinationSubnets: [10.1.0.0/16]}, {gateways: [edge]}]
${TO}  - match: [{destinationSubnets: [10.2.0.0/16]}]
${TO}  -
${TO}  - match: [{port: 443}]
${TO}`;
    const request: Request = { protocol: 'tcp', port: 443, host: 'a.example.com', address: '10.2.3.4' };
    expect(said(OUTSIDE('TCP') + RULES(tcp), CLIENT, request)).toEqual([
      '0.0 failed: address is `10.2.3.4`, the rule wants one in `10.1.0.0/16` (match.0.destinationSubnets)',
      '0.1 off: it is for default/edge, not for calls inside the mesh (match.1.gateways)',
      '1.0 taken: it takes the connection: all its conditions hold ()',
      '2.- later: not reached: rule 2 of VirtualService default/rules takes the connection first ()',
      '3.0 off: rule 3 of VirtualService default/rules stands in front and takes every connection ()',
    ]);
  });

  it('takes the first tcp rule of a gateway, whatever its ranges', () => {
    const tcp = `  tcp:
  - match: [{port: 8443}]
${TO}  - match: [{destinationSubnets: [10.1.0.0/16]}]
${TO}  -
${TO}`;
    const request: Request = { protocol: 'tcp', port: 443, host: 'a.example.com' };
    expect(said(GATEWAY('') + RULES(tcp, 'gateways: [edge]'), EDGE, request)).toEqual([
      '0.0 off: it is for port 8443, the caller asks for 443 (match.0.port)',
      '1.0 taken: it takes the connection: all its conditions hold ()',
      '2.- off: rule 2 of VirtualService default/rules stands in front and takes every connection ()',
    ]);
  });
});
