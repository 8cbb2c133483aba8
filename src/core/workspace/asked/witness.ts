import type { RuleRow } from '../../graph/types.ts';
import type { Resource } from '../../istio/types.ts';
import type { Mesh } from '../../mesh/types.ts';
import type { Engine, Proxy, Request, RuleRef } from '../../routing/types.ts';
import { scenarioOf } from '../../simulation/index.ts';
import type { Json, JsonObject } from '../../yaml/types.ts';
import { valueAt } from '../../yaml/model.ts';

/** A request and who sends it. */
export interface Sent {
  readonly proxy: Proxy;
  readonly request: Request;
}
/** A request that satisfies a rule's conditions, and whether the rule gets it. */
export interface Witness extends Sent {
  readonly reached: boolean;
}

const object = (value: Json | undefined): JsonObject =>
  // Arrays are out, so what is left of the JSON types is an object.
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
// A cast because Array.isArray does not narrow readonly arrays.
const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);

/** A VirtualService with one rule, of one `match` entry or none. */
function alone(resource: Resource, protocol: string, rule: JsonObject): Resource {
  const { http: _http, tls: _tls, tcp: _tcp, ...rest } = resource.spec;
  const spec: JsonObject = { ...rest, [protocol]: [rule] };
  return { ...resource, spec, value: { ...resource.value, spec } };
}

function withMatch(rule: JsonObject, match: JsonObject | undefined): JsonObject {
  const { match: _match, ...rest } = rule;
  return match === undefined ? rest : { ...rest, match: [match] };
}

const matchesOf = (rule: JsonObject): readonly (JsonObject | undefined)[] => {
  const written = list(rule['match']).map(object);
  return written.length === 0 ? [undefined] : written;
};

/** The roots that hand requests on to a delegate, each with its rule's conditions put before the delegate's. */
function throughRoots(mesh: Mesh, delegate: Resource, rule: JsonObject): readonly Resource[] {
  return (mesh.byKind.get('VirtualService') ?? []).flatMap((root) =>
    list(root.spec['http'])
      .map(object)
      .filter((one) => {
        const to = object(one['delegate']);
        return to['name'] === delegate.name && (to['namespace'] ?? root.namespace) === delegate.namespace;
      })
      .flatMap((one) =>
        matchesOf(one).flatMap((outer) =>
          matchesOf(rule).map((inner) => {
            const headers = { ...object(outer?.['headers']), ...object(inner?.['headers']) };
            const joined = outer || inner ? { ...outer, ...inner, headers } : undefined;
            return alone(root, 'http', withMatch(rule, joined));
          }),
        ),
      ),
  );
}

/** Named senders of a namespace that are tried at most. */
const MOST_SENDERS = 5;

/** A request that any workload of a namespace may send, as the workloads that are known there would send it. */
function bySomebody(one: Sent, known: readonly Proxy[]): readonly Sent[] {
  const { type, namespace, labels = {} } = one.proxy;
  if (type === 'gateway' || Object.keys(labels).length > 0) return [one];
  const there = known.filter((proxy) => proxy.type === 'sidecar' && proxy.namespace === namespace);
  return [...there.slice(0, MOST_SENDERS).map((proxy) => ({ ...one, proxy })), one];
}

/** Other paths and methods that the conditions allow as well: where an earlier rule takes the first, one of these may pass it by. */
function variants({ proxy, request }: Sent): readonly Sent[] {
  if (request.path === undefined) return [{ proxy, request }];
  const { path = '/' } = request;
  const [bare = '/', query] = path.split('?');
  const longer = ['', bare.endsWith('/') ? 'x' : '/x', 'x', bare.endsWith('/') ? 'x/y' : '/x/y'];
  const methods = [request.method ?? 'GET', 'POST', 'PUT', 'DELETE'];
  return methods.flatMap((method) =>
    longer.map((more) => ({
      proxy,
      request: { ...request, method, path: `${bare}${more}${query === undefined ? '' : `?${query}`}` },
    })),
  );
}

/** What the engine's own search finds for one of the senders: it looks at the rules in front, and passes them by one after the other. */
function searched(engine: Engine, sent: readonly Sent[], rule: RuleRef): Sent | undefined {
  for (const proxy of new Set(sent.map((one) => one.proxy))) {
    const found = engine.witness(proxy, rule);
    if (found.kind === 'request') return { proxy, request: found.request };
  }
  return undefined;
}

/**
 * The smallest request that satisfies a rule's conditions and reaches it; where none of those tried does, the first that satisfies them, so
 * that one can look what takes it. `known` are senders that the workspace names: they come before nameless ones. `undefined` for a rule that no caller's request can be made up for (a delegate without a root, say).
 */
export function witnessOf(
  { mesh, engine, known }: { readonly mesh: Mesh; readonly engine: Engine; readonly known: readonly Proxy[] },
  resource: Resource,
  row: RuleRow,
): Witness | undefined {
  const path = row.source?.path.slice(resource.source.path.length) ?? [];
  const rule = object(valueAt(resource.value, path));
  const isRoot = list(resource.spec['hosts']).length > 0;
  const candidates = isRoot
    ? matchesOf(rule).map((match) => alone(resource, row.protocol, withMatch(rule, match)))
    : throughRoots(mesh, resource, rule);
  const sent = candidates.flatMap((one) => {
    // No Scenario, one VirtualService with one rule: what is made up for this mesh is what the rule asks for.
    const resources: readonly Resource[] = [];
    const byKind = new Map([...mesh.byKind, ['VirtualService', [one]] as const]);
    const { callers } = scenarioOf({ ...mesh, resources, byKind });
    return callers.flatMap(({ proxy, requests }) =>
      requests.flatMap(({ request }) => bySomebody({ proxy, request }, known)),
    );
  });
  const reaches = ({ proxy, request }: Sent): boolean => {
    const decision = engine.decide(proxy, request);
    return decision.rule?.resource === resource.id && decision.rule.path.join('/') === path.join('/');
  };
  const first = sent[0];
  const found = sent.flatMap(variants).find(reaches) ?? searched(engine, sent, { resource: resource.id, path });
  if (found) return { ...found, reached: true };
  return first && { ...first, reached: false };
}
