import type { FileId, ResourceId, SlotId } from '../base/ids.ts';
import type { TextRange } from '../base/result.ts';
import type { JsonObject, YamlDocument, YamlPath } from '../yaml/types.ts';

/** A place in the workspace's text that survives edits: a document and a path in it. */
export interface SourceRef {
  readonly file: FileId;
  readonly slot: SlotId;
  readonly path: YamlPath;
}

/** A value that does not have the type that its field has: the typed view leaves it out, as the API server would refuse it. */
export interface ShapeProblem {
  readonly path: YamlPath;
  readonly message: string;
  readonly range: TextRange;
}

/**
 * A Kubernetes object that a document (or an item of a `List`) declares. `spec` is the typed view: values of the wrong type are left
 * out and listed in `shape`, so who reads it need not look twice. `value` is the whole object as it stands. The same document text at
 * the same slot gives the same object.
 */
export interface Resource<Kind extends string = string, Spec = JsonObject> {
  readonly kind: Kind;
  readonly apiVersion: string;
  /** `networking.istio.io`, `''` for core kinds. */
  readonly group: string;
  /** `default` where the object names none and its kind has one; `''` for kinds without. */
  readonly namespace: string;
  readonly name: string;
  readonly id: ResourceId;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: Spec;
  readonly value: JsonObject;
  readonly shape: readonly ShapeProblem[];
  /** `path` is where the object begins: `[]`, or `['items', 2]` in a List. */
  readonly source: SourceRef;
  readonly document: YamlDocument;
  /** The document has errors: this is the resource of its last good text, and edits on it are refused. */
  readonly stale: boolean;
}
