import { ok, refuse, type Result } from '../../../../core/base/result.ts';
import type { Json } from '../../../../core/yaml/types.ts';
import type { FieldView } from '../../../state/index.ts';

type Kind = FieldView['type'];
const DURATION = /^[-+]?(\d+([.]\d+)?(h|m|s|ms|us|µs|ns))+$/;

/** What the text of a box means for a field of this type: the value to write, or what is wrong with it. Nothing is corrected. */
export function readValue(text: string, type: Kind): Result<Json> {
  switch (type) {
    case 'number': {
      const value = Number(text);
      return text.trim() !== '' && Number.isFinite(value)
        ? ok(value)
        : refuse('NOT_A_NUMBER', `“${text}” is not a number.`);
    }
    case 'boolean':
      return text === 'true' || text === 'false'
        ? ok(text === 'true')
        : refuse('NOT_A_BOOLEAN', 'Write true or false.');
    case 'duration':
      return DURATION.test(text)
        ? ok(text)
        : refuse('NOT_A_DURATION', `“${text}” is not a duration. Write 5s, 1m30s or 250ms.`);
    default:
      return ok(text);
  }
}

/** The text of a value in a box: strings as they are, everything else as JSON. */
export function valueText(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What is wrong with the value that the text holds now, by its type: shown, never changed. */
export function wrongValue(field: FieldView): string | undefined {
  const { value, type } = field;
  if (!field.set || value === undefined) return undefined;
  if (value === null) return 'Nothing is written here: the key has no value.';
  const is = Array.isArray(value) ? 'list' : typeof value === 'object' ? 'map' : typeof value;
  switch (type) {
    case 'number':
    case 'boolean':
      return is === type ? undefined : `This must be a ${type}, and it is the ${is} ${valueText(value)}.`;
    case 'duration':
      return is === 'string' && DURATION.test(valueText(value))
        ? undefined
        : `“${valueText(value)}” is not a duration. Write 5s, 1m30s or 250ms.`;
    case 'enum':
      return field.options?.includes(valueText(value)) === false
        ? `${valueText(value)} is not one of its values.`
        : undefined;
    case 'list':
      return is === 'list' ? undefined : `This must be a list, and it is a ${is}.`;
    case 'map':
    case 'message':
      return is === 'map' ? undefined : `This must be a map, and it is a ${is}.`;
    default:
      return is === 'list' || is === 'map' ? `This must be a string, and it is a ${is}.` : undefined;
  }
}

/** A message or list in a few words, for a group that is closed: `attempts 3, perTryTimeout 2s`, `2 items`. */
export function briefly(field: FieldView): string {
  if (!field.set) return '';
  const { value } = field;
  if (Array.isArray(value)) {
    const flat = value.every((item) => typeof item !== 'object');
    if (flat && value.length > 0) return value.map((item) => valueText(item)).join(', ');
    return `${String(value.length)} ${value.length === 1 ? 'item' : 'items'}`;
  }
  if (typeof value !== 'object' || value === null) return valueText(value);
  const parts = Object.entries(value).map(([key, item]) =>
    item === null || typeof item !== 'object' ? `${key} ${valueText(item)}` : key,
  );
  return parts.join(', ');
}
