import { sameItems } from '../../base/lists.ts';
import type { Resource } from '../../istio/types.ts';
import { resolveHost } from '../../istio/names.ts';
import { isWildcard, mostSpecific } from './hosts.ts';
import { createdOf } from './kubernetes.ts';
import type { DestinationRule, Labels, Service } from './model.ts';
import { compareAge } from './order.ts';
import { changedPlaces, keepMap, keepPer } from '../../base/keep.ts';
import { labelsFit, objectAt, objectsAt, stringAt, stringMapAt, stringsAt } from './read.ts';

const ROOT = 'istio-system';

/** Rules by host as written (short names resolved); several of one host where they could not be joined. */
interface ByHost {
  readonly exact: Map<string, DestinationRule[]>;
  readonly wild: Map<string, DestinationRule[]>;
}

/** All DestinationRules, joined and sorted as istiod looks them up (istiod: `setDestinationRules`). */
export interface DestinationRules {
  readonly local: ReadonlyMap<string, ByHost>;
  readonly exported: ReadonlyMap<string, ByHost>;
  /** Private ones of the root namespace, the only ones that its own proxies look at first. */
  readonly rootLocal: ByHost;
  /** These rules and no others. */
  readonly id: object;
  /** Says that they are the rules of another `id`, with some in the places of those that they were. */
  readonly patch?: { readonly of: object; readonly swaps: readonly (readonly [DestinationRule, DestinationRule])[] };
}

function read(resource: Resource): DestinationRule {
  const spec = resource.spec;
  const selector = objectAt(spec, 'workloadSelector');
  return {
    resource: resource.id,
    name: resource.name,
    namespace: resource.namespace,
    created: createdOf(resource),
    host: resolveHost(stringAt(spec, 'host'), resource.namespace),
    exportTo: selector === undefined ? [...new Set(stringsAt(spec, 'exportTo'))] : ['.'],
    selector: selector === undefined ? undefined : stringMapAt(selector, 'matchLabels'),
    policy: objectAt(spec, 'trafficPolicy'),
    policyOf: resource.id,
    subsets: objectsAt(spec, 'subsets').map((subset, index) => ({
      name: stringAt(subset, 'name'),
      labels: stringMapAt(subset, 'labels'),
      policy: objectAt(subset, 'trafficPolicy'),
      resource: resource.id,
      index,
    })),
    from: [resource.id],
  };
}

const readOnce = keepPer(read);

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((x) => b.includes(x));
}

function sameLabels(a: Labels, b: Labels): boolean {
  return Object.keys(a).length === Object.keys(b).length && labelsFit(a, b);
}

const join = keepPer((older: DestinationRule, newer: DestinationRule): DestinationRule => {
  const names = new Set(older.subsets.map((s) => s.name));
  return {
    ...older,
    from: [...older.from, newer.resource],
    subsets: [...older.subsets, ...newer.subsets.filter((s) => !names.has(s.name))],
    policy: older.policy ?? newer.policy,
    policyOf: older.policy === undefined && newer.policy !== undefined ? newer.policyOf : older.policyOf,
  };
});

/** Adds a rule to those of its host: joined to each that it may be joined to, else on its own (istiod: `mergeDestinationRule`). */
function add(into: ByHost, rule: DestinationRule): void {
  const map = isWildcard(rule.host) ? into.wild : into.exact;
  const list = map.get(rule.host);
  if (list === undefined) {
    map.set(rule.host, [rule]);
    return;
  }
  let separately = true;
  for (const [at, existing] of list.entries()) {
    const equal = sameSet(rule.exportTo, existing.exportTo);
    if (!equal && !(existing.exportTo.length > 0 && existing.exportTo.every((to) => rule.exportTo.includes(to)))) {
      separately = true;
      continue;
    }
    separately = !equal;
    const both = existing.selector !== undefined && rule.selector !== undefined;
    const match = sameLabels(existing.selector ?? {}, rule.selector ?? {});
    if (both && !match) {
      separately = true;
      continue;
    }
    if (both || (existing.selector === undefined && rule.selector === undefined)) separately = false;
    list[at] = join(existing, rule);
  }
  if (separately) list.push(rule);
}

function place(map: Map<string, ByHost>, namespace: string): ByHost {
  const found = map.get(namespace) ?? { exact: new Map(), wild: new Map() };
  map.set(namespace, found);
  return found;
}

/** Sorts and joins DestinationRules. Those with a selector come first, then the oldest. */
function joinAll(read: readonly DestinationRule[]): DestinationRules {
  const rules = [...read].sort(
    (a, b) => Number(a.selector === undefined) - Number(b.selector === undefined) || compareAge(a, b),
  );
  const local = new Map<string, ByHost>();
  const exported = new Map<string, ByHost>();
  const rootLocal: ByHost = { exact: new Map(), wild: new Map() };
  for (const rule of rules) {
    const to = rule.exportTo;
    if (to.length === 0 || to.includes('*') || to.includes('.') || to.includes(rule.namespace))
      add(place(local, rule.namespace), rule);
    const privately = to.length === 1 && (to.includes('.') || to.includes(rule.namespace));
    if (!privately) add(place(exported, rule.namespace), rule);
    else if (rule.namespace === ROOT) add(rootLocal, rule);
  }
  return { local, exported, rootLocal, id: {} };
}

/** Reads, sorts and joins all DestinationRules. */
export function buildDestinationRules(resources: readonly Resource[]): DestinationRules {
  return joinAll(resources.filter((r) => r.kind === 'DestinationRule').map((r) => readOnce(r)));
}

/** True where one rule can stand in the other's place: nothing that decides whom it is for or its order differs. */
function standsFor(a: DestinationRule, b: DestinationRule): boolean {
  const anybody = a.selector === undefined && b.selector === undefined;
  const same = a.name === b.name && a.namespace === b.namespace && a.created === b.created && a.host === b.host;
  return anybody && same && sameItems(a.exportTo, b.exportTo);
}

/** Rules with one in the other's place; the same where its host has none, `undefined` where the host has others. */
function withRule(by: ByHost, old: DestinationRule, now: DestinationRule): ByHost | undefined {
  const wild = isWildcard(old.host);
  const map = wild ? by.wild : by.exact;
  const list = map.get(old.host);
  if (list === undefined) return by;
  if (list.length !== 1 || list[0] !== old) return undefined;
  const next = new Map(map).set(old.host, [now]);
  return wild ? { ...by, wild: next } : { ...by, exact: next };
}

function withRuleIn(
  all: DestinationRules['local'],
  old: DestinationRule,
  now: DestinationRule,
): DestinationRules['local'] | undefined {
  const by = all.get(old.namespace);
  if (by === undefined) return all;
  const next = withRule(by, old, now);
  return next && new Map(all).set(old.namespace, next);
}

function patched(
  last: DestinationRules,
  before: readonly DestinationRule[],
  rules: readonly DestinationRule[],
): DestinationRules | undefined {
  const places = changedPlaces(before, rules);
  let out = places && last;
  const swaps: (readonly [DestinationRule, DestinationRule])[] = [];
  for (const place of places ?? []) {
    const old = before[place];
    const now = rules[place];
    if (out === undefined || old === undefined || now === undefined || !standsFor(old, now)) return undefined;
    const local = withRuleIn(out.local, old, now);
    const exported = withRuleIn(out.exported, old, now);
    const rootLocal = old.namespace === ROOT ? withRule(out.rootLocal, old, now) : out.rootLocal;
    swaps.push([old, now]);
    out = local && exported && rootLocal && { local, exported, rootLocal, id: {}, patch: { of: last.id, swaps } };
  }
  return out;
}

/** The hosts whose rules changed between two states, the first told by its `id`; `undefined` where that is not known, or a pattern changed. */
export function hostsSwapped(before: object, { id, patch }: DestinationRules): readonly string[] | undefined {
  if (before === id) return [];
  const swaps = patch?.of === before ? patch.swaps : undefined;
  return swaps?.every(([old]) => !isWildcard(old.host)) === true ? swaps.map(([old]) => old.host) : undefined;
}

/** Makes what all DestinationRules of a mesh (`resources` are these only) come to, edit after edit: one that is alone with its host takes the place of what it was. */
export function destinationRulesMaker(): (resources: readonly Resource[]) => DestinationRules {
  const readAll = keepMap((resource: Resource) => readOnce(resource));
  let before: readonly DestinationRule[] = [];
  let last: DestinationRules | undefined;
  return (resources) => {
    const rules = readAll(resources);
    last = (last && patched(last, before, rules)) ?? joinAll(rules);
    before = rules;
    return last;
  };
}

const NO_RULES: readonly DestinationRule[] = [];

function exportedFrom(
  rules: DestinationRules,
  namespace: string,
  hostname: string,
  client: string,
): readonly DestinationRule[] {
  const by = rules.exported.get(namespace);
  const list = by === undefined ? undefined : mostSpecific(hostname, by.exact, by.wild);
  if (list === undefined) return NO_RULES;
  const seen = (rule: DestinationRule): boolean =>
    rule.exportTo.length === 0 || rule.exportTo.includes('*') || rule.exportTo.includes(client);
  return list.every(seen) ? list : list.filter(seen);
}

/**
 * The rules that a proxy of `client` finds for a service: in its own namespace, else in the service's, else in the root namespace
 * (istiod: `PushContext.destinationRule`).
 */
export function rulesForService(rules: DestinationRules, client: string, service: Service): readonly DestinationRule[] {
  const own = client === ROOT ? rules.rootLocal : rules.local.get(client);
  const first = own === undefined ? undefined : mostSpecific(service.hostname, own.exact, own.wild);
  if (first !== undefined) return first;
  const second = exportedFrom(rules, service.namespace, service.hostname, client);
  return second.length > 0 ? second : exportedFrom(rules, ROOT, service.hostname, client);
}

/** Of a service's rules the one for a proxy: one whose selector fits it, else the last without a selector. */
export function pickRule(
  list: readonly DestinationRule[],
  namespace: string,
  labels: Labels,
): DestinationRule | undefined {
  let general: DestinationRule | undefined;
  for (const rule of list) {
    if (rule.selector === undefined) general = rule;
    else if (rule.namespace === namespace && labelsFit(rule.selector, labels)) return rule;
  }
  return general;
}
