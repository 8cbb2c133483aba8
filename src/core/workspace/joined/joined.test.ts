import { describe, expect, it } from 'vitest';
import { fileId } from '../../base/ids.ts';
import { createSession } from '../session.ts';
import { joinedRules } from './joined.ts';

const virtualService = (name: string, more: string): string => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${name}}
spec:
${more}---
`;
const GATEWAY = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: edge}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}
---
`;
const to = (host: string, match = ''): string => `  - ${match}route: [{destination: {host: ${host}}}]\n`;
const FOR = (path: string): string => `match: [{uri: {prefix: ${path}}}]\n    `;

function ask(text: string, name: string, callerName?: string) {
  const session = createSession({ files: [{ id: fileId('a.yaml'), text }] });
  const { graph } = session.projection();
  const idOf = (wanted: string) => graph.nodes.find((node) => node.name === wanted)?.id ?? null;
  const answer = joinedRules(session.projection(), {
    caller: callerName === undefined ? null : idOf(callerName),
    node: idOf(name),
  });
  const rows = new Map(graph.nodes.flatMap((node) => node.rows.map((row) => [row.id, row.name])));
  return { ...answer, off: answer.off.map(([row, why]) => [rows.get(row), why]) };
}

describe('rules that Istio joins', () => {
  const atGateway = (name: string, rules: string): string =>
    virtualService(name, `  hosts: [shop.example.com]\n  gateways: [edge]\n  http:\n${rules}`);

  it('are one list at a gateway, each with its origin, what takes everything last', () => {
    const text = GATEWAY + atGateway('a', to('one', FOR('/a')) + to('rest')) + atGateway('b', to('two', FOR('/b')));
    const { lists } = ask(text, 'VirtualService default/b');
    expect(lists).toHaveLength(1);
    expect(lists[0]).toMatchObject({ door: 'At Gateway default/edge', hosts: ['shop.example.com'], ignored: [] });
    expect(lists[0]?.rules.map(({ resource, number }) => `${resource} ${String(number)}`)).toEqual([
      'VirtualService default/a 1',
      'VirtualService default/b 1',
      'VirtualService default/a 2',
    ]);
  });

  it('hold a delegate’s with the root that hands over to it', () => {
    const root = virtualService(
      'root',
      '  hosts: [shop.example.com]\n  gateways: [edge]\n  http:\n  - match: [{uri: {prefix: /a}}]\n    delegate: {name: part}\n',
    );
    const { lists } = ask(
      GATEWAY + root + virtualService('part', `  http:\n${to('one')}`),
      'VirtualService default/part',
    );
    expect(lists[0]?.rules).toMatchObject([
      { resource: 'VirtualService default/part', number: 1, root: 'VirtualService default/root' },
    ]);
  });

  it('are not joined inside the mesh: the oldest has the host, the others are ignored', () => {
    const inMesh = (name: string): string => virtualService(name, `  hosts: [reviews]\n  http:\n${to('reviews')}`);
    const { lists, off } = ask(inMesh('a') + inMesh('b'), 'VirtualService default/b', 'Caller default/any workload');
    expect(lists[0]).toMatchObject({ ignored: ['VirtualService default/b'] });
    expect(lists[0]?.rules.map(({ resource }) => resource)).toEqual(['VirtualService default/a']);
    expect(off).toEqual([
      ['Rule 1 of VirtualService default/b', expect.stringContaining('the mesh takes only VirtualService default/a')],
    ]);
  });

  it('fade for a caller that their match.gateways leaves out', () => {
    const both = virtualService(
      'both',
      `  hosts: [reviews]\n  gateways: [mesh, edge]\n  http:\n${to('reviews', 'match: [{gateways: [edge]}]\n    ')}${to('reviews')}`,
    );
    expect(ask(GATEWAY + both, 'VirtualService default/both', 'Caller default/any workload').off).toEqual([
      ['Rule 1 of VirtualService default/both', expect.stringContaining('it is for default/edge')],
    ]);
    expect(ask(GATEWAY + both, 'VirtualService default/both', 'Caller Internet').off.map(([row]) => row)).not.toContain(
      'Rule 1 of VirtualService default/both',
    );
  });

  it('are not told where only one VirtualService has a say', () => {
    expect(ask(GATEWAY + atGateway('a', to('one')), 'VirtualService default/a').lists).toEqual([]);
  });
});
