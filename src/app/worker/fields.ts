import {
  fieldAt,
  messageSchema,
  typeOf,
  type FieldSchema,
  type FieldType,
  type KindSchema,
} from '../../core/istio/index.ts';
import type { SourceRef } from '../../core/istio/types.ts';
import type { Json, JsonObject } from '../../core/yaml/types.ts';
import type { FieldView } from './protocol.ts';

/** Deeper than any field of Istio's; a guard against values that a schema describes by itself. */
const DEEPEST = 12;
/** A form with more items than this in one list is not read by anybody: the text is the place for it. */
const MOST_ITEMS = 200;

const VIEW_TYPES = {
  string: 'string',
  bytes: 'string',
  intOrString: 'string',
  any: 'string',
  bool: 'boolean',
  int: 'number',
  double: 'number',
  duration: 'duration',
  enum: 'enum',
  message: 'message',
  list: 'list',
  map: 'map',
} as const satisfies Record<FieldType['kind'], FieldView['type']>;

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Words that are written in capitals. */
const ACRONYMS = /\b(cors|dns|grpc|http|https|ip|jwt|sni|tcp|tls|uri|url)\b/gi;

/** `trafficPolicy` as words: `Traffic policy`, `corsPolicy`: `CORS policy`. Keys that are no camel case stay as they are. */
function labelOf(key: string): string {
  if (!/^[a-z][A-Za-z0-9]*$/.test(key)) return key;
  const words = key.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  const label = words.charAt(0).toUpperCase() + words.slice(1);
  return label.replace(ACRONYMS, (word) => word.toUpperCase()).replace(/\bips\b/i, 'IPs');
}

interface Place {
  readonly key: string;
  readonly at: SourceRef;
  readonly type: FieldType;
  readonly schema: FieldSchema;
  readonly value: Json | undefined;
  readonly depth: number;
}

const inside = (at: SourceRef, key: string | number): SourceRef => ({ ...at, path: [...at.path, key] });

function childrenOf({ at, type, schema, value, depth }: Place): readonly FieldView[] | undefined {
  if (depth >= DEEPEST) return undefined;
  if (type.kind === 'list' && Array.isArray(value)) {
    const items: readonly Json[] = value;
    return items.slice(0, MOST_ITEMS).map((item, index) =>
      fieldView({
        key: String(index),
        at: inside(at, index),
        type: type.of,
        schema: { type: schema.type, help: schema.help },
        value: item,
        depth: depth + 1,
      }),
    );
  }
  if (type.kind === 'message' && isObject(value)) return messageFields(type.message, at, value, depth + 1);
  return undefined;
}

function fieldView(place: Place): FieldView {
  const { key, at, type, schema, value } = place;
  const children = childrenOf(place);
  return {
    key,
    label: labelOf(key),
    help: schema.help,
    type: VIEW_TYPES[type.kind],
    at,
    set: value !== undefined,
    ...(value === undefined ? {} : { value }),
    ...(schema.hint === undefined ? {} : { placeholder: schema.hint }),
    ...(type.kind === 'enum' ? { options: type.values } : {}),
    ...(type.kind === 'list' || type.kind === 'map' ? { of: VIEW_TYPES[type.of.kind] } : {}),
    ...(children ? { children } : {}),
  };
}

/** The fields of a message, set and unset, in the schema's order; then those that the value has and the schema does not. */
function messageFields(message: string, at: SourceRef, value: JsonObject, depth: number): readonly FieldView[] {
  const schema = messageSchema(message);
  const known = Object.entries(schema?.fields ?? {})
    .filter(([key, field]) => field.deprecated !== true || value[key] !== undefined)
    .map(([key, field]) =>
      fieldView({ key, at: inside(at, key), type: typeOf(field.type), schema: field, value: value[key], depth }),
    );
  const rest = Object.entries(value)
    .filter(([key]) => schema?.fields[key] === undefined)
    .map(([key, item]) => unknownField(key, inside(at, key), item));
  return [...known, ...rest];
}

function unknownField(key: string, at: SourceRef, value: Json): FieldView {
  const type = Array.isArray(value) ? 'list' : isObject(value) ? 'map' : typeof value;
  return {
    key,
    label: labelOf(key),
    help: 'A field that this version of Meshwright does not know. It is kept as it is.',
    type: type === 'number' || type === 'boolean' || type === 'list' || type === 'map' ? type : 'string',
    at,
    set: true,
    value,
  };
}

/**
 * The fields of what stands at `path` of an object (both from the object's root), for a form. For the object itself: name, namespace,
 * labels and everything in `spec`. A place that the schema does not know gives what is written there.
 */
export function fieldsAt(
  kind: KindSchema | undefined,
  source: SourceRef,
  path: SourceRef['path'],
  value: Json | undefined,
): readonly FieldView[] {
  if (!isObject(value)) return [];
  const at: SourceRef = { ...source, path: [...source.path, ...path] };
  if (path.length > 0) {
    const type = kind && fieldAt(kind, path)?.type;
    if (type?.kind === 'message') return messageFields(type.message, at, value, 0);
    return Object.entries(value).map(([key, item]) => unknownField(key, inside(at, key), item));
  }
  const meta = isObject(value['metadata']) ? value['metadata'] : {};
  const named = messageFields('k8s.ObjectMeta', inside(at, 'metadata'), meta, 0).filter(
    ({ key, set }) => set || key !== 'annotations',
  );
  const spec = isObject(value['spec']) ? value['spec'] : {};
  if (kind?.spec === undefined) return named;
  return [...named, ...messageFields(kind.spec, inside(at, 'spec'), spec, 0)];
}
