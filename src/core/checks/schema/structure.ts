import type { Json, JsonArray, JsonObject, YamlPath } from '../../yaml/types.ts';
import { schemaOf } from './crds.ts';
import { brokenRules } from './rules.ts';
import type { CrdNode, CrdSchema, SchemaProblem } from './types.ts';

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isArray = (value: Json): value is JsonArray => Array.isArray(value);

function typeName(value: Json): string {
  if (value === null) return 'null';
  if (isArray(value)) return 'array';
  return typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value;
}

function hasType(value: Json, type: CrdSchema['type']): boolean {
  const name = typeName(value);
  return name === type || (type === 'number' && name === 'integer');
}

function sizes(value: Json, schema: CrdSchema, path: YamlPath): SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  const check = (found: number, least: number | undefined, most: number | undefined, what: string): void => {
    if (least !== undefined && found < least)
      problems.push({ code: 'SCHEMA-SIZE', path, message: `has ${found} ${what}; at least ${least} are needed` });
    if (most !== undefined && found > most)
      problems.push({ code: 'SCHEMA-SIZE', path, message: `has ${found} ${what}; at most ${most} are allowed` });
  };
  if (typeof value === 'string') check([...value].length, schema.minLength, schema.maxLength, 'characters');
  else if (isArray(value)) check(value.length, schema.minItems, schema.maxItems, 'items');
  else if (isObject(value)) check(Object.keys(value).length, undefined, schema.maxProperties, 'entries');
  return problems;
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function scalar(value: Json, schema: CrdSchema, path: YamlPath): SchemaProblem[] {
  const problems = sizes(value, schema, path);
  if (schema.enum && !schema.enum.includes(value)) {
    problems.push({
      code: 'SCHEMA-ENUM',
      path,
      message: `is ${JSON.stringify(value)}; it can be ${schema.enum.map(String).join(', ')}`,
    });
  }
  if (schema.format === 'byte' && typeof value === 'string' && !BASE64.test(value))
    problems.push({
      code: 'SCHEMA-TYPE',
      path,
      message: `is ${JSON.stringify(value)}, which is not written in base64`,
    });
  if (schema.format === 'int32' && typeof value === 'number' && Math.trunc(value) !== (Math.trunc(value) | 0))
    problems.push({ code: 'SCHEMA-RANGE', path, message: `is ${value}, which is too large: 32 bits are kept for it` });
  if (
    typeof value === 'number' &&
    ((schema.minimum !== undefined && value < schema.minimum) ||
      (schema.maximum !== undefined && value > schema.maximum))
  ) {
    problems.push({
      code: 'SCHEMA-RANGE',
      path,
      message: `is ${value}; it goes from ${schema.minimum ?? 'any'} to ${schema.maximum ?? 'any'}`,
    });
  }
  if (typeof value === 'string' && schema.pattern !== undefined && !new RegExp(schema.pattern).test(value)) {
    problems.push({
      code: 'SCHEMA-RANGE',
      path,
      message: `is ${JSON.stringify(value)}, which does not match ${schema.pattern}`,
    });
  }
  return problems;
}

/** Whether a value passes a schema of a `oneOf`, `anyOf` or `not`, where only the verdict counts. */
const passes = (value: Json, node: CrdNode): boolean => structureProblems(value, node, []).length === 0;

function choices(value: Json, schema: CrdSchema, path: YamlPath): SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  const refuse = (message: string): void => void problems.push({ code: 'SCHEMA-ONE-OF', path, message });
  if (schema.not && passes(value, schema.not)) refuse('has fields that exclude each other');
  if (schema.anyOf && !schema.anyOf.some((choice) => passes(value, choice)))
    refuse('has none of the forms that are allowed here');
  if (schema.oneOf && schema.oneOf.filter((choice) => passes(value, choice)).length !== 1) {
    const names = schema.oneOf.flatMap((choice) => schemaOf(choice).required ?? []);
    refuse(`may have only one of ${names.join(', ')}`);
  }
  for (const part of schema.allOf ?? []) problems.push(...structureProblems(value, part, path));
  return problems;
}

function objectProblems(value: JsonObject, schema: CrdSchema, path: YamlPath): SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  for (const name of schema.required ?? []) {
    if (!Object.hasOwn(value, name)) problems.push({ code: 'SCHEMA-REQUIRED', path, message: `needs ${name}` });
  }
  for (const [key, child] of Object.entries(value)) {
    const known = schema.properties && Object.hasOwn(schema.properties, key) ? schema.properties[key] : undefined;
    const node = known ?? (typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined);
    if (node) problems.push(...structureProblems(child, node, [...path, key]));
    else if (schema.type === 'object' && !schema.open && !schema.additionalProperties) {
      problems.push({ code: 'SCHEMA-UNKNOWN', path: [...path, key], message: `is not a field that Istio knows` });
    }
  }
  return problems;
}

function arrayProblems(value: JsonArray, schema: CrdSchema, path: YamlPath): SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  if (schema.items)
    for (const [index, item] of value.entries())
      problems.push(...structureProblems(item, schema.items, [...path, index]));
  if (schema.listKeys) {
    const keys = schema.listKeys;
    const seen = new Set<string>();
    for (const [index, item] of value.entries()) {
      const key = JSON.stringify(isObject(item) ? keys.map((name) => item[name] ?? null) : item);
      if (seen.has(key))
        problems.push({
          code: 'SCHEMA-DUPLICATE',
          path: [...path, index],
          message: `has the same ${keys.join(' and ')} as an item before it`,
        });
      seen.add(key);
    }
  }
  return problems;
}

/**
 * Why a value does not fit a CRD's schema: types, required and unknown fields, enums, ranges, sizes, one-ofs and CEL rules, all of them
 * with their paths. Source: Kubernetes' validation of custom resources with pruning told (`--validate=strict`); CEL runs only where the
 * structure below it is right, as in the API server.
 */
export function structureProblems(value: Json, node: CrdNode, path: YamlPath): SchemaProblem[] {
  const schema = schemaOf(node);
  if (value === null && schema.nullable) return [];
  if (schema.type && !schema.intOrString && !hasType(value, schema.type)) {
    return [{ code: 'SCHEMA-TYPE', path, message: `is ${typeName(value)}; it must be ${schema.type}` }];
  }
  if (schema.intOrString && !hasType(value, 'integer') && typeof value !== 'string') {
    return [{ code: 'SCHEMA-TYPE', path, message: `is ${typeName(value)}; it must be a whole number or a string` }];
  }
  const problems = [...scalar(value, schema, path), ...choices(value, schema, path)];
  if (isObject(value)) problems.push(...objectProblems(value, schema, path));
  else if (isArray(value)) problems.push(...arrayProblems(value, schema, path));
  if (problems.length === 0 && schema.rules) problems.push(...brokenRules(value, schema.rules, path));
  return problems;
}
