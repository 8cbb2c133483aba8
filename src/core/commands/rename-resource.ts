import { refuse } from '../base/result.ts';
import type { Resource, SourceRef } from '../istio/types.ts';
import { referencesTo } from '../mesh/index.ts';
import type { Reference, ReferenceKind } from '../mesh/types.ts';
import type { DocumentSlot, GesturePlan, PlanResult, Projection } from '../workspace/types.ts';
import type { YamlOp } from '../yaml/types.ts';
import { valueAt } from '../yaml/model.ts';
import { planEdits } from './plan-edit.ts';
import type { DocumentEdit } from './plan-edit.ts';
import { resourceTarget, targetOf } from './target.ts';
import type { GestureOf } from './types.ts';

/** Kinds of references that hold the name of the object they point at (a ServiceEntry and a DestinationRule are meant by host). */
const BY_NAME: Readonly<Record<string, readonly ReferenceKind[]>> = {
  Gateway: ['gateway'],
  VirtualService: ['delegate'],
  Service: ['destination', 'mirror', 'host'],
  Secret: ['credential'],
};

/** Names that the API server takes: RFC 1123 subdomains. */
const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/**
 * Renames an object, and everything that calls it by name, in one step. A name that two objects have is changed in this one alone.
 * Refuses names that Kubernetes does not take and names that are taken. Referrers that can't be edited are left and told.
 */
export function planRenameResource(projection: Projection, gesture: GestureOf<'renameResource'>): PlanResult {
  const found = resourceTarget(projection, gesture.resource);
  if (found.kind === 'refused') return found;
  const { slot, ref, resource } = found.value;
  const { name } = gesture;
  if (!NAME.test(name) || name.length > 253) {
    return refuse('BAD_NAME', `“${name}” is no name that Kubernetes takes.`, {
      remedy: 'Use lower-case letters, digits, dashes and dots.',
    });
  }
  const same = (one: Resource) => one.kind === resource.kind && one.namespace === resource.namespace;
  if (name !== resource.name && projection.resources.some((one) => same(one) && one.name === name)) {
    return refuse('NAME_TAKEN', `There is a ${resource.kind} ${name} already.`, { remedy: 'Choose another name.' });
  }
  const ops: YamlOp[] = [{ kind: 'set', path: [...ref.path, 'metadata', 'name'], value: name }];
  const edits = new Map<DocumentSlot, YamlOp[]>([[slot, ops]]);
  const notes: GesturePlan['notes'][number][] = [];
  const unique = projection.resources.filter((one) => same(one) && one.name === resource.name).length === 1;
  for (const reference of unique ? referencesTo(projection.mesh, resource.id) : []) {
    if (!(BY_NAME[resource.kind] ?? []).includes(reference.kind)) continue;
    const note = addReference(projection, edits, reference, [resource.name, name]);
    if (note !== undefined) notes.push(note);
  }
  if (name === resource.name) return planEdits('Rename', []);
  return planEdits('Rename', toEdits(edits), { notes });
}

function addReference(
  projection: Projection,
  edits: Map<DocumentSlot, YamlOp[]>,
  { source, from }: Reference,
  [old, name]: readonly [string, string],
) {
  const target = targetOf(projection, source);
  if (target.kind === 'refused') {
    return { code: 'LEFT_BEHIND', message: `${from} still names ${old}: ${target.message}` };
  }
  const { slot } = target.value;
  const written = valueAt(slot.document.value, source.path);
  const renamed = typeof written === 'string' ? renameIn(written, old, name) : undefined;
  if (renamed === undefined) return undefined;
  const ops = edits.get(slot) ?? [];
  if (!ops.some((op) => samePath(op, source))) ops.push({ kind: 'set', path: source.path, value: renamed });
  edits.set(slot, ops);
  return undefined;
}

/** `old`, `old.ns.svc…`, `ns/old` with the new name; `undefined` where the old one is not there. */
function renameIn(written: string, old: string, name: string): string | undefined {
  const slash = written.lastIndexOf('/') + 1;
  const own = written.slice(slash);
  if (own !== old && !own.startsWith(`${old}.`)) return undefined;
  return written.slice(0, slash) + name + own.slice(old.length);
}

const samePath = (op: YamlOp, { path }: SourceRef): boolean => JSON.stringify(op.path) === JSON.stringify(path);

function toEdits(edits: ReadonlyMap<DocumentSlot, readonly YamlOp[]>): readonly DocumentEdit[] {
  return [...edits].map(([slot, ops]) => ({ slot, ops }));
}
