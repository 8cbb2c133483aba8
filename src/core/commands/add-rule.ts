import { refuse } from '../base/result.ts';
import { isVirtualService } from '../istio/index.ts';
import type { PlanResult, Projection } from '../workspace/types.ts';
import type { Json, JsonObject } from '../yaml/types.ts';
import { isList, isMap, valueAt } from '../yaml/model.ts';
import { planEdits, selectingInsert } from './plan-edit.ts';
import { routeItem } from './rule.ts';
import { resourceTarget } from './target.ts';
import type { GestureOf } from './types.ts';

/**
 * One more rule, where it is told, else in front of a last rule that takes everything, else at the end. It goes where the rule behind
 * it goes and takes a path that nobody asks for yet (`/new`), so that no request changes its way until it is edited. Plain TCP rules
 * take a port, TLS rules the server names of the first.
 */
export function planAddRule(projection: Projection, gesture: GestureOf<'addRule'>): PlanResult {
  const found = resourceTarget(projection, gesture.resource);
  if (found.kind === 'refused') return found;
  const { slot, value, resource, ref } = found.value;
  if (!isVirtualService(resource) || !isMap(value)) {
    return refuse('NO_RULES', `${gesture.resource} has no rules: only a VirtualService has.`);
  }
  const spec = valueAt(value, ['spec']);
  const protocol = (['http', 'tls', 'tcp'] as const).find((one) => listAt(spec, one).length > 0) ?? 'http';
  const rules = listAt(spec, protocol);
  const path = [...ref.path, 'spec', protocol];
  const last = rules.at(-1);
  const end = isMap(last) && last['match'] === undefined ? rules.length - 1 : rules.length;
  const index = Math.min(gesture.before ?? end, rules.length);
  const host = hostOf(rules[index] ?? last) ?? firstHost(spec);
  if (host === undefined) {
    return refuse('NO_HOST', 'The VirtualService names no host that a rule could go to.', {
      remedy: 'Add a host to spec.hosts first.',
    });
  }
  const rule = newRule(protocol, rules, host);
  const ops =
    rules.length === 0
      ? ([{ kind: 'set', path, value: [rule] }] as const)
      : ([{ kind: 'insert', path: [...path, index], value: rule }] as const);
  return selectingInsert(planEdits('Add rule', [{ slot, ops }]));
}

function newRule(protocol: 'http' | 'tls' | 'tcp', rules: readonly Json[], host: JsonObject | string): JsonObject {
  const route = [typeof host === 'string' ? routeItem(host, undefined, undefined) : { destination: host }];
  if (protocol === 'tcp') return { match: [{ port: 9000 }], route };
  if (protocol === 'tls') {
    const sniHosts = valueAt(rules[0], ['match', 0, 'sniHosts']) ?? [];
    return { match: [{ port: 9000, sniHosts }], route };
  }
  return rules.length === 0 ? { route } : { match: [{ uri: { prefix: '/new' } }], route };
}

function hostOf(rule: Json | undefined): JsonObject | undefined {
  const destination = valueAt(rule, ['route', 0, 'destination']);
  return isMap(destination) ? destination : undefined;
}

function firstHost(spec: Json | undefined): string | undefined {
  const host = listAt(spec, 'hosts').find((one) => typeof one === 'string' && !one.includes('*'));
  return typeof host === 'string' ? host : undefined;
}

function listAt(value: Json | undefined, key: string): readonly Json[] {
  const list = valueAt(value, [key]);
  return isList(list) ? list : [];
}
