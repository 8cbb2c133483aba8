/**
 * A field's type, written as the proto has it: `string`, `bool`, `bytes`, `int32`, `uint32`, `uint64`, `double`, `duration`,
 * `intOrString`, `any`, `enum(A|B)`, a message's name (`HTTPRoute`), a list (`HTTPRoute[]`) or a map from strings (`map<string>`).
 */
export type TypeText = string;

/** A type taken apart. `message` names an entry of the message table. */
export type FieldType =
  | { readonly kind: 'string' | 'bool' | 'bytes' | 'double' | 'duration' | 'intOrString' | 'any' }
  | { readonly kind: 'int'; readonly min: number; readonly max: number }
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | { readonly kind: 'message'; readonly message: string }
  | { readonly kind: 'list'; readonly of: FieldType }
  | { readonly kind: 'map'; readonly of: FieldType };

/** A field as a form, a hover or a completion shows it. */
export interface FieldSchema {
  readonly type: TypeText;
  /** One sentence, in our words. */
  readonly help: string;
  /** What holds when the field is absent, as a placeholder of an empty input. */
  readonly hint?: string;
  /** At most one field of a group may be set. */
  readonly oneOf?: string;
  readonly required?: boolean;
  readonly deprecated?: boolean;
}

export interface MessageSchema {
  readonly help: string;
  readonly fields: Readonly<Record<string, FieldSchema>>;
}

export type MessageTable = Readonly<Record<string, MessageSchema>>;

/** A kind that the table knows: where its object begins, which page documents it, and how forgiving its reader is. */
export interface KindSchema {
  readonly kind: string;
  readonly group: string;
  readonly versions: readonly string[];
  /** The message of `spec`; absent for kinds whose spec the table does not know. */
  readonly spec?: string;
  readonly namespaced: boolean;
  readonly help: string;
  /** Of the reference page, for example `https://istio.io/latest/docs/reference/config/networking/gateway/`. */
  readonly page?: string;
  /** Read by Istio's JSON reader, which takes snake_case names, numbers in quotes and enum numbers. */
  readonly protojson: boolean;
}
