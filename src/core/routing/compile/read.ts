import { durationMs } from '../../istio/duration.ts';
import type { Json, JsonObject } from '../../yaml/types.ts';

/**
 * Reading of JSON values as Go's protobuf reads them: what is absent or of another type is the zero value. The typed view of a
 * resource leaves wrong values out already; these helpers make sure that nothing else can surprise the compiler.
 */
export const NOTHING: JsonObject = {};

/** The object at `key`; `undefined` where none is. */
export function objectAt(from: JsonObject | undefined, key: string): JsonObject | undefined {
  const value = from?.[key];
  return isObject(value) ? value : undefined;
}

/** True for a JSON object (not null, not a list). */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The string at `key`; `''` where none is. */
export function stringAt(from: JsonObject | undefined, key: string): string {
  const value = from?.[key];
  return typeof value === 'string' ? value : '';
}

/** The number at `key` (a numeric string counts, as in protobuf's JSON); `undefined` where none is. */
export function numberAt(from: JsonObject | undefined, key: string): number | undefined {
  const value = from?.[key];
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  return undefined;
}

/** True where `key` holds `true`. */
export function flagAt(from: JsonObject | undefined, key: string): boolean {
  return from?.[key] === true;
}

/** The objects of the list at `key`, with their places in it. */
export function objectsAt(from: JsonObject | undefined, key: string): readonly JsonObject[] {
  const value = from?.[key];
  return Array.isArray(value) ? value.map((item: Json) => (isObject(item) ? item : NOTHING)) : [];
}

/** The strings of the list at `key`. */
export function stringsAt(from: JsonObject | undefined, key: string): readonly string[] {
  const value = from?.[key];
  return Array.isArray(value) ? value.filter((item: Json): item is string => typeof item === 'string') : [];
}

/** The object at `key` as a map of strings. */
export function stringMapAt(from: JsonObject | undefined, key: string): Readonly<Record<string, string>> {
  const value = objectAt(from, key);
  const out: Record<string, string> = {};
  for (const [name, item] of Object.entries(value ?? NOTHING)) if (typeof item === 'string') out[name] = item;
  return out;
}

/** Milliseconds of the duration at `key`; `undefined` where none is. */
export function durationAt(from: JsonObject | undefined, key: string): number | undefined {
  const value = stringAt(from, key);
  return value === '' ? undefined : durationMs(value);
}

/** True when every label of `selector` is among `labels`. */
export function labelsFit(
  selector: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
): boolean {
  for (const key in selector) if (labels[key] !== selector[key]) return false;
  return true;
}

/** The name of the enum value at `key`, which may be written as its number. The first name is the default. */
export function enumAt(from: JsonObject | undefined, key: string, names: readonly string[]): string {
  const value = from?.[key];
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return names[value] ?? String(value);
  return names[0] ?? '';
}
