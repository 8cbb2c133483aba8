import { describe, expect, it } from 'vitest';
import { fileId, slotId } from '../base/ids.ts';
import { assignIds, isVirtualService, readResources } from '../istio/index.ts';
import { readDocument } from '../yaml/index.ts';
import { bindsMesh, boundServers, buildMesh, meshProblems } from './index.ts';
import type { Mesh, MeshBuildOptions } from './index.ts';

/** A mesh of documents; `Kind name` and a spec in flow style make one. */
function meshOf(
  documents: readonly (readonly [kind: string, name: string, spec: string, rest?: string])[],
  options?: MeshBuildOptions,
): Mesh {
  const versions: Readonly<Record<string, string>> = { Service: 'v1', Pod: 'v1', Secret: 'v1', Deployment: 'apps/v1' };
  const resources = documents.flatMap(([kind, name, spec, rest = ''], index) => {
    const [namespace = 'default', plain = name] = name.includes('/') ? name.split('/') : ['default', name];
    const text = `apiVersion: ${versions[kind] ?? 'networking.istio.io/v1'}\nkind: ${kind}\nmetadata: {name: ${plain}, namespace: ${namespace}${rest}}\nspec: ${spec}\n`;
    return readResources(fileId('a.yaml'), slotId(`s${index}`), readDocument(text));
  });
  return buildMesh(assignIds(resources), options);
}
const REVIEWS = 'reviews.default.svc.cluster.local';
const route = (to: string): string => `{hosts: [reviews], http: [{route: [{destination: ${to}}]}]}`;
const RULE = [
  'DestinationRule',
  'reviews',
  '{host: reviews, subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]}',
] as const;
const missing = (mesh: Mesh): readonly string[] =>
  mesh.references.filter(({ status }) => status === 'missing').map(({ kind, to }) => `${kind} ${to}`);

describe('services', () => {
  it('are assumed where routes name them, with the ports named and a pod for each subset', () => {
    const mesh = meshOf([
      ['VirtualService', 'reviews', route('{host: reviews, subset: v1, port: {number: 9080}}')],
      RULE,
    ]);
    expect(mesh.assumed).toEqual([REVIEWS]);
    const service = mesh.services.get(REVIEWS);
    expect(service).toMatchObject({
      origin: 'assumed',
      name: 'reviews',
      namespace: 'default',
      external: false,
      ports: [{ number: 9080, protocol: 'HTTP' }],
    });
    expect(service?.subsets.map(({ name, workloads }) => [name, workloads.map((pod) => pod.labels)])).toEqual([
      ['v1', [{ version: 'v1' }]],
      ['v2', [{ version: 'v2' }]],
    ]);
    expect(missing(mesh)).toEqual([]);
  });

  it('have port 80 and one pod where nothing more is said', () => {
    const service = meshOf([
      ['VirtualService', 'a', '{hosts: [a], tcp: [{route: [{destination: {host: a}}]}]}'],
    ]).services.get('a.default.svc.cluster.local');
    expect(service).toMatchObject({
      ports: [{ number: 80, protocol: 'TCP' }],
      workloads: [{ assumed: true }],
      subsets: [],
    });
  });

  it('are not assumed in a declared registry, nor for wildcards, nor where a wildcard entry covers them', () => {
    const spec = route('{host: reviews}');
    expect(missing(meshOf([['VirtualService', 'reviews', spec]], { registry: 'declared' }))).toEqual([
      'host reviews.default.svc.cluster.local',
      `destination ${REVIEWS}`,
    ]);
    const entry = [
      'ServiceEntry',
      'ext',
      '{hosts: ["*.ext.com"], ports: [{number: 80, name: http, protocol: HTTP}]}',
    ] as const;
    const mesh = meshOf([
      entry,
      ['VirtualService', 'a', '{hosts: [a.ext.com], http: [{route: [{destination: {host: a.ext.com}}]}]}'],
    ]);
    expect([...mesh.services.keys()]).toEqual(['*.ext.com']);
    expect(missing(mesh)).toEqual(['destination a.ext.com']);
  });

  it('[R-103] are not found by half a name', () => {
    const mesh = meshOf([
      ['Service', 'two/b', '{ports: [{port: 80}]}'],
      ['VirtualService', 'a', '{hosts: [b.two], gateways: [g], http: [{route: [{destination: {host: b.two}}]}]}'],
    ]);
    expect(mesh.assumed).toEqual([]);
    expect(missing(mesh)).toContain('destination b.two');
  });

  it('hold the workloads that their selector and their subsets take', () => {
    const mesh = meshOf([
      ['Service', 'reviews', '{selector: {app: reviews}, ports: [{name: http, port: 9080}]}'],
      RULE,
      ['Deployment', 'r1', '{replicas: 3, template: {metadata: {labels: {app: reviews, version: v1}}}}'],
      ['Pod', 'r2', '{}', ', labels: {app: reviews, version: v2}'],
      ['Pod', 'two/r3', '{}', ', labels: {app: reviews, version: v2}'],
    ]);
    const service = mesh.services.get(REVIEWS);
    expect(service?.workloads.map(({ name, pods }) => [name, pods])).toEqual([
      ['r2', undefined],
      ['r1', 3],
    ]);
    expect(service?.subsets.map((subset) => subset.workloads.map(({ name }) => name))).toEqual([['r1'], ['r2']]);
  });

  it('of a ServiceEntry have its endpoints, and lie outside unless it says otherwise', () => {
    const mesh = meshOf([
      [
        'ServiceEntry',
        'e',
        '{hosts: [a.com, b.com], ports: [{number: 443, name: tls, protocol: TLS}], resolution: STATIC, endpoints: [{address: 1.2.3.4}]}',
      ],
    ]);
    expect([...mesh.services.keys()]).toEqual(['a.com', 'b.com']);
    expect(mesh.services.get('a.com')).toMatchObject({
      origin: 'serviceEntry',
      external: true,
      resolution: 'STATIC',
      ports: [{ protocol: 'TLS' }],
      workloads: [{ name: '1.2.3.4' }],
    });
  });

  it('[R-1010] of Kubernetes beat a ServiceEntry of the same host', () => {
    const mesh = meshOf([
      ['ServiceEntry', 'e', `{hosts: [${REVIEWS}], ports: [{number: 80, name: http, protocol: HTTP}]}`],
      ['Service', 'reviews', '{ports: [{name: tcp, port: 81}]}'],
    ]);
    expect(mesh.services.get(REVIEWS)).toMatchObject({ origin: 'service', ports: [{ number: 81, protocol: 'TCP' }] });
  });
});

describe('problems', () => {
  const service = ['Service', 'reviews', '{ports: [{name: http, port: 9080}]}'] as const;

  it('name the missing gateway, subset, port and delegate, and what to do', () => {
    const spec =
      '{hosts: [reviews], gateways: [edge], http: [{route: [{destination: {host: reviews, subset: v9, port: {number: 1}}}]}, {delegate: {name: d}}]}';
    const mesh = meshOf([service, RULE, ['Gateway', 'two/edge', '{}'], ['VirtualService', 'reviews', spec]]);
    expect(missing(mesh)).toEqual([
      'gateway Gateway default/edge',
      `subset ${REVIEWS} v9`,
      `port ${REVIEWS}:1`,
      'delegate VirtualService default/d',
    ]);
    expect(meshProblems(mesh)).toMatchObject([
      { code: 'REF-DELEGATE', message: 'There is no VirtualService default/d to delegate to.' },
    ]);
    expect(mesh.services.get(REVIEWS)?.subsets.map(({ name, missing }) => [name, missing])).toEqual([
      ['v1', false],
      ['v2', false],
      ['v9', true],
    ]);
    expect(mesh.references.find(({ kind }) => kind === 'subset')?.source.path.slice(-2)).toEqual([
      'destination',
      'subset',
    ]);
  });

  it('name a selector that takes nothing where workloads are declared', () => {
    const mesh = meshOf([
      ['Service', 'a', '{selector: {app: a}}'],
      ['Pod', 'p', '{}', ', labels: {app: b}'],
    ]);
    expect(missing(mesh)).toEqual(['workload app=a']);
    expect(missing(meshOf([['Service', 'a', '{selector: {app: a}}']]))).toEqual([]);
  });

  it('name names that are there twice', () => {
    const mesh = meshOf([service, service, ['VirtualService', 'a', '{hosts: a}']]);
    expect(meshProblems(mesh).map(({ code, resource }) => [code, resource])).toEqual([
      ['NAME-TWICE', 'Service default/reviews ~2'],
    ]);
  });

  it('name the other file of a name, and no file that repeats an object as it is', () => {
    const told = (...specs: readonly string[]): readonly (readonly string[])[] => {
      const resources = specs.flatMap((spec, index) => {
        const text = `apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: edge}\nspec: ${spec}\n`;
        return readResources(fileId(`${index + 1}.yaml`), slotId(`s${index}`), readDocument(text));
      });
      return meshProblems(buildMesh(assignIds(resources))).map(({ resource, message }) => [resource, message]);
    };
    const message =
      'Gateway default/edge is declared in 1.yaml too, otherwise: the cluster keeps only the one that is applied last.';
    expect(told('{selector: {a: b}}', '{ selector: {a: b} }')).toEqual([]);
    expect(told('{selector: {a: b}}', '{selector: {a: b}}', '{}')).toEqual([['Gateway default/edge ~3', message]]);
  });
});

describe('binding', () => {
  const bound = (serverHosts: string, spec: string, namespace = 'default') => {
    const mesh = meshOf([
      ['Gateway', 'edge', `{servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [${serverHosts}]}]}`],
      ['VirtualService', `${namespace}/a`, spec],
    ]);
    const vs = mesh.resources.find((resource) => resource.kind === 'VirtualService');
    return vs !== undefined && isVirtualService(vs)
      ? boundServers(mesh, vs).map(({ server, hosts }) => [server, hosts])
      : [];
  };

  it('[R-230, R-231] needs a host in common and the right namespace', () => {
    expect(bound('"*"', '{hosts: [a.com], gateways: [edge]}')).toEqual([[0, ['a.com']]]);
    expect(bound('"*.b.com"', '{hosts: [a.com], gateways: [edge]}')).toEqual([]);
    expect(bound('./a.com', '{hosts: [a.com], gateways: [default/edge]}', 'two')).toEqual([]);
    expect(bound('two/a.com', '{hosts: ["*"], gateways: [default/edge]}', 'two')).toEqual([[0, ['a.com']]]);
    expect(bound('"*"', '{hosts: [a.com]}')).toEqual([]);
  });

  it('[R-106, R-107] is to the mesh where nothing else is said', () => {
    const binds = (spec: string) => {
      const [vs] = meshOf([['VirtualService', 'a', spec]]).resources;
      return vs !== undefined && isVirtualService(vs) && bindsMesh(vs);
    };
    expect([
      binds('{hosts: [a]}'),
      binds('{hosts: [a], gateways: []}'),
      binds('{hosts: [a], gateways: [g]}'),
      binds('{hosts: [a], gateways: [g, mesh]}'),
      binds('{}'),
    ]).toEqual([true, true, false, true, false]);
  });
});
