import { ok, refuse } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { resolveHost, shortHost } from '../istio/index.ts';
import type { SourceRef } from '../istio/types.ts';
import type { Projection } from '../workspace/types.ts';
import type { Json, JsonObject, YamlPath } from '../yaml/types.ts';
import { isList, isMap, valueAt } from '../yaml/model.ts';
import { targetOf } from './target.ts';
import type { Target } from './target.ts';

/** A rule of a VirtualService as it stands in the text. */
export interface Rule extends Target {
  readonly protocol: 'http' | 'tls' | 'tcp';
  readonly index: number;
  readonly rule: JsonObject;
  readonly destinations: readonly Json[];
}

/** The rule that a place is in (a place inside it will do), if its document may be edited. */
export function ruleOf(projection: Projection, ref: SourceRef): Result<Rule> {
  const place = rulePath(ref.path);
  if (place === undefined)
    return refuse('NO_RULE', 'This is no rule of a VirtualService.', { remedy: 'Select a rule.' });
  const target = targetOf(projection, { ...ref, path: place.path });
  if (target.kind === 'refused') return target;
  const rule = target.value.value;
  if (!isMap(rule)) return refuse('GONE', 'The rule is no longer there.', { remedy: 'Select it again.' });
  const route = rule['route'];
  const destinations = isList(route) ? route : [];
  return ok({ ...target.value, protocol: place.protocol, index: place.index, rule, destinations });
}

/** Splits a path at its rule: `spec http 0 route 1` is rule 0 of `http`. Items of a List stand deeper. */
function rulePath(path: YamlPath) {
  for (let at = 0; at + 2 < path.length; at += 1) {
    const protocol = path[at + 1];
    const index = path[at + 2];
    if (path[at] !== 'spec' || typeof index !== 'number') continue;
    if (protocol === 'http' || protocol === 'tls' || protocol === 'tcp') {
      return { path: path.slice(0, at + 3), protocol, index } as const;
    }
  }
  return undefined;
}

/** What is written as the weight of an item of `route`; `undefined` where none is. */
export function weightOf(destination: Json | undefined): number | undefined {
  const weight = valueAt(destination, ['weight']);
  // Istio's reader takes numbers in quotes.
  const number = typeof weight === 'string' && /^\d+$/.test(weight) ? Number(weight) : weight;
  return typeof number === 'number' ? number : undefined;
}

/** An item of `route`, as people write it: destination first, then weight. */
export function routeItem(host: string, subset: string | undefined, weight: number | undefined): JsonObject {
  const destination: JsonObject = subset === undefined ? { host } : { host, subset };
  return weight === undefined ? { destination } : { destination, weight };
}

/** The host as the rule's other destinations write it, where one means the same service; else the shortest name that works there. */
export function hostAsWritten(host: string, rule: Rule): string {
  const namespace = rule.resource?.namespace ?? 'default';
  const full = resolveHost(host, namespace);
  for (const item of rule.destinations) {
    const written = valueAt(item, ['destination', 'host']);
    if (typeof written === 'string' && resolveHost(written, namespace) === full) return written;
  }
  return shortHost(full, namespace);
}

/** Whether an item of `route` goes to this host and subset. */
export function goesTo(item: Json, host: string, subset: string | undefined, rule: Rule): boolean {
  const namespace = rule.resource?.namespace ?? 'default';
  const written = valueAt(item, ['destination', 'host']);
  if (typeof written !== 'string' || resolveHost(written, namespace) !== resolveHost(host, namespace)) return false;
  return (valueAt(item, ['destination', 'subset']) ?? undefined) === subset;
}
