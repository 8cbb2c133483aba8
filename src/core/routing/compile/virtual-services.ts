import { put } from '../../base/lists.ts';
import { MESH_GATEWAY } from '../../istio/names.ts';
import type { Resource } from '../../istio/types.ts';
import { delegateJoiner } from './delegate.ts';
import { keepEqual, keepLast, keepList, keepMap, keepPer } from '../../base/keep.ts';
import type { Targets, VirtualService, VirtualServiceHead, VirtualServices } from './model.ts';
import { byAgeMaker } from './order.ts';
import { readVirtualService } from './virtual-service.ts';

const readOnce = keepPer(readVirtualService);

function headOf(vs: VirtualService): VirtualServiceHead {
  const { resource, name, namespace, created, hosts, gateways, exportTo, tls, tcp } = vs;
  return { resource, name, namespace, created, hosts, gateways, exportTo, tls, tcp };
}

/** A VirtualService's parts, as far as they say the same those of before. */
interface Parts {
  readonly head: VirtualServiceHead;
  readonly targets: Targets;
}

/** Reads all VirtualServices of a mesh with their delegates, edit after edit: heads and targets that say the same as before are the same objects. */
export function virtualServicesMaker(): (resources: readonly Resource[]) => VirtualServices {
  const readAll = keepMap((resource: Resource) => readOnce(resource));
  const joinAll = delegateJoiner();
  const sorted = byAgeMaker<VirtualService>();
  const keepServices = keepList<VirtualService>();
  let parts: readonly Parts[] = [];
  const partsOf = keepMap((vs: VirtualService, _context: undefined, likely?: Parts): Parts => {
    const isOwn = (one: Parts): boolean => one.head.resource === vs.resource;
    const before = likely !== undefined && isOwn(likely) ? likely : parts.find(isOwn);
    return { head: keepEqual(before?.head, headOf(vs)), targets: keepEqual(before?.targets, vs.targets) };
  });
  const headsOf = keepMap(({ head }: Parts) => head);
  const targetsOf = keepMap(({ targets }: Parts) => targets);
  const placesOf = keepLast((heads: readonly VirtualServiceHead[]) => new Map(heads.map((head, at) => [head, at])));
  const together = keepLast((services: readonly VirtualService[]): VirtualServices => {
    parts = partsOf(services);
    const heads = headsOf(parts);
    return { heads, services, targets: targetsOf(parts), placeOf: placesOf(heads) };
  });
  return (resources) => together(keepServices(sorted(joinAll(readAll(resources)))));
}

const byGateway = new WeakMap<readonly VirtualServiceHead[], ReadonlyMap<string, readonly VirtualServiceHead[]>>();

/** VirtualServices by each gateway that they name, `mesh` being none; one that names a gateway twice is there twice. */
function indexOf(all: readonly VirtualServiceHead[]): ReadonlyMap<string, readonly VirtualServiceHead[]> {
  const found = byGateway.get(all);
  if (found !== undefined) return found;
  const made = new Map<string, VirtualServiceHead[]>();
  for (const vs of all) for (const gateway of vs.gateways) if (gateway !== MESH_GATEWAY) put(made, gateway, vs);
  byGateway.set(all, made);
  return made;
}

/** When a proxy takes a VirtualService, if it sees it: those private to its namespace first, then what is exported to it by name. */
export type Turn = 0 | 1 | 2 | undefined;

/** The turn of a VirtualService at a proxy of `namespace`. */
export function turnOf(vs: VirtualServiceHead, namespace: string): Turn {
  if (vs.exportTo.includes('*')) return 2;
  if (vs.exportTo.includes('~') || !vs.exportTo.includes(namespace)) return undefined;
  return vs.namespace === namespace ? 0 : 1;
}

/** VirtualServices by their turns, which are given in a list beside; those of one turn in the order in which they are given. */
export function byTurn(all: readonly VirtualServiceHead[], turns: readonly Turn[]): readonly VirtualServiceHead[] {
  const own: VirtualServiceHead[] = [];
  const exported: VirtualServiceHead[] = [];
  const open: VirtualServiceHead[] = [];
  for (const [place, vs] of all.entries()) {
    const turn = turns[place];
    if (turn === 2) open.push(vs);
    else if (turn !== undefined) (turn === 0 ? own : exported).push(vs);
  }
  return own.length + exported.length === 0 ? open : [...own, ...exported, ...open];
}

/**
 * VirtualServices bound to a gateway that a proxy of `namespace` sees, in the order that istiod takes them: those private to the
 * namespace, those exported to it by name, the public ones; the oldest first in each. One that names a gateway twice is there twice.
 */
export function virtualServicesFor(
  all: readonly VirtualServiceHead[],
  namespace: string,
  gateway: string,
): readonly VirtualServiceHead[] {
  const bound = indexOf(all).get(gateway) ?? [];
  return byTurn(
    bound,
    bound.map((vs) => turnOf(vs, namespace)),
  );
}
