import type { ResourceId } from '../base/ids.ts';
import { ok, refuse } from '../base/result.ts';
import type { Refused, Result } from '../base/result.ts';
import type { Resource, SourceRef } from '../istio/types.ts';
import { lineIndex } from '../text/index.ts';
import type { DocumentSlot, Projection, WorkspaceFile } from '../workspace/types.ts';
import type { Json } from '../yaml/types.ts';
import { hostOf } from '../workspace/index.ts';
import { valueAt } from '../yaml/model.ts';

/** A document that may be edited, and the value at the place that the gesture is about (`undefined`: none yet). */
export interface Target {
  readonly file: WorkspaceFile;
  readonly slot: DocumentSlot;
  readonly ref: SourceRef;
  /** The resource that the place is in. */
  readonly resource: Resource | undefined;
  readonly value: Json | undefined;
}

/**
 * The document that a place is in, if it may be edited. Refuses: a document that is gone, a read-only file, a template, a document that
 * can't be read as it stands (`Fix line 12 first.`).
 */
export function targetOf(projection: Projection, ref: SourceRef): Result<Target> {
  const slot = hostOf(projection.slots, ref.slot);
  const file = slot && projection.files.find((one) => one.id === slot.file);
  if (slot === undefined || file === undefined) {
    return refuse('GONE', 'The document is no longer there.', { remedy: 'Select it again.' });
  }
  const objection = objectionTo(file, slot);
  const resource = slot.resources.find(({ source }) => source.path.every((step, index) => step === ref.path[index]));
  return objection ?? ok({ file, slot, ref, resource, value: valueAt(slot.document.value, ref.path) });
}

/** The resource of an id and its document, if it may be edited. */
export function resourceTarget(
  projection: Projection,
  id: ResourceId,
): Result<Target & { readonly resource: Resource }> {
  const resource = projection.mesh.byId.get(id) ?? projection.resources.find((one) => one.id === id);
  if (resource === undefined) return refuse('GONE', `${id} is no longer there.`, { remedy: 'Select it again.' });
  const target = targetOf(projection, resource.source);
  return target.kind === 'refused' ? target : ok({ ...target.value, resource });
}

function objectionTo(file: WorkspaceFile, slot: DocumentSlot): Refused | undefined {
  const range = { from: slot.from, to: slot.to };
  if (file.readOnly !== undefined)
    return refuse('READ_ONLY', `${file.id} can't be edited: ${file.readOnly}`, { range });
  if (slot.document.template) {
    return refuse('TEMPLATE', 'This document is a template, not YAML yet.', {
      range,
      remedy: 'Edit its text, or render it first.',
    });
  }
  if (!slot.stale && !slot.document.broken) return undefined;
  const problem = slot.document.problems.find(({ severity }) => severity === 'error');
  const from = slot.from + (problem?.range.from ?? 0);
  return refuse('FIX_FIRST', `Fix line ${lineIndex(file.text).position(from).line} of ${file.id} first.`, {
    range: problem ? { from, to: slot.from + problem.range.to } : range,
    remedy: problem?.message ?? 'This document can’t be read as it stands.',
  });
}
