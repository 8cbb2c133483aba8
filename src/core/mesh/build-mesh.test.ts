import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileId, slotId } from '../base/ids.ts';
import { assignIds, readResources } from '../istio/index.ts';
import type { Resource } from '../istio/index.ts';
import { readDocument } from '../yaml/index.ts';
import { buildMesh, meshProblems, referencesTo } from './index.ts';
import type { Mesh } from './index.ts';

interface Slot {
  readonly id: number;
  readonly text: string;
}
const documents = new Map<string, ReturnType<typeof readDocument>>();

function resourcesOf(slots: readonly Slot[]): readonly Resource[] {
  return assignIds(
    slots.flatMap(({ id, text }) => {
      const document = documents.get(text) ?? readDocument(text);
      documents.set(text, document);
      return readResources(fileId('mesh.yaml'), slotId(`s${id}`), document);
    }),
  );
}

/** Few names, so that documents meet each other often: the same host, the same name twice, what is missing and what is half named. */
const host = fc.constantFrom(
  'a',
  'b',
  'a.two',
  'a.two.svc.cluster.local',
  'b.default.svc.cluster.local',
  'x.ext.com',
  '*.ext.com',
);
const name = fc.constantFrom('a', 'b');
const namespace = fc.constantFrom('default', 'two');
const version = fc.constantFrom('v1', 'v2');
const head = (apiVersion: string, kind: string) =>
  fc
    .tuple(name, namespace)
    .map(([n, ns]) => `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${n}\n  namespace: ${ns}\n`);
const istio = 'networking.istio.io/v1';
const document = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        head(istio, 'VirtualService'),
        host,
        host,
        version,
        fc.constantFrom(80, 90),
        fc.constantFrom('mesh', 'a', 'two/b'),
        fc.boolean(),
      )
      .map(
        ([top, forHost, to, subset, port, gateway, delegate]) =>
          `${top}spec:\n  hosts: ["${forHost}"]\n  gateways: [${gateway}]\n  http:\n  - route:\n    - destination: {host: "${to}", subset: ${subset}, port: {number: ${port}}}\n${delegate ? '  - delegate: {name: b}\n' : ''}`,
      ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(head(istio, 'DestinationRule'), host, version)
      .map(
        ([top, forHost, v]) =>
          `${top}spec:\n  host: "${forHost}"\n  subsets:\n  - name: ${v}\n    labels: {version: ${v}}\n`,
      ),
  },
  fc
    .tuple(head(istio, 'Gateway'), name)
    .map(
      ([top, secret]) =>
        `${top}spec:\n  selector: {istio: ingressgateway}\n  servers:\n  - port: {number: 443, name: https, protocol: HTTPS}\n    hosts: ["*"]\n    tls: {mode: SIMPLE, credentialName: ${secret}}\n`,
    ),
  fc
    .tuple(head(istio, 'ServiceEntry'), host, fc.boolean())
    .map(
      ([top, forHost, selected]) =>
        `${top}spec:\n  hosts: ["${forHost}"]\n  ports:\n  - {number: 80, name: http, protocol: HTTP}\n  resolution: STATIC\n${selected ? '  workloadSelector: {labels: {app: a}}\n' : '  endpoints:\n  - {address: 1.2.3.4, labels: {version: v1}}\n'}`,
    ),
  {
    weight: 2,
    arbitrary: fc
      .tuple(head('v1', 'Service'), name)
      .map(([top, app]) => `${top}spec:\n  selector: {app: ${app}}\n  ports:\n  - {name: http, port: 80}\n`),
  },
  fc
    .tuple(head('apps/v1', 'Deployment'), name, version)
    .map(
      ([top, app, v]) =>
        `${top}spec:\n  replicas: 2\n  template:\n    metadata:\n      labels: {app: ${app}, version: ${v}}\n`,
    ),
  head('v1', 'Secret'),
  fc.constant('apiVersion: meshwright/v1\nkind: Scenario\nmetadata: {name: s}\nspec: {registry: declared}\n'),
);
const edit = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('replace' as const), at: fc.nat(), document }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('insert' as const), at: fc.nat(), document }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), at: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('swap' as const), at: fc.nat() }) },
);

let next = 1000;
function apply(slots: readonly Slot[], step: typeof edit extends fc.Arbitrary<infer T> ? T : never): readonly Slot[] {
  const at = slots.length === 0 ? 0 : step.at % slots.length;
  const there = slots[at];
  switch (step.kind) {
    case 'insert':
      return [...slots.slice(0, at), { id: next++, text: step.document }, ...slots.slice(at)];
    case 'replace':
      return there === undefined ? slots : slots.with(at, { id: there.id, text: step.document });
    case 'remove':
      return slots.filter((_, index) => index !== at);
    case 'swap': {
      const other = slots[at + 1];
      return there === undefined || other === undefined ? slots : slots.with(at, other).with(at + 1, there);
    }
  }
}

/** Maps as lists, so that their order counts too. */
const plain = (mesh: Mesh) => ({
  ids: [...mesh.byId.keys()],
  same: [...mesh.byId.values()].every((resource, index) => resource === mesh.resources[index]),
  byKind: [...mesh.byKind].map(([kind, list]) => [kind, list.map((resource) => resource.id)]),
  services: [...mesh.services],
  references: mesh.references,
  referencesFrom: [...mesh.referencesFrom],
  assumed: mesh.assumed,
  registry: mesh.registry,
  problems: meshProblems(mesh),
});

function expectEqual(actual: Mesh, expected: Mesh): void {
  const [a, b] = [plain(actual), plain(expected)];
  // Texts compare much quicker than structures, which are for the difference to be shown.
  if (JSON.stringify(a) !== JSON.stringify(b)) expect(a).toEqual(b);
}

describe('a mesh from an earlier one', () => {
  it('is equal to one from scratch after any edits', () => {
    fc.assert(
      fc.property(
        fc.array(document, { maxLength: 8 }),
        fc.array(edit, { minLength: 1, maxLength: 8 }),
        (texts, steps) => {
          let slots: readonly Slot[] = texts.map((text, id) => ({ id, text }));
          let mesh = buildMesh(resourcesOf(slots));
          for (const step of steps) {
            slots = apply(slots, step);
            const resources = resourcesOf(slots);
            mesh = buildMesh(resources, {}, mesh);
            expectEqual(mesh, buildMesh(resources));
          }
        },
      ),
      // A run builds up to eight meshes twice: a third of the usual runs, but for the long run.
      { numRuns: Number(process.env['LAWS_RUNS'] ?? 100) },
    );
  });

  it('keeps what an edit elsewhere does not reach', () => {
    const gateway = 'apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: edge}\nspec: {servers: []}\n';
    fc.assert(
      fc.property(fc.array(document, { maxLength: 8 }), (texts) => {
        const slots = [...texts, gateway].map((text, id) => ({ id, text }));
        const before = buildMesh(resourcesOf(slots));
        const edited = slots.with(-1, { id: texts.length, text: `${gateway}# said\n` });
        const after = buildMesh(resourcesOf(edited), {}, before);
        expect(after).not.toBe(before);
        expect(after.services).toBe(before.services);
        expect(after.references).toBe(before.references);
        expect(after.byKind.get('VirtualService')).toBe(before.byKind.get('VirtualService'));
      }),
    );
  });

  it('is the earlier one when no resource changed', () => {
    const resources = resourcesOf([
      { id: 1, text: 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 80}]}\n' },
    ]);
    const mesh = buildMesh(resources);
    expect(buildMesh([...resources], {}, mesh)).toBe(mesh);
    expect(buildMesh(resources, { registry: 'declared' }, mesh)).not.toBe(mesh);
  });
});

describe('references to a resource', () => {
  it('are found from its id', () => {
    const mesh = buildMesh(
      resourcesOf([
        { id: 1, text: 'apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: gw}\nspec: {}\n' },
        {
          id: 2,
          text: 'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: a}\nspec: {hosts: [a.com], gateways: [gw]}\n',
        },
      ]),
    );
    const [gateway] = mesh.resources;
    expect(gateway && referencesTo(mesh, gateway.id).map((reference) => reference.from)).toEqual([
      'VirtualService default/a',
    ]);
  });
});
