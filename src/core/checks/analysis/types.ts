import type { AnyResource } from '../../istio/index.ts';
import type { YamlPath } from '../../yaml/types.ts';

/** An object as `istioctl analyze` sees it: its namespace as written, or the one that was chosen for those that write none. */
export interface Entry {
  readonly resource: AnyResource;
  readonly namespace: string;
  readonly name: string;
  /** `namespace/name`, or the name alone where there is no namespace. */
  readonly fullName: string;
}

/** Everything that the analyzers look at: the documents, and the ingress gateway that istioctl adds. */
export interface World {
  /** In the order of the documents; of two with one name the last one counts. The same objects give the same list. */
  readonly of: (kind: string) => readonly Entry[];
  readonly find: (kind: string, fullName: string) => Entry | undefined;
  /** The documents are the whole mesh. */
  readonly complete: boolean;
  /**
   * Whether the documents can tell that a host is not there. Of a namespace of which they declare no Service they know nothing, unless
   * they are the whole mesh.
   */
  readonly knowsHostsOf: (namespace: string) => boolean;
}

/** A message of istioctl. The text names what Istio's own names, so equal texts on one line are said once here as there. */
export interface Finding {
  readonly code: string;
  readonly entry: Entry;
  /** The narrowest place, from the object's root. */
  readonly path: YamlPath;
  /** Where istioctl looks for the line; absent where it takes the object's first one. */
  readonly linePath?: YamlPath | undefined;
  readonly message: string;
  readonly remedy?: string;
}

export type Say = (finding: Finding) => void;

/** One analyzer of Istio. */
export interface Analyzer {
  /** As Istio calls it. */
  readonly name: string;
  /** The kinds of objects that it looks at: while they are the same, so are its messages. */
  readonly reads: readonly string[];
  /** It judges references to objects of these kinds (`A|B`: of either), so without some of each among the documents it would cry wolf. */
  readonly needs: readonly string[];
  /** `now` as `YYYYMMDDhhmmssZ`, for who looks at the clock. */
  readonly analyze: (world: World, say: Say, now: string | undefined) => void;
}
