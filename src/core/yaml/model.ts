import type { Refused, Result } from '../base/result.ts';
import { ok, refuse } from '../base/result.ts';
import type { Json, JsonArray, JsonObject, YamlOp, YamlPath } from './types.ts';

// Array.isArray does not narrow readonly arrays.
export const isList = (value: Json | undefined): value is JsonArray => Array.isArray(value);
export const isMap = (value: Json | undefined): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** The value at a path, nothing where there is none. A number also finds a key of that text. */
export function valueAt(value: Json | undefined, path: YamlPath): Json | undefined {
  let at = value;
  for (const key of path) {
    if (isList(at)) at = typeof key === 'number' ? at[key] : undefined;
    else if (isMap(at)) at = Object.hasOwn(at, String(key)) ? at[String(key)] : undefined;
    else return undefined;
  }
  return at;
}

/** Whether two values are the same JSON; the order of keys does not count. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (isList(a)) return isList(b) && a.length === b.length && a.every((part, i) => sameJson(part, b[i]));
  if (!isMap(a) || !isMap(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
  );
}

/** A copy of a map with one key set, or left out for `undefined`. */
function withKey(map: JsonObject, key: string, value: Json | undefined, name = key): JsonObject {
  const entries = Object.entries(map).flatMap(([each, part]): [string, Json][] => {
    if (each !== key) return [[each, part]];
    return value === undefined ? [] : [[name, value]];
  });
  if (value !== undefined && !Object.hasOwn(map, key)) entries.push([name, value]);
  return Object.fromEntries(entries);
}

/** A value wrapped into the maps (or a first item) that a path names. Refuses an index that is not 0. */
export function wrap(path: YamlPath, value: Json): Result<Json> {
  let out = value;
  for (const key of path.toReversed()) {
    if (typeof key === 'string') out = Object.fromEntries([[key, out]]);
    else if (key === 0) out = [out];
    else return refuse('yaml/missing', `There is no list that has an item ${key}.`);
  }
  return ok(out);
}

const missing = (path: YamlPath): Refused => refuse('yaml/missing', `There is nothing at ${path.join('.')}.`);

/** Changes the value at a path by `change`, which gets what is there and gives what is to be there. */
function update(
  value: Json | undefined,
  path: YamlPath,
  change: (old: Json | undefined) => Result<Json>,
): Result<Json> {
  const [key, ...rest] = path;
  if (key === undefined) return change(value);
  if (isList(value) && typeof key === 'number') {
    const item = value[key];
    if (item === undefined && key !== value.length) return missing(path);
    const made = update(item, rest, change);
    return made.kind === 'ok' ? ok(value.toSpliced(key, 1, made.value)) : made;
  }
  if (isMap(value)) {
    const made = update(valueAt(value, [key]), rest, change);
    return made.kind === 'ok' ? ok(withKey(value, String(key), made.value)) : made;
  }
  if (value !== null && value !== undefined) {
    return refuse('yaml/not-a-map', `The value above ${String(key)} is neither a map nor a list that could hold it.`);
  }
  const made = update(undefined, rest, change);
  return made.kind === 'ok' ? wrap([key], made.value) : made;
}

function insert(holder: Json | undefined, key: string | number, value: Json): Result<Json> {
  if (typeof key === 'number') {
    if (holder === null || holder === undefined) return wrap([key], value);
    if (!isList(holder) || key < 0 || key > holder.length) return missing([key]);
    return ok(holder.toSpliced(key, 0, value));
  }
  if (holder === null || holder === undefined) return wrap([key], value);
  if (!isMap(holder)) return refuse('yaml/not-a-map', `A key ${key} can only be added to a map.`);
  if (Object.hasOwn(holder, key)) return refuse('yaml/key-exists', `There is a key ${key} already.`);
  return ok(withKey(holder, key, value));
}

/** What an operation means, on values: the yardstick for every edit of text. Refuses what makes no sense for the value. */
export function applyOp(value: Json | undefined, op: YamlOp): Result<Json> {
  const key = op.path.at(-1);
  if (op.kind === 'set') return update(value, op.path, () => ok(op.value));
  if (key === undefined) return refuse('yaml/root', 'The whole document can only be set.');
  return update(value, op.path.slice(0, -1), (holder) => {
    if (op.kind === 'insert') return insert(holder, key, op.value);
    const here = holder === undefined ? undefined : valueAt(holder, [key]);
    if (here === undefined) return missing(op.path);
    if (op.kind === 'remove') {
      if (isList(holder)) return ok(holder.toSpliced(Number(key), 1));
      return isMap(holder) ? ok(withKey(holder, String(key), undefined)) : missing(op.path);
    }
    if (op.kind === 'move') {
      if (!isList(holder)) return refuse('yaml/not-a-list', 'Only items of a list can be moved.');
      if (op.to < 0 || op.to >= holder.length) return missing([...op.path.slice(0, -1), op.to]);
      return ok(holder.toSpliced(Number(key), 1).toSpliced(op.to, 0, here));
    }
    if (!isMap(holder)) return refuse('yaml/not-a-map', 'Only keys of a map can be renamed.');
    if (op.key !== key && Object.hasOwn(holder, op.key))
      return refuse('yaml/key-exists', `There is a key ${op.key} already.`);
    return ok(withKey(holder, String(key), here, op.key));
  });
}
