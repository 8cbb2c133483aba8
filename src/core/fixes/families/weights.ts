import { resolveHost } from '../../istio/index.ts';
import { isMap, valueAt } from '../../yaml/model.ts';
import type { Json, YamlOp } from '../../yaml/types.ts';
import { edit, listAt, removing, setting } from '../edit.ts';
import type { Family } from '../types.ts';

/** Whole shares of 100 that add up to it, the last one taking what is left over. */
export function evenShares(count: number): readonly number[] {
  const share = Math.floor(100 / count);
  return Array.from({ length: count }, (_, index) => (index < count - 1 ? share : 100 - share * (count - 1)));
}

/** Weights that add up to nothing. */
export const noShares: Family = {
  codes: ['V-VS-144'],
  propose: (place) => {
    const route = listAt(place.object, place.path);
    const shares = evenShares(route.length);
    const ops = shares.map((value, index): YamlOp => ({ kind: 'set', path: [...place.path, index, 'weight'], value }));
    return [edit(place, ['evenShares', `Share evenly: ${shares.join('/')}`, 'safe'], ops)];
  },
};

/** A weight below 0. */
export const negativeWeight: Family = {
  codes: ['V-VS-143'],
  propose: (place) => {
    const positive = typeof place.value === 'number' ? -place.value : 0;
    return [
      setting(place, ['zeroWeight', 'Set the weight to 0'], place.path, 0),
      ...(positive > 0
        ? [setting(place, ['positiveWeight', `Set the weight to ${positive}`], place.path, positive)]
        : []),
    ];
  },
};

/** A weight beside nothing to share with. */
export const lonelyWeight: Family = {
  codes: ['KIA1104'],
  propose: (place) => {
    const path = place.path.at(-1) === 'weight' ? place.path : [...place.path, 'weight'];
    if (valueAt(place.object, path) === undefined) return [];
    return [removing(place, ['removeWeight', 'Remove the weight: all requests go there anyway', 'safe'], path)];
  },
};

/** The destination of an item of `route` and everything else about it but its weight, as a text; its host as the mesh knows it. */
function besidesWeight(item: Json | undefined, namespace: string): string {
  if (!isMap(item)) return '';
  const { weight: _weight, destination, ...rest } = item;
  const host = resolveHost(String(valueAt(destination, ['host']) ?? ''), namespace);
  const target = isMap(destination) ? { ...destination, host } : destination;
  return JSON.stringify(sorted({ ...rest, ...(target === undefined ? {} : { destination: target }) }));
}

/** A value with the keys of its maps in order. */
function sorted(value: Json): Json {
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key] ?? null)]),
  );
}

/** One destination twice in a route. */
export const destinationTwice: Family = {
  codes: ['KIA1105'],
  propose: (place) => {
    const at = place.path.indexOf('route');
    const index = place.path[at + 1];
    if (at < 0 || typeof index !== 'number') return [];
    const path = place.path.slice(0, at + 1);
    const route = listAt(place.object, path);
    const own = besidesWeight(route[index], place.resource.namespace);
    const first = route.findIndex((item) => besidesWeight(item, place.resource.namespace) === own);
    const later = route.findLastIndex((item) => besidesWeight(item, place.resource.namespace) === own);
    if (first === later) return [];
    const weights = [first, later].map((each) => Number(valueAt(route[each], ['weight']) ?? 0));
    const sum = weights.reduce((a, b) => a + b, 0);
    // A destination that is left alone needs no weight.
    const ops: YamlOp[] = [
      { kind: 'set', path: [...path, first, 'weight'], value: sum },
      { kind: 'remove', path: [...path, later] },
    ];
    if (route.length === 2) ops[0] = { kind: 'remove', path: [...path, first, 'weight'] };
    if (route.length === 2 && valueAt(route[first], ['weight']) === undefined) ops.shift();
    return [edit(place, ['mergeDestinations', 'Make one destination of both, with the sum of their weights'], ops)];
  },
};
