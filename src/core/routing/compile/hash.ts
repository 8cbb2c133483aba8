import type { JsonObject } from '../../yaml/types.ts';
import type { Destination, DestinationRule } from './model.ts';
import { portEntry } from './policy.ts';
import { flagAt, objectAt, stringAt } from './read.ts';

function hashOf(policy: JsonObject | undefined): JsonObject | undefined {
  return objectAt(objectAt(policy, 'loadBalancer'), 'consistentHash');
}

/** A consistent hash as a route names it: `header:x-user`, `cookie:sid`, `sourceIp`, `query:user`; `undefined` where it has no key. */
export function hashKey(hash: JsonObject | undefined): string | undefined {
  if (hash === undefined) return undefined;
  if (hash['httpHeaderName'] !== undefined) return `header:${stringAt(hash, 'httpHeaderName')}`;
  const cookie = objectAt(hash, 'httpCookie');
  if (cookie !== undefined) return `cookie:${stringAt(cookie, 'name')}`;
  if (flagAt(hash, 'useSourceIp') || hash['useSourceIp'] === false) return 'sourceIp';
  if (hash['httpQueryParameterName'] !== undefined) return `query:${stringAt(hash, 'httpQueryParameterName')}`;
  return undefined;
}

/** The hash for a rule's destination; a port's own entry counts only where the destination names the port (istiod: `HashForHTTPDestination`). */
export function hashForDestination(
  rule: DestinationRule | undefined,
  destination: Destination,
): JsonObject | undefined {
  if (rule === undefined) return undefined;
  const atPort = (policy: JsonObject | undefined): JsonObject | undefined =>
    destination.port === undefined ? undefined : hashOf(portEntry(policy, destination.port));
  const subset = rule.subsets.find((s) => s.name === destination.subset);
  return atPort(subset?.policy) ?? hashOf(subset?.policy) ?? atPort(rule.policy) ?? hashOf(rule.policy);
}

/** The hash for a service that no VirtualService serves (istiod: `hashForService`). */
export function hashForService(rule: DestinationRule | undefined, port: number): JsonObject | undefined {
  if (rule === undefined) return undefined;
  return hashOf(portEntry(rule.policy, port)) ?? hashOf(rule.policy);
}
