import { planEdits } from '../../commands/plan-edit.ts';
import { resourceTarget } from '../../commands/target.ts';
import { planDeleteResource } from '../../commands/whole-resource.ts';
import { ok } from '../../base/result.ts';
import { resolveHost } from '../../istio/index.ts';
import type { Resource } from '../../istio/types.ts';
import { composeChanges } from '../../text/index.ts';
import type { PlanResult } from '../../workspace/types.ts';
import { sameJson, valueAt } from '../../yaml/model.ts';
import type { YamlOp } from '../../yaml/types.ts';
import { copyWith } from '../copy.ts';
import { inDocument, listAt, removing, textsAt } from '../edit.ts';
import type { Family, Place, Proposal } from '../types.ts';

const hostsOf = ({ value, namespace }: Resource): readonly string[] =>
  textsAt(value, ['spec', 'hosts']).map((host) => resolveHost(host, namespace));

/** The other VirtualServices that have a host of this one. */
function rivals(place: Place): readonly Resource[] {
  const own = new Set(hostsOf(place.resource));
  const all = place.projection.mesh.byKind.get('VirtualService') ?? [];
  return all.filter((one) => one.id !== place.resource.id && hostsOf(one).some((host) => own.has(host)));
}

const MERGEABLE = new Set(['hosts', 'http', 'gateways', 'exportTo']);

/** Whether both say the same of everything but their rules, and none has comments that would be lost on the way. */
function canMerge(one: Resource, other: Resource): boolean {
  const [a, b] = [one.value['spec'], other.value['spec']];
  const keys = [...Object.keys(a ?? {}), ...Object.keys(b ?? {})];
  const same = (key: string): boolean => sameJson(valueAt(a, [key]), valueAt(b, [key]));
  const hosts = [hostsOf(one), hostsOf(other)].map((list) => [...list].sort().join());
  return (
    keys.every((key) => MERGEABLE.has(key)) &&
    hosts[0] === hosts[1] &&
    same('gateways') &&
    same('exportTo') &&
    one.namespace === other.namespace &&
    !/(^|\s)#/m.test(other.document.text)
  );
}

/** Moves the rules of `other` into `into`, before its rule for everything else, and deletes `other`. */
function mergePlan(place: Place, into: Resource, other: Resource): PlanResult {
  const target = resourceTarget(place.projection, into.id);
  if (target.kind === 'refused') return target;
  const mine = listAt(into.value, ['spec', 'http']);
  const theirs = listAt(other.value, ['spec', 'http']);
  const takesAll = (rule: (typeof mine)[number] | undefined): boolean =>
    rule !== undefined && listAt(rule, ['match']).length === 0;
  const closed = takesAll(mine.at(-1));
  const moved = closed ? theirs.filter((rule) => !takesAll(rule)) : theirs;
  const at = closed ? mine.length - 1 : mine.length;
  const ops: YamlOp[] = moved.map((rule, index) => ({
    kind: 'insert',
    path: ['spec', 'http', at + index],
    value: rule,
  }));
  const grown = planEdits('Merge', [{ slot: target.value.slot, ops: inDocument(into.source.path, ops) }]);
  if (grown.kind === 'refused') return grown;
  const between = copyWith(place.projection, grown.value);
  if (between.kind === 'refused') return between;
  const gone = planDeleteResource(between.value, { kind: 'deleteResource', resource: other.id });
  if (gone.kind === 'refused') return gone;
  const changes = new Map(grown.value.changes);
  for (const [file, more] of gone.value.changes) changes.set(file, composeChanges(changes.get(file) ?? [], more));
  const left = theirs.length - moved.length;
  const note = {
    code: 'LEFT_OUT',
    message: `The last rule of ${other.name}, for everything else, is left out: ${into.name} has one.`,
  };
  return ok({ ...gone.value, changes, notes: [...gone.value.notes, ...(left > 0 ? [note] : [])] });
}

/** Several VirtualServices of the mesh for one host. */
export const hostTwice: Family = {
  codes: ['IST0109', 'KIA1106', 'MW-HOST-TAKEN'],
  propose: (place) => {
    const others = rivals(place);
    const merges = others
      .filter((other) => canMerge(place.resource, other))
      .slice(0, 3)
      .map((other): Proposal => ({
        id: `merge ${other.id}`,
        title: `Take the rules of ${other.name} in here, and delete it`,
        kind: 'choice',
        plan: () => mergePlan(place, place.resource, other),
      }));
    const taken = new Set(others.flatMap(hostsOf));
    const hosts = textsAt(place.object, ['spec', 'hosts']);
    const shared = hosts.flatMap((host, index) =>
      taken.has(resolveHost(host, place.resource.namespace)) ? [{ host, index }] : [],
    );
    const narrow = shared
      .filter(() => hosts.length > 1)
      .slice(0, 3)
      .map(({ host, index }) =>
        removing(place, [`drop ${host}`, `Leave ${host} to the other VirtualService`], ['spec', 'hosts', index]),
      );
    const drop: Proposal = {
      id: 'deleteThis',
      title: `Delete ${place.resource.name}`,
      kind: 'choice',
      plan: () => planDeleteResource(place.projection, { kind: 'deleteResource', resource: place.resource.id }),
    };
    return [...merges, ...narrow, drop];
  },
};
