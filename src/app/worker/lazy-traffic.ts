import type { Traffic } from '../../core/workspace/traffic.ts';
import type { Projection } from '../../core/workspace/types.ts';

/** The part of the core's traffic that the page asks for. */
export interface TrafficSource {
  readonly follow: (projection: Projection) => number;
  readonly restart: (seed: number | undefined) => void;
  readonly windowInSteps: Traffic['windowInSteps'];
}

/**
 * Traffic whose engine (with its regular expressions: half of the worker's code) is loaded beside the first picture and not before it.
 * Until then it is run 0 and gives no windows; `ready` is called when it is there, and the next `follow` gives a run that does.
 */
export function lazyTraffic(load: () => Promise<Traffic>, ready: () => void): TrafficSource {
  let traffic: Traffic | undefined;
  let seed: number | undefined;
  void load().then((loaded) => {
    traffic = loaded;
    if (seed !== undefined) traffic.restart(seed);
    ready();
  });
  return {
    follow: (projection) => traffic?.follow(projection) ?? 0,
    restart: (next) => {
      seed = next ?? seed;
      traffic?.restart(next);
    },
    *windowInSteps(run, fromUs, toUs) {
      return traffic && (yield* traffic.windowInSteps(run, fromUs, toUs));
    },
  };
}
