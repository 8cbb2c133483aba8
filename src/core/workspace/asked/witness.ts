import type { RuleRow } from '../../graph/types.ts';
import type { Resource } from '../../istio/types.ts';
import type { Mesh } from '../../mesh/types.ts';
import { formOfRequest } from '../../routing/request-text.ts';
import type { RequestForm } from '../../routing/request-text.ts';
import type { Engine, Proxy } from '../../routing/types.ts';
import type { Json, JsonObject } from '../../yaml/types.ts';
import { valueAt } from '../../yaml/model.ts';

/** A request that ought to reach a rule, and whether it does; where not, why. */
export interface Witness {
  readonly form: RequestForm;
  readonly proxy: Proxy;
  readonly reached: boolean;
  readonly why: string;
}

const object = (value: Json | undefined): JsonObject =>
  // Arrays are out, so what is left of the JSON types is an object.
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
// A cast because Array.isArray does not narrow readonly arrays.
const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);
const texts = (value: Json | undefined): readonly string[] =>
  list(value).filter((one): one is string => typeof one === 'string');
const labelsOf = (value: Json | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(object(value)).map(([key, one]) => [key, String(one)]));

/** Named senders of a namespace that are tried at most. */
const MOST_SENDERS = 5;

/** The gateway's pods that a gateway's name in a VirtualService leads to. */
function gatewayProxies(mesh: Mesh, name: string, namespace: string): readonly Proxy[] {
  const [first = '', second] = name.split('/');
  const where = second === undefined ? [namespace, first] : [first === '.' ? namespace : first, second];
  return (mesh.byKind.get('Gateway') ?? [])
    .filter((gateway) => gateway.namespace === where[0] && gateway.name === where[1])
    .map(({ spec }) => ({ type: 'gateway', namespace: 'istio-system', labels: labelsOf(spec['selector']) }));
}

/** Who in the mesh may send what a match entry asks for: workloads that are known there before nameless ones. */
function sidecars(match: JsonObject, namespace: string, known: readonly Proxy[]): readonly Proxy[] {
  const from = typeof match['sourceNamespace'] === 'string' ? match['sourceNamespace'] : namespace;
  const labels = labelsOf(match['sourceLabels']);
  const fits = known.filter(
    (proxy) =>
      proxy.type === 'sidecar' &&
      proxy.namespace === from &&
      Object.entries(labels).every(([key, value]) => proxy.labels?.[key] === value),
  );
  return [...fits.slice(0, MOST_SENDERS), { type: 'sidecar', namespace: from, labels }];
}

/** Everybody whose requests a rule of a VirtualService may take: through its gateways, and from inside the mesh. */
function senders(mesh: Mesh, root: Resource, rule: JsonObject, known: readonly Proxy[]): readonly Proxy[] {
  const written = list(rule['match']).map(object);
  return (written.length === 0 ? [{}] : written).flatMap((match: JsonObject) => {
    const own = texts(match['gateways']);
    const all = own.length > 0 ? own : texts(root.spec['gateways']);
    return (all.length > 0 ? all : ['mesh']).flatMap((name) =>
      name === 'mesh' ? sidecars(match, root.namespace, known) : gatewayProxies(mesh, name, root.namespace),
    );
  });
}

/** The VirtualServices that hand requests on to a delegate. */
function rootsOf(mesh: Mesh, delegate: Resource): readonly Resource[] {
  return (mesh.byKind.get('VirtualService') ?? []).filter((root) =>
    list(root.spec['http']).some((rule) => {
      const to = object(object(rule)['delegate']);
      return to['name'] === delegate.name && (to['namespace'] ?? root.namespace) === delegate.namespace;
    }),
  );
}

/**
 * The engine's smallest request that reaches a rule, as a form; where nobody has one, a request that ought to and does not. `known` are
 * senders that the workspace names. `undefined` for a rule that no caller is led to (a delegate without a root, say).
 */
export function witnessOf(
  { mesh, engine, known }: { readonly mesh: Mesh; readonly engine: Engine; readonly known: readonly Proxy[] },
  resource: Resource,
  row: RuleRow,
): Witness | undefined {
  const path = row.source?.path.slice(resource.source.path.length) ?? [];
  const rule = object(valueAt(resource.value, path));
  const isRoot = list(resource.spec['hosts']).length > 0;
  const roots = isRoot ? [resource] : rootsOf(mesh, resource);
  let eaten: Witness | undefined;
  for (const proxy of roots.flatMap((root) => senders(mesh, root, rule, known))) {
    const found = engine.witness(proxy, { resource: resource.id, path });
    if (found.kind === 'unreachable' || found.request === undefined) continue;
    const form = formOfRequest(found.request, proxy);
    if (found.kind === 'request') return { form, proxy, reached: true, why: '' };
    eaten ??= { form, proxy, reached: false, why: found.why };
  }
  return eaten;
}
