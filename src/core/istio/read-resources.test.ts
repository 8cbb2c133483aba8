import { describe, expect, it } from 'vitest';
import { fileId, slotId } from '../base/ids.ts';
import { readDocument } from '../yaml/index.ts';
import { assignIds, isDestinationRule, isGateway, isVirtualService, readResources } from './index.ts';
import type { Resource } from './index.ts';

const read = (text: string, slot = 's1', stale = false): readonly Resource[] =>
  readResources(fileId('a.yaml'), slotId(slot), readDocument(text), { stale });
const vs = (spec: string): string =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: reviews\nspec:\n${spec}`;
const only = (text: string): Resource => {
  const [resource, ...rest] = read(text);
  expect(rest).toEqual([]);
  if (resource === undefined) throw new Error('no resource');
  return resource;
};
/** The text that each shape problem points at. */
const shapes = (text: string): readonly string[] =>
  only(text).shape.map(({ message, range }) => `${text.slice(range.from, range.to)} — ${message}`);

describe('readResources', () => {
  it('gives kind, namespace, labels and id; a namespace that is not named is default', () => {
    const resource = only('apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  labels:\n    app: x\n');
    expect(resource).toMatchObject({
      kind: 'Pod',
      group: '',
      namespace: 'default',
      id: 'Pod default/a',
      labels: { app: 'x' },
    });
    expect(only('apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n').id).toBe('Namespace a');
  });

  it.each(['v1', 'v1beta1', 'v1alpha3'])('reads %s of the Istio kinds', (version) => {
    expect(isGateway(only(`apiVersion: networking.istio.io/${version}\nkind: Gateway\nmetadata: {name: a}\n`))).toBe(
      true,
    );
  });

  it('keeps kinds that it does not know, and names those of other groups as kubectl would', () => {
    expect(only('apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a}\nspec: {x: 1}\n')).toMatchObject({
      kind: 'Thing',
      spec: { x: 1 },
    });
    expect(only('apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: a}\n').id).toBe(
      'Gateway.gateway.networking.k8s.io default/a',
    );
    expect(only('apiVersion: networking.istio.io/v2\nkind: Gateway\nmetadata: {name: a}\n').kind).toBe(
      'Gateway.v2.networking.istio.io',
    );
  });

  it('gives nothing for what is no object of Kubernetes', () => {
    for (const text of [
      '',
      '- a\n',
      'kind: Pod\n',
      'apiVersion: v1\nkind: Pod\nmetadata: {}\n',
      'apiVersion: v1\nkind: Pod\nmetadata: {name: 3}\n',
    ]) {
      expect(read(text)).toEqual([]);
    }
  });

  it('gives the items of a List with the paths where they begin', () => {
    const text =
      'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: a}\n- {}\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: b, labels: {v: 1}}\n';
    const pods = read(text);
    expect(pods.map((pod) => [pod.name, pod.source.path])).toEqual([
      ['a', ['items', 0]],
      ['b', ['items', 2]],
    ]);
    expect(pods[1]?.shape[0]?.path).toEqual(['items', 2, 'metadata', 'labels', 'v']);
  });

  it('gives the same array for the same document and place', () => {
    const document = readDocument(vs('  hosts: [a]\n'));
    const at = (slot: string, stale = false) => readResources(fileId('a.yaml'), slotId(slot), document, { stale });
    expect(at('s1')).toBe(at('s1'));
    expect(at('s1')).not.toBe(at('s2'));
    expect(at('s1', true)[0]?.stale).toBe(true);
    expect(at('s1')[0]?.spec).toBe(at('s2')[0]?.spec);
  });
});

describe('the typed view', () => {
  it('is the value itself where every type is right', () => {
    const resource = only(vs('  hosts: [a]\n  http:\n  - timeout: 5s\n    unknown: [1]\n'));
    expect(resource.spec).toBe(resource.value['spec']);
    expect(resource.shape).toEqual([]);
  });

  it("takes what Istio's JSON reader takes: numbers in quotes, enum numbers, snake_case names", () => {
    const resource = only(
      vs(
        '  hosts: [a]\n  export_to: ["."]\n  http:\n  - route:\n    - destination: {host: a, port: {number: "80"}}\n      weight: "10"\n',
      ),
    );
    expect(isVirtualService(resource) && resource.spec).toEqual({
      hosts: ['a'],
      exportTo: ['.'],
      http: [{ route: [{ destination: { host: 'a', port: { number: 80 } }, weight: 10 }] }],
    });
    expect(resource.shape).toEqual([]);
    const rule = only(
      'apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: a}\nspec: {host: a, trafficPolicy: {loadBalancer: {simple: 4}, outlierDetection: {consecutive_5xx_errors: 3}}}\n',
    );
    expect(isDestinationRule(rule) && rule.spec.trafficPolicy).toEqual({
      loadBalancer: { simple: 'ROUND_ROBIN' },
      outlierDetection: { consecutive5xxErrors: 3 },
    });
  });

  it('leaves out what has the wrong type and says where', () => {
    const text = vs(
      '  hosts: reviews\n  http:\n  - timeout: 5\n    route:\n    - weight: 1.5\n      destination: {host: yes}\n    retries: []\n',
    );
    expect(shapes(text)).toEqual([
      'reviews — `hosts` must be a list, and is "reviews".',
      '5 — `timeout` must be a duration such as 5s or 100ms, and is 5.',
      '1.5 — `weight` must be a whole number, and is 1.5.',
      'yes — `host` must be a text, and is true.',
      '[] — `retries` must be a map, and is a list.',
    ]);
    expect(only(text).spec).toEqual({ http: [{ route: [{ destination: {} }] }] });
  });

  it('keeps the places of a list: null and wrong items are empty there', () => {
    const resource = only(vs('  hosts: [a, 5, b]\n  http:\n  -\n  - name: second\n  - three\n'));
    expect(resource.spec).toEqual({ hosts: ['a', '', 'b'], http: [{}, { name: 'second' }, {}] });
    expect(resource.shape.map(({ path }) => path)).toEqual([
      ['spec', 'hosts', 1],
      ['spec', 'http', 2],
    ]);
  });

  it('takes the last declared of a oneof, as Istio does, and numbers of enums', () => {
    const match = vs('  http:\n  - match:\n    - {uri: {prefix: /b, exact: /a}, method: {exact: A, regex: B}}\n');
    expect(only(match).shape).toEqual([]);
    expect(only(match).spec).toEqual({ http: [{ match: [{ uri: { prefix: '/b' }, method: { regex: 'B' } }] }] });
    const entry = (spec: string) =>
      `apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: a}\nspec: {${spec}}\n`;
    expect(only(entry('location: 1, resolution: 9')).spec).toEqual({ location: 'MESH_INTERNAL', resolution: '9' });
    expect(shapes(entry('location: 1.5'))).toHaveLength(1);
  });

  it('reads bytes in base64 with their padding only', () => {
    const body = (bytes: string) => vs(`  http:\n  - directResponse: {status: 200, body: {bytes: ${bytes}}}\n`);
    expect(shapes(body('YWJj'))).toEqual([]);
    expect(shapes(body('"YW\\nJj"'))).toEqual([]);
    expect(shapes(body('YW'))).toEqual(['YW — `bytes` must be a text in base64, and is "YW".']);
  });

  it('reports an unknown enum name and numbers out of range', () => {
    expect(shapes(vs('  http:\n  - match:\n    - port: -1\n'))).toEqual([
      '-1 — `port` must be a whole number from 0 on, and is -1.',
    ]);
    expect(
      shapes('apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: a}\nspec: {location: INSIDE}\n'),
    ).toEqual(['INSIDE — `location` must be one of MESH_EXTERNAL, MESH_INTERNAL, and is "INSIDE".']);
  });

  it('is strict for Kubernetes kinds', () => {
    expect(
      shapes(
        'apiVersion: v1\nkind: Service\nmetadata: {name: a, labels: {version: 1}}\nspec: {ports: [{port: "80", targetPort: web}]}\n',
      ),
    ).toEqual(['1 — `version` must be a text, and is 1.', '"80" — `port` must be a whole number, and is "80".']);
  });
});

describe('assignIds', () => {
  const pod = (name: string, slot: string) => read(`apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\n`, slot);

  it('numbers names that are there before, keeping all others as they are', () => {
    const resources = [...pod('a', 's1'), ...pod('b', 's2'), ...pod('a', 's3'), ...pod('a', 's4')];
    const named = assignIds(resources);
    expect(named.map((resource) => resource.id)).toEqual([
      'Pod default/a',
      'Pod default/b',
      'Pod default/a ~2',
      'Pod default/a ~3',
    ]);
    expect(named[0]).toBe(resources[0]);
    expect(assignIds([...resources])[2]).toBe(named[2]);
  });

  it('gives the list itself back where no name is there twice', () => {
    const resources = [...pod('a', 's1'), ...pod('b', 's2')];
    expect(assignIds(resources)).toBe(resources);
  });
});
