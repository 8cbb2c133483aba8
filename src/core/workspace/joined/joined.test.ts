import { describe, expect, it } from 'vitest';
import { fileId } from '../../base/ids.ts';
import { createSession } from '../session.ts';
import { GATEWAY, virtualService } from '../testing/samples.ts';
import { joinedRules } from './joined.ts';

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
  const nodes = new Map(graph.nodes.map(({ id, name: own }) => [id, own]));
  return {
    ...answer,
    off: answer.off.map(([row, why]) => [rows.get(row), why]),
    notes: answer.notes.map(({ node, tone, before, name: who, after }) => ({
      name: nodes.get(node) ?? '',
      tone,
      text: before + who + after,
    })),
  };
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

  it('fade for a caller that their VirtualService is not exported to', () => {
    const text = virtualService('own', `  hosts: [reviews]\n  exportTo: [shop]\n  http:\n${to('reviews')}`);
    const scenario = `apiVersion: meshwright/v1
kind: Scenario
metadata: {name: traffic}
spec:
  callers: [{name: sleep, labels: {app: sleep}, requests: [{url: "http://reviews/"}]}]
`;
    expect(ask(text + scenario, 'VirtualService default/own', 'Caller default/app=sleep').off).toEqual([
      [
        'Rule 1 of VirtualService default/own',
        expect.stringContaining('exported to shop (exportTo), the caller is in'),
      ],
    ]);
  });

  it('are not told where only one VirtualService has a say', () => {
    expect(ask(GATEWAY + atGateway('a', to('one')), 'VirtualService default/a').lists).toEqual([]);
  });
});

describe('rules for connections', () => {
  const OUTSIDE = (protocol: string): string => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: outside}
spec:
  hosts: [db.example.com]
  resolution: DNS
  ports: [{number: 5000, name: one, protocol: ${protocol}}]
---
`;
  const inMesh = (name: string, rules: string): string => virtualService(name, `  hosts: [db.example.com]\n${rules}`);
  const WORKLOAD = 'Caller default/any workload';
  const plain = (match = ''): string => `  tcp:\n${to('db.example.com', match)}`;
  const named = (sni: string): string => `  tls:\n${to('db.example.com', `match: [{sniHosts: [${sni}]}]\n    `)}`;

  it('are one list of several VirtualServices in the mesh too; who takes everything ends it', () => {
    const text = OUTSIDE('TCP') + inMesh('a', plain()) + inMesh('b', plain());
    const { lists, off, notes } = ask(text, 'VirtualService default/b', WORKLOAD);
    expect(lists).toMatchObject([
      {
        door: 'Inside the mesh, for any workload in default, TCP on port 5000',
        protocol: 'tcp',
        hosts: ['db.example.com'],
        rules: [{ resource: 'VirtualService default/a' }, { resource: 'VirtualService default/b' }],
      },
    ]);
    expect(lists[0]?.rules[1]?.off).toContain('takes every connection');
    expect(off).toEqual([
      ['TCP rule 1 of VirtualService default/b', expect.stringContaining('rule 1 of VirtualService default/a stands')],
    ]);
    expect(notes.map(({ text: words }) => words)).toContain('one list with a');
  });

  it('by server names are a list of which the best name counts', () => {
    const text = OUTSIDE('TLS') + inMesh('a', named('a.example.com')) + inMesh('b', named('b.example.com'));
    const { lists, off } = ask(text, 'ServiceEntry default/outside', WORKLOAD);
    expect(lists).toMatchObject([{ protocol: 'tls', rules: [{ number: 1 }, { number: 1 }] }]);
    expect(off).toEqual([]);
  });

  it('fade for a caller that sourceLabels leave out', () => {
    const text = OUTSIDE('TCP') + inMesh('a', plain('match: [{sourceLabels: {app: web}}]\n    '));
    expect(ask(`${text}${inMesh('b', plain())}`, 'VirtualService default/a', 'Caller default/app=web').off).toEqual([
      ['TCP rule 1 of VirtualService default/b', expect.stringContaining('takes every connection')],
    ]);
    const scenario = `apiVersion: meshwright/v1
kind: Scenario
metadata: {name: traffic}
spec:
  callers: [{name: sleep, labels: {app: sleep}, requests: [{url: "tcp://db.example.com:5000"}]}]
`;
    expect(ask(text + scenario, 'VirtualService default/a', 'Caller default/app=sleep').off).toEqual([
      ['TCP rule 1 of VirtualService default/a', expect.stringContaining('it is for callers with app=web')],
    ]);
  });

  it('fade where no port of the host is for them', () => {
    const text = OUTSIDE('HTTP') + inMesh('a', named('a.example.com'));
    expect(ask(text, 'VirtualService default/a', WORKLOAD).off).toEqual([
      ['TLS rule 1 of VirtualService default/a', expect.stringContaining('no port of db.example.com is for TLS')],
    ]);
  });

  it('stand at a gateway as its server asks for them', () => {
    const gateway = GATEWAY.replace('name: http, protocol: HTTP', 'name: tcp, protocol: TCP');
    const text = ['a', 'b'].map((name) => virtualService(name, `  hosts: ["*"]\n  gateways: [edge]\n${plain()}`));
    const { lists } = ask(gateway + text.join(''), 'VirtualService default/b', 'Caller Internet');
    expect(lists[0]?.door).toBe('At Gateway default/edge, TCP on port 80');
    expect(lists[0]?.rules[1]?.off).toContain('takes every connection');
  });
});

describe('what cards say', () => {
  const inMesh = (name: string, more = ''): string =>
    virtualService(name, `  hosts: [reviews${more}]\n  http:\n${to('reviews')}`);
  const root = virtualService(
    'root',
    `  hosts: [reviews]\n  http:\n  - match: [{uri: {prefix: /a}}]\n    delegate: {name: part}\n${to('reviews')}`,
  );
  const part = virtualService('part', `  http:\n${to('reviews')}`);
  const said = (text: string, caller?: string): readonly string[] =>
    ask(text, '', caller).notes.map(({ name, tone, text: words }) => `${name}: ${words} (${tone})`);

  it('names the VirtualService that the mesh takes, and those that it ignores', () => {
    expect(said(inMesh('a') + inMesh('b'), 'Caller default/any workload')).toEqual([
      'VirtualService default/a: mesh takes this, ignores b (oldest)',
      'VirtualService default/b: ignored in the mesh: a counts (ignored)',
      'Service default/reviews: takes a, ignores 1 (oldest)',
    ]);
    expect(said(inMesh('a') + inMesh('b', ', ratings'))).toContain(
      'VirtualService default/b: ignored for 1 host: a counts (ignored)',
    );
  });

  it('says nothing of the mesh to somebody who comes through a gateway', () => {
    const text = GATEWAY + inMesh('a') + inMesh('b');
    expect(said(text, 'Caller Internet')).toEqual([]);
    expect(said(text)).toHaveLength(3);
  });

  it('tells roots and delegates of each other, and the host of how many there are', () => {
    expect(said(root + part)).toEqual([
      'VirtualService default/root: with the rules of part (joined)',
      'VirtualService default/part: joined into root (joined)',
      'Service default/reviews: rules of 2 virtual services (joined)',
    ]);
  });

  it('says nothing where nobody meets anybody', () => {
    expect(said(inMesh('a'))).toEqual([]);
  });

  it('follows an edit', () => {
    const session = createSession({ files: [{ id: fileId('a.yaml'), text: inMesh('a') + inMesh('b') }] });
    const now = (): unknown => joinedRules(session.projection(), { caller: null, node: null }).notes.length;
    expect(now()).toBe(3);
    const { text } = session.projection().files[0] ?? { text: '' };
    const at = text.lastIndexOf('reviews]');
    const changes = new Map([[fileId('a.yaml'), [{ from: at, to: at + 7, insert: 'ratings' }]]]);
    session.transact({ origin: 'type', label: 'Type', at: 1, changes });
    expect(now()).toBe(0);
  });
});
