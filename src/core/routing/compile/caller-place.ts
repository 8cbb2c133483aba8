import { keepEqual, keepLast } from '../../base/keep.ts';
import type { Proxy } from '../types.ts';
import type { CallerPlace } from './locality.ts';
import type { Labels } from './model.ts';
import { labelsFit, stringAt, stringMapAt } from './read.ts';
import type { Workloads } from './registry.ts';
import { localityOfCaller, localityOfLabels, splitLocality, withTopology } from './topology.ts';

/**
 * How a caller's place is known: its own labels, what its proxy tells, the pod that has its address, or all workloads that have its labels
 * and are in one place. `several`: they are in several, `unknown`: nothing says it.
 */
export type PlaceKnown = 'labels' | 'told' | 'pod' | 'workloads' | 'several' | 'unknown';

/** A caller's place, and how it is known. */
export interface KnownPlace extends CallerPlace {
  readonly known: PlaceKnown;
  /** Says the same as another place's where they are the same. */
  readonly text: string;
}

/** Localities of the workloads of a namespace that have all of some labels; none where no labels tell them from others. */
function localitiesWith(labels: Labels, namespace: string, { find, entries }: Workloads): ReadonlySet<string> {
  if (Object.keys(labels).length === 0) return new Set();
  const ofEntries = entries.flatMap((entry) => {
    const own = { ...stringMapAt(entry.spec, 'labels'), ...entry.labels };
    if (entry.namespace !== namespace || !labelsFit(labels, own)) return [];
    return [stringAt(entry.spec, 'locality') || localityOfLabels(own)];
  });
  return new Set([...find(namespace, labels).map(({ locality }) => locality), ...ofEntries]);
}

function placed(proxy: Proxy, workloads: Workloads, asked: boolean): KnownPlace {
  const pod = proxy.ip === undefined ? undefined : workloads.pods.find(({ address }) => address === proxy.ip);
  const labels = pod?.allLabels ?? proxy.labels ?? {};
  const node = pod?.node || proxy.node;
  const made = (known: PlaceKnown, text: string | undefined, own = splitLocality(text ?? '')): KnownPlace => {
    const all = withTopology(labels, own, node);
    return { locality: own, labels: all, known, text: JSON.stringify([own, Object.entries(all).sort()]) };
  };
  const own = localityOfCaller(labels);
  if (own !== undefined) return made(pod === undefined ? 'labels' : 'pod', undefined, own);
  if (proxy.locality !== undefined && proxy.locality !== '') return made('told', proxy.locality);
  if (!asked) return made('unknown', '');
  const there = localitiesWith(labels, proxy.namespace, workloads);
  const [only = ''] = there;
  if (there.size > 1) return made('several', '');
  return only === '' ? made('unknown', '') : made('workloads', only);
}

/**
 * Tells a caller's place, edit after edit: from its labels, as istiod does; where they and the proxy say nothing, and `infers`, from the
 * workloads of the mesh that have its labels, if all of them are in one place.
 */
export function placeMaker(proxy: Proxy, infers: boolean): (workloads: Workloads) => KnownPlace {
  let last: KnownPlace | undefined;
  return keepLast((workloads) => (last = keepEqual(last, placed(proxy, workloads, infers))));
}
