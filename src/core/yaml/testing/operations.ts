import fc from 'fast-check';
import { isList, isMap, valueAt } from '../model.ts';
import type { Json, YamlOp } from '../types.ts';
import { json, key, pathsOf } from './generators.ts';

/** What to do, without knowing to what: numbers choose a place among those that there are. */
export interface Intent {
  readonly kind: YamlOp['kind'];
  readonly where: number;
  readonly other: number;
  readonly key: string;
  readonly value: Json;
}
export const intent: fc.Arbitrary<Intent> = fc.record({
  kind: fc.constantFrom('set' as const, 'insert' as const, 'remove' as const, 'move' as const, 'rename' as const),
  where: fc.nat(),
  other: fc.nat(),
  key,
  value: json,
});

const at = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)];

/** An intent as an operation that makes sense for a value; nothing where there is no place for it. */
export function operation(value: Json, want: Intent): YamlOp | undefined {
  const paths = pathsOf(value);
  const lists = paths.filter((path) => isList(valueAt(value, path)));
  const maps = paths.filter((path) => isMap(valueAt(value, path)));
  const size = (path: readonly (string | number)[]): number => Object.keys(valueAt(value, path) ?? {}).length;
  switch (want.kind) {
    case 'set': {
      const path = at(paths, want.where) ?? [];
      const below = isMap(valueAt(value, path)) && want.other % 3 === 0 ? [...path, want.key] : path;
      return { kind: 'set', path: below, value: want.value };
    }
    case 'insert': {
      const path = at([...lists, ...maps], want.where);
      if (path === undefined) return undefined;
      const holder = valueAt(value, path) ?? null;
      if (isList(holder))
        return { kind: 'insert', path: [...path, want.other % (holder.length + 1)], value: want.value };
      if (!isMap(holder) || Object.hasOwn(holder, want.key)) return undefined;
      const before = want.other % 2 === 0 ? at(Object.keys(holder), want.other) : undefined;
      return { kind: 'insert', path: [...path, want.key], value: want.value, ...(before !== undefined && { before }) };
    }
    case 'remove': {
      const path = at(paths.slice(1), want.where);
      return path && { kind: 'remove', path };
    }
    case 'move': {
      const path = at(
        lists.filter((each) => size(each) > 0),
        want.where,
      );
      return path && { kind: 'move', path: [...path, want.other % size(path)], to: want.where % size(path) };
    }
    case 'rename': {
      const path = at(
        maps.filter((each) => size(each) > 0),
        want.where,
      );
      const holder = path && valueAt(value, path);
      const old = at(Object.keys(holder ?? {}), want.other);
      if (path === undefined || old === undefined || !isMap(holder) || Object.hasOwn(holder, want.key))
        return undefined;
      return { kind: 'rename', path: [...path, old], key: want.key };
    }
  }
}
