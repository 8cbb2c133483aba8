import type { TrafficWindow } from '../../core/simulation/types.ts';
import type { Projection } from '../../core/workspace/types.ts';

/** The traffic of the workspace as it stands. A run lasts until the configuration changes or traffic begins anew. */
export interface TrafficSource {
  /** Takes in the workspace; gives the run's number, which is a new one where the change matters for traffic. */
  readonly follow: (projection: Projection) => number;
  /** Begins anew, with another seed if one is given. */
  readonly restart: (seed: number | undefined) => void;
  /** What departs in a stretch of event time; `undefined` for a run that is over. */
  readonly window: (run: number, fromUs: number, toUs: number) => TrafficWindow | undefined;
}
