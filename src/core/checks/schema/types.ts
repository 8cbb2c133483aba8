import type { Json, YamlPath } from '../../yaml/types.ts';

/** A part of a CRD's schema, as `crds.json` has it. A reference names one of its shared `parts`. */
export interface CrdSchema {
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  readonly properties?: Readonly<Record<string, CrdNode>>;
  readonly additionalProperties?: CrdNode | boolean;
  readonly items?: CrdNode;
  readonly required?: readonly string[];
  readonly enum?: readonly Json[];
  readonly nullable?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxProperties?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly intOrString?: boolean;
  readonly open?: boolean;
  readonly listKeys?: readonly string[];
  readonly oneOf?: readonly CrdNode[];
  readonly anyOf?: readonly CrdNode[];
  readonly allOf?: readonly CrdNode[];
  readonly not?: CrdNode;
  /** CEL: expression and message. */
  readonly rules?: readonly (readonly [string, string])[];
}
export interface CrdReference {
  readonly $: string;
}
export type CrdNode = CrdSchema | CrdReference;

/** Why the API server refuses a value. `path` starts at the object's root. */
export interface SchemaProblem {
  readonly code:
    | 'SCHEMA-TYPE'
    | 'SCHEMA-REQUIRED'
    | 'SCHEMA-ENUM'
    | 'SCHEMA-RANGE'
    | 'SCHEMA-SIZE'
    | 'SCHEMA-ONE-OF'
    | 'SCHEMA-UNKNOWN'
    | 'SCHEMA-DUPLICATE'
    | 'SCHEMA-RULE';
  readonly path: YamlPath;
  readonly message: string;
}
