import type { Json, JsonArray, JsonObject, YamlPath } from '../../yaml/types.ts';
import { valueAt } from '../../yaml/index.ts';
import type { Entry } from './types.ts';

/* Objects of kinds that the schema table does not have, as they stand. */

export const isMap = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a path of an object, `undefined` where there is none or null. */
export function rawAt(entry: Entry, ...path: YamlPath): Json | undefined {
  return valueAt(entry.resource.value, path) ?? undefined;
}

/** A map of texts at a path; other values are left out. */
export function textsAt(entry: Entry, ...path: YamlPath): Readonly<Record<string, string>> {
  const value = rawAt(entry, ...path);
  const entries = isMap(value) ? Object.entries(value) : [];
  return Object.fromEntries(entries.flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])));
}

export const asList = (value: Json | undefined): JsonArray => (Array.isArray(value) ? value : []);
export const asMap = (value: Json | undefined): JsonObject => (isMap(value) ? value : {});
export const asText = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** The texts of a list. */
export const asTexts = (value: Json | undefined): readonly string[] =>
  asList(value).filter((item) => typeof item === 'string');
