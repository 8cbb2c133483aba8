import type { ResourceId } from '../base/ids.ts';
import type { SourceRef } from '../istio/types.ts';
import type { NewPlace } from '../workspace/types.ts';
import type { Json } from '../yaml/types.ts';

/**
 * Everything that canvas, inspector and keyboard can do to the text, as data. One gesture, one undo step, the least text.
 * `rule` is the place of an item of `http`, `tls` or `tcp`; `destination` of an item of its `route`.
 */
export type Gesture =
  /** New weights for the destinations of a rule, in order. Writes only the digits that differ. */
  | { readonly kind: 'setWeights'; readonly rule: SourceRef; readonly weights: readonly number[] }
  | {
      readonly kind: 'addDestination';
      readonly rule: SourceRef;
      readonly host: string;
      readonly subset?: string;
      readonly weight?: number;
    }
  | { readonly kind: 'removeDestination'; readonly destination: SourceRef }
  /** Point a destination at another subset or host; without `index`, add one. */
  | {
      readonly kind: 'connect';
      readonly rule: SourceRef;
      readonly index?: number;
      readonly host: string;
      readonly subset?: string;
    }
  | { readonly kind: 'addRule'; readonly resource: ResourceId; readonly before?: number }
  | { readonly kind: 'moveRule'; readonly rule: SourceRef; readonly to: number }
  | { readonly kind: 'removeRule'; readonly rule: SourceRef }
  /** Renames the object and, where the name is unique, those who refer to it by name. */
  | { readonly kind: 'renameResource'; readonly resource: ResourceId; readonly name: string }
  | { readonly kind: 'deleteResource'; readonly resource: ResourceId }
  | { readonly kind: 'duplicateResource'; readonly resource: ResourceId }
  | {
      readonly kind: 'addResource';
      readonly resourceKind: 'Gateway' | 'VirtualService' | 'DestinationRule' | 'ServiceEntry';
      readonly name?: string;
      readonly namespace?: string;
      readonly host?: string;
      /** Where its node comes to stand. Absent: beside its neighbours. */
      readonly at?: NewPlace;
    }
  | { readonly kind: 'addSubset'; readonly host: string; readonly name: string }
  /** Adds a request with the outcome that is expected to the `tests` of the first Scenario document; makes one where there is none. */
  | {
      readonly kind: 'keepRequest';
      readonly method: string;
      readonly url: string;
      readonly from: string;
      readonly headers: readonly (readonly [name: string, value: string])[];
      readonly expect: { readonly status?: number; readonly cluster?: string };
    }
  | { readonly kind: 'setField'; readonly at: SourceRef; readonly value: Json }
  | { readonly kind: 'removeField'; readonly at: SourceRef };

/** The gesture of one kind. */
export type GestureOf<Kind extends Gesture['kind']> = Extract<Gesture, { readonly kind: Kind }>;
