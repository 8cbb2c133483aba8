import type { Json, JsonObject, YamlPath } from '../yaml/types.ts';
import { durationMs } from './duration.ts';
import { fieldOf, messageSchema, typeOf } from './schema/index.ts';
import type { FieldType, MessageSchema } from './schema/index.ts';

/** A value of the wrong type, before its range is known. */
export interface Misfit {
  readonly path: YamlPath;
  readonly message: string;
}

interface Reading {
  /** Istio's JSON reader: numbers in quotes, enum numbers and snake_case names are taken. */
  readonly protojson: boolean;
  readonly misfits: Misfit[];
}

const isMap = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const SAID: Readonly<Record<FieldType['kind'], string>> = {
  string: 'a text',
  bool: 'true or false',
  bytes: 'a text in base64',
  double: 'a number',
  duration: 'a duration such as 5s or 100ms',
  intOrString: 'a number or a text',
  any: 'a value',
  int: 'a whole number',
  enum: 'one of its names',
  message: 'a map',
  list: 'a list',
  map: 'a map',
};

function expected(type: FieldType): string {
  if (type.kind === 'enum') return `one of ${type.values.join(', ')}`;
  if (type.kind === 'int' && type.min === 0) return 'a whole number from 0 on';
  return SAID[type.kind];
}

function found(value: Json): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

/** What stands in a list for an item that is null or of the wrong type, so that the others keep their places. */
function emptyOf(type: FieldType): Json {
  switch (type.kind) {
    case 'message':
    case 'map':
      return {};
    case 'list':
      return [];
    case 'int':
    case 'double':
      return 0;
    case 'bool':
      return false;
    default:
      return '';
  }
}

function readNumber(value: Json, type: FieldType, reading: Reading): number | undefined {
  const number =
    typeof value === 'string' && reading.protojson && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value)
      ? Number(value)
      : value;
  if (typeof number !== 'number') return undefined;
  if (type.kind === 'int' && (!Number.isInteger(number) || number < type.min || number > type.max)) return undefined;
  return number;
}

/** The name of an enum's value. Istio takes numbers too, and those that mean nothing stand here as they are. */
function readEnum(value: Json, values: readonly string[], reading: Reading): string | undefined {
  if (typeof value === 'number' && reading.protojson)
    return value === (value | 0) ? (values[value] ?? String(value)) : undefined;
  return typeof value === 'string' && values.includes(value) ? value : undefined;
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function readBytes(value: Json, { protojson }: Reading): string | undefined {
  if (typeof value !== 'string') return undefined;
  // Go's base64 reads over line ends.
  return !protojson || BASE64.test(value.replace(/[\r\n]/g, '')) ? value : undefined;
}

function readScalar(value: Json, type: FieldType, reading: Reading): Json | undefined {
  switch (type.kind) {
    case 'string':
      return typeof value === 'string' ? value : undefined;
    case 'bytes':
      return readBytes(value, reading);
    case 'bool':
      return typeof value === 'boolean' ? value : undefined;
    case 'duration':
      return typeof value === 'string' && durationMs(value) !== undefined ? value : undefined;
    case 'intOrString':
      return typeof value === 'string' || typeof value === 'number' ? value : undefined;
    case 'enum':
      return readEnum(value, type.values, reading);
    case 'int':
    case 'double':
      return readNumber(value, type, reading);
    default:
      return value;
  }
}

function readList(value: readonly Json[], of: FieldType, path: YamlPath, reading: Reading): Json {
  let same = true;
  const items = value.map((item, index) => {
    const read = item === null ? undefined : readValue(item, of, [...path, index], reading);
    const kept = read === undefined ? emptyOf(of) : read;
    if (kept !== item) same = false;
    return kept;
  });
  return same ? value : items;
}

function readMap(value: JsonObject, of: FieldType, path: YamlPath, reading: Reading): Json {
  let same = true;
  const entries: [string, Json][] = [];
  for (const [key, item] of Object.entries(value)) {
    const read = item === null ? emptyOf(of) : readValue(item, of, [...path, key], reading);
    if (read !== item) same = false;
    if (read !== undefined) entries.push([key, read]);
  }
  return same ? value : Object.fromEntries(entries);
}

function readMessage(value: JsonObject, message: MessageSchema, path: YamlPath, reading: Reading): JsonObject {
  let same = true;
  const entries: [string, Json][] = [];
  const chosen = new Map<string, string>();
  for (const [key, item] of Object.entries(value)) {
    const known = reading.protojson || Object.hasOwn(message.fields, key) ? fieldOf(message, key) : undefined;
    if (known === undefined) {
      entries.push([key, item]);
      continue;
    }
    const read = item === null ? undefined : readValue(item, typeOf(known.field.type), [...path, key], reading);
    if (read !== item || known.name !== key) same = false;
    if (read === undefined) continue;
    const { oneOf } = known.field;
    const other = oneOf === undefined ? undefined : chosen.get(oneOf);
    if (oneOf !== undefined && other === undefined) chosen.set(oneOf, known.name);
    if (other !== undefined && oneOf !== undefined) {
      same = false;
      // Istio's reader goes through the fields as they are declared, so the last of these counts. The CRDs refuse two.
      const order = Object.keys(message.fields);
      const later = order.indexOf(other) > order.indexOf(known.name) ? other : known.name;
      chosen.set(oneOf, later);
      const place = entries.findIndex(([name]) => name === other);
      if (later === other) continue;
      if (place >= 0) entries.splice(place, 1);
    }
    entries.push([known.name, read]);
  }
  return same ? value : Object.fromEntries(entries);
}

function readValue(value: Json, type: FieldType, path: YamlPath, reading: Reading): Json | undefined {
  if (type.kind === 'list' && Array.isArray(value)) return readList(value, type.of, path, reading);
  if (type.kind === 'map' && isMap(value)) return readMap(value, type.of, path, reading);
  const message = type.kind === 'message' ? messageSchema(type.message) : undefined;
  if (message !== undefined && isMap(value)) return readMessage(value, message, path, reading);
  const read = ['list', 'map', 'message'].includes(type.kind) ? undefined : readScalar(value, type, reading);
  if (read === undefined) {
    reading.misfits.push({
      path,
      message: `\`${String(path.at(-1))}\` must be ${expected(type)}, and is ${found(value)}.`,
    });
  }
  return read;
}

/**
 * Reads a message of the schema table from JSON: known fields under their camelCase names, unknown ones as they stand. Values of the
 * wrong type are left out (items of lists are emptied instead, as null ones are by Istio) and listed with their path under `path`.
 * Gives the same object back when nothing had to be changed. Source: golang/protobuf jsonpb, `unmarshalValue`.
 */
export function typedView(
  value: Json | undefined,
  message: string,
  path: YamlPath,
  protojson: boolean,
): { readonly spec: JsonObject; readonly misfits: readonly Misfit[] } {
  if (value === undefined || value === null) return { spec: {}, misfits: [] };
  const reading: Reading = { protojson, misfits: [] };
  const read = readValue(value, { kind: 'message', message }, path, reading);
  return { spec: read !== undefined && isMap(read) ? read : {}, misfits: reading.misfits };
}
