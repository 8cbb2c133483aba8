import { coerce } from '../../commands/coerce.ts';
import { fieldTypeAt } from '../../istio/index.ts';
import type { FieldType } from '../../istio/index.ts';
import { isList, isMap } from '../../yaml/model.ts';
import type { Json } from '../../yaml/types.ts';
import { removing, setting } from '../edit.ts';
import type { Family } from '../types.ts';

const TRUTH: Readonly<Record<string, boolean>> = {
  yes: true,
  on: true,
  y: true,
  true: true,
  '1': true,
  no: false,
  off: false,
  n: false,
  false: false,
  '0': false,
};

/** The value in the type that the field has, where its text leaves no doubt. */
function inType(type: FieldType, value: Json): Json | undefined {
  if (type.kind === 'list' && !isList(value) && value !== null) {
    const parts =
      typeof value === 'string' && value.includes(',') ? value.split(',').map((part) => part.trim()) : [value];
    const items = parts.map((part) => inType(type.of, part));
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  if (isList(value) && type.kind !== 'list') return value.length === 1 ? inType(type, value[0] ?? null) : undefined;
  if (type.kind === 'bool') return typeof value === 'boolean' ? value : TRUTH[String(value).toLowerCase()];
  if (type.kind === 'int' && typeof value === 'string') {
    const digits = /^\s*(\d+)\s*(%|\/\w+)?\s*$/.exec(value)?.[1];
    return digits === undefined ? undefined : Number(digits);
  }
  if (type.kind === 'int' && typeof value === 'number' && !Number.isInteger(value)) return Math.round(value);
  if (type.kind === 'message' && typeof value === 'string') return undefined;
  const made = coerce(type, value);
  return made.kind === 'ok' ? made.value : undefined;
}

const shown = (value: Json): string => {
  const text = typeof value === 'string' ? `"${value}"` : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
};

/** Values of another type than their field's. */
export const wrongTypes: Family = {
  codes: ['SCHEMA-TYPE', 'V-DEC-004'],
  propose: (place) => {
    const type = fieldTypeAt(place.resource.group, place.resource.kind, place.path);
    const { value } = place;
    if (value === undefined) return [];
    const made = type === undefined || type.kind === 'duration' ? undefined : inType(type, value);
    const match = type?.kind === 'message' && type.message === 'StringMatch' && typeof value === 'string';
    const name = String(place.path.findLast((key) => typeof key === 'string'));
    return [
      ...(made === undefined || (isMap(made) && isMap(value))
        ? []
        : [setting(place, ['retype', `Write ${shown(made)}`, 'safe'], place.path, made)]),
      ...(match
        ? ['exact', 'prefix'].map((key) =>
            setting(place, [`match ${key}`, `Match ${key}: ${value}`], place.path, { [key]: value }),
          )
        : []),
      removing(
        place,
        ['removeField', typeof place.path.at(-1) === 'number' ? `Remove this item of ${name}` : `Remove ${name}`],
        place.path,
      ),
    ];
  },
};
