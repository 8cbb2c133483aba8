import { ok, refuse } from '../base/result.ts';
import { referencesTo } from '../mesh/index.ts';
import { applyChanges } from '../text/index.ts';
import type { GesturePlan, PlanResult, Projection } from '../workspace/types.ts';
import { planAddDocument, planDocument, planRemoveDocument } from '../yaml/index.ts';
import { isList, valueAt } from '../yaml/model.ts';
import { insertedAt, planEdits } from './plan-edit.ts';
import { freeName } from './style.ts';
import { resourceTarget } from './target.ts';
import type { Target } from './target.ts';
import type { GestureOf } from './types.ts';

/** Takes a resource away: its whole document, or its item of a List. Tells how many others still name it. */
export function planDeleteResource(projection: Projection, gesture: GestureOf<'deleteResource'>): PlanResult {
  const found = resourceTarget(projection, gesture.resource);
  if (found.kind === 'refused') return found;
  const { slot, file, resource, ref } = found.value;
  const label = `Delete ${resource.kind}`;
  const users = new Set(referencesTo(projection.mesh, resource.id).map((one) => one.from));
  users.delete(resource.id);
  const notes: GesturePlan['notes'] =
    users.size === 0
      ? []
      : [
          {
            code: 'STILL_NAMED',
            message: `${[...users].slice(0, 3).join(', ')} still ${users.size === 1 ? 'names' : 'name'} it.`,
          },
        ];
  if (ref.path.length > 0) return planEdits(label, [{ slot, ops: [{ kind: 'remove', path: ref.path }] }], { notes });
  const planned = planRemoveDocument(file.text, indexInFile(projection, found.value));
  if (planned.kind === 'refused') return planned;
  return ok({ label, changes: new Map([[file.id, planned.value.changes]]), notes });
}

/** A copy of a resource right behind it, comments and all, under a free name (`reviews-copy`). */
export function planDuplicateResource(projection: Projection, gesture: GestureOf<'duplicateResource'>): PlanResult {
  const found = resourceTarget(projection, gesture.resource);
  if (found.kind === 'refused') return found;
  const { slot, file, resource, ref, value } = found.value;
  const name = freeName(projection, resource.kind, resource.namespace, `${resource.name}-copy`);
  const label = `Duplicate ${resource.kind}`;
  const rename = { kind: 'set', path: [...ref.path, 'metadata', 'name'], value: name } as const;
  if (ref.path.length > 0) {
    const index = ref.path.at(-1);
    const list = valueAt(slot.document.value, ref.path.slice(0, -1));
    if (value === undefined || typeof index !== 'number' || !isList(list))
      return refuse('GONE', 'It is no longer there.');
    const path = [...ref.path.slice(0, -1), index + 1];
    const set = { kind: 'set', path: [...path, 'metadata', 'name'], value: name } as const;
    return planEdits(label, [{ slot, ops: [{ kind: 'insert', path, value }, set] }]);
  }
  const { text: original } = slot.document;
  const renamed = planDocument(original, [rename]);
  if (renamed.kind === 'refused') return renamed;
  const text = applyChanges(original, renamed.value.changes);
  const planned = planAddDocument(file.text, text, indexInFile(projection, found.value) + 1);
  if (planned.kind === 'refused') return planned;
  const { changes } = planned.value;
  const selectAt = insertedAt(file.id, changes, 'metadata:');
  return ok({ label, changes: new Map([[file.id, changes]]), notes: [], selectAt });
}

/** Which of its file's documents this is. */
function indexInFile(projection: Projection, { slot, file }: Target): number {
  return projection.slots.filter((one) => one.file === file.id).indexOf(slot);
}
