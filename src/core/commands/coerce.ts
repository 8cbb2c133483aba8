import { ok, refuse } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { FieldType } from '../istio/index.ts';
import { readDocument } from '../yaml/index.ts';
import type { Json } from '../yaml/types.ts';
import { isList, isMap } from '../yaml/model.ts';

/**
 * A value in the type that its field has: texts of numbers become numbers where the schema says number, numbers become texts where it
 * says text. Refuses what can't be one: the API server would refuse it too. `undefined` as type: anything goes.
 */
export function coerce(type: FieldType | undefined, value: Json): Result<Json> {
  switch (type?.kind) {
    case 'string':
    case 'bytes':
    case 'duration':
      return isScalar(value) ? ok(String(value)) : wrong('a text');
    case 'enum': {
      const text = String(value);
      if (isScalar(value) && type.values.includes(text)) return ok(text);
      return wrong(`one of ${type.values.join(', ')}`);
    }
    case 'bool':
      if (typeof value === 'boolean') return ok(value);
      return value === 'true' || value === 'false' ? ok(value === 'true') : wrong('true or false');
    case 'double': {
      const number = numberOf(value);
      return number === undefined ? wrong('a number') : ok(number);
    }
    case 'int': {
      const number = numberOf(value);
      if (number === undefined) return wrong('a number');
      if (!Number.isInteger(number)) return wrong('a whole number');
      return number < type.min || number > type.max ? wrong(`a number from ${type.min} to ${type.max}`) : ok(number);
    }
    case 'intOrString': {
      const number = numberOf(value);
      return number !== undefined ? ok(number) : isScalar(value) ? ok(String(value)) : wrong('a number or a text');
    }
    case 'list':
      return isList(value) ? ok(value) : wrong('a list, such as [a, b]');
    case 'map':
    case 'message':
      return isMap(value) ? ok(value) : wrong('a map, such as {key: value}');
    default:
      return ok(value);
  }
}

/**
 * What a text means in a field: the text itself where the schema says text, a number or a truth where it says so, YAML elsewhere.
 * Refuses YAML that can't be read, and values of another type.
 */
export function parseValue(type: FieldType | undefined, text: string): Result<Json> {
  if (type !== undefined && !['list', 'map', 'message', 'any'].includes(type.kind)) return coerce(type, text);
  const document = readDocument(text);
  const error = document.problems.find((problem) => problem.severity === 'error');
  if (document.broken || error !== undefined) {
    return refuse('BAD_YAML', `The value can’t be read as YAML: ${error?.message ?? 'it is broken.'}`);
  }
  return coerce(type, document.value ?? null);
}

function wrong(wanted: string): Result<never> {
  return refuse('WRONG_TYPE', `This field takes ${wanted}.`);
}

function numberOf(value: Json): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^[-+]?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(value.trim())) return undefined;
  return Number(value);
}

const isScalar = (value: Json): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
