import type { FieldSchema, FieldType, TypeText } from './types.ts';

/** A field of the table: type, help, what holds when it is absent, and marks (`oneOf`, `required`, `deprecated`). */
export function field(
  type: TypeText,
  help: string,
  hint?: string,
  marks: Omit<FieldSchema, 'type' | 'help' | 'hint'> = {},
): FieldSchema {
  return hint === undefined ? { type, help, ...marks } : { type, help, hint, ...marks };
}

const INTS: Readonly<Record<string, readonly [number, number]>> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint32: [0, 2 ** 32 - 1],
  int64: [-(2 ** 63), 2 ** 63],
  uint64: [0, 2 ** 64],
};
const PLAIN = ['string', 'bool', 'bytes', 'double', 'duration', 'intOrString', 'any'] as const;
const known = new Map<TypeText, FieldType>();

function parse(text: TypeText): FieldType {
  if (text.endsWith('[]')) return { kind: 'list', of: typeOf(text.slice(0, -2)) };
  if (text.startsWith('map<')) return { kind: 'map', of: typeOf(text.slice(4, -1)) };
  if (text.startsWith('enum(')) return { kind: 'enum', values: text.slice(5, -1).split('|') };
  const int = INTS[text];
  if (int !== undefined) return { kind: 'int', min: int[0], max: int[1] };
  const plain = PLAIN.find((name) => name === text);
  return plain === undefined ? { kind: 'message', message: text } : { kind: plain };
}

/** The type that a type text of the table stands for; the same text gives the same object. */
export function typeOf(text: TypeText): FieldType {
  let type = known.get(text);
  if (type === undefined) {
    type = parse(text);
    known.set(text, type);
  }
  return type;
}
