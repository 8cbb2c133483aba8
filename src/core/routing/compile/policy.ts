import type { JsonObject } from '../../yaml/types.ts';
import { numberAt, objectAt, objectsAt } from './read.ts';

/** The parts of a traffic policy for one port. Blocks stay as written. */
export interface Policy {
  readonly connectionPool: JsonObject | undefined;
  readonly loadBalancer: JsonObject | undefined;
  readonly outlierDetection: JsonObject | undefined;
  readonly tls: JsonObject | undefined;
}

const BLOCKS = ['connectionPool', 'loadBalancer', 'outlierDetection', 'tls'] as const;
export const NO_POLICY: Policy = {
  connectionPool: undefined,
  loadBalancer: undefined,
  outlierDetection: undefined,
  tls: undefined,
};

function blocks(from: JsonObject): Policy {
  return {
    connectionPool: objectAt(from, 'connectionPool'),
    loadBalancer: objectAt(from, 'loadBalancer'),
    outlierDetection: objectAt(from, 'outlierDetection'),
    tls: objectAt(from, 'tls'),
  };
}

/** The entry of `portLevelSettings` for a service's port. */
export function portEntry(policy: JsonObject | undefined, port: number): JsonObject | undefined {
  return objectsAt(policy, 'portLevelSettings').find((entry) => numberAt(objectAt(entry, 'port'), 'number') === port);
}

/** A destination's policy for a port: its own entry alone where there is one, else the whole (istiod: `GetPortLevelTrafficPolicy`). */
export function policyForPort(policy: JsonObject | undefined, port: number): Policy {
  if (policy === undefined) return NO_POLICY;
  return blocks(portEntry(policy, port) ?? policy);
}

/** A subset's policy over its destination's: block by block; a port's own entry takes all four, also the absent ones. */
export function policyForSubset(base: Policy, subset: JsonObject | undefined, port: number): Policy {
  if (subset === undefined) return base;
  const entry = portEntry(subset, port);
  if (entry !== undefined) return blocks(entry);
  const own = blocks(subset);
  const out: Record<(typeof BLOCKS)[number], JsonObject | undefined> = { ...base };
  for (const block of BLOCKS) out[block] = own[block] ?? base[block];
  return out;
}
