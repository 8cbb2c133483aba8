import { grouped, put } from '../base/lists.ts';
import { fileId, slotId } from '../base/ids.ts';
import type { FileId } from '../base/ids.ts';
import { ok, refuse } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { assignIds, readResources } from '../istio/index.ts';
import type { Resource } from '../istio/index.ts';
import { buildMesh } from '../mesh/index.ts';
import { applyChanges } from '../text/index.ts';
import type { ChangeSet } from '../text/index.ts';
import type { DocumentSlot, GesturePlan, Projection, WorkspaceFile } from '../workspace/types.ts';
import { readDocument, splitStream } from '../yaml/index.ts';
import type { YamlDocument } from '../yaml/index.ts';

/**
 * The workspace as a plan would leave it: files, documents, resources and mesh; all else is as it was. What the plan does not touch is the
 * same object. Refuses plans that leave a document broken.
 */
export function copyWith(projection: Projection, plan: GesturePlan): Result<Projection> {
  const grouped = groupsOf(projection.slots);
  const files: WorkspaceFile[] = [];
  const slots: DocumentSlot[] = [];
  for (const file of projection.files) {
    const own = grouped.byFile.get(file.id) ?? [];
    const changes = plan.changes.get(file.id) ?? [];
    const text = changes.length === 0 ? file.text : applyChanges(file.text, changes);
    files.push(text === file.text ? file : { ...file, text, version: file.version + 1 });
    slots.push(...(text === file.text ? own : (editedSlots(own, changes) ?? cutAgain(file, own, text))));
  }
  for (const { id, text } of plan.addFiles ?? []) {
    const file: WorkspaceFile = { id: fileId(id), text, version: 1 };
    files.push(file);
    slots.push(...cutAgain(file, [], text));
  }
  if (slots.some(({ document }) => document.broken && !grouped.broken.has(document)))
    return refuse('BREAKS', 'The document could not be read any more.');
  const declared = slots.flatMap((slot) => slot.resources);
  const before = { declared: grouped.declared, assigned: projection.resources };
  const resources = assignIds(declared, before);
  return ok({ ...projection, files, slots, resources, mesh: buildMesh(resources, {}, projection.mesh) });
}

interface Groups {
  readonly byFile: ReadonlyMap<FileId, readonly DocumentSlot[]>;
  readonly declared: readonly Resource[];
  readonly broken: ReadonlySet<YamlDocument>;
}
const groups = new WeakMap<readonly DocumentSlot[], Groups>();

/** The documents of each file, looked through once for many plans. */
function groupsOf(slots: readonly DocumentSlot[]): Groups {
  let known = groups.get(slots);
  if (known === undefined) {
    const byFile = grouped(slots, ({ file }) => file);
    const broken = new Set(slots.flatMap(({ document }) => (document.broken ? [document] : [])));
    known = { byFile, declared: slots.flatMap((slot) => slot.resources), broken };
    groups.set(slots, known);
  }
  return known;
}

/** The documents where each edit lies within one and leaves it one; nothing where documents come, go or join. */
function editedSlots(slots: readonly DocumentSlot[], changes: ChangeSet): readonly DocumentSlot[] | undefined {
  const out: DocumentSlot[] = [];
  let shift = 0;
  let next = 0;
  for (const slot of slots) {
    const local: ChangeSet[number][] = [];
    for (let edit = changes[next]; edit !== undefined && edit.from < slot.to; edit = changes[next]) {
      if (edit.from < slot.from || edit.to > slot.to) return undefined;
      local.push({ ...edit, from: edit.from - slot.from, to: edit.to - slot.from });
      next += 1;
    }
    const from = slot.from + shift;
    const text = local.length === 0 ? undefined : applyChanges(slot.document.text, local);
    if (text === undefined) {
      out.push(shift === 0 ? slot : { ...slot, from, to: slot.to + shift });
      continue;
    }
    const segments = splitStream(text);
    if (segments.length !== 1 || segments[0]?.kind !== 'document') return undefined;
    shift += text.length - slot.document.text.length;
    out.push(slotOf(slot, text, from));
  }
  return next === changes.length ? out : undefined;
}

/** The documents of a text, those whose text was there before as they were, the rest in the places of those that are gone. */
function cutAgain(file: WorkspaceFile, before: readonly DocumentSlot[], text: string): readonly DocumentSlot[] {
  const segments = splitStream(text).filter(({ kind }) => kind === 'document');
  const texts = new Set(segments.map((segment) => segment.text));
  const free = new Map<string, DocumentSlot[]>();
  const gone: DocumentSlot[] = [];
  for (const slot of before) {
    if (texts.has(slot.document.text)) put(free, slot.document.text, slot);
    else gone.push(slot);
  }
  return segments.map((segment, index) => {
    const same = free.get(segment.text)?.shift();
    if (same !== undefined) return { ...same, from: segment.from, to: segment.to };
    const old = gone.shift();
    const base = old ?? { slot: slotId(`fix ${file.id} ${file.version} ${index}`), file: file.id };
    return slotOf(base, segment.text, segment.from);
  });
}

function slotOf({ slot, file }: Pick<DocumentSlot, 'slot' | 'file'>, text: string, from: number): DocumentSlot {
  const document = readDocument(text);
  const stale = document.broken || document.template;
  const resources = readResources(file, slot, document, { stale });
  return { slot, file, from, to: from + text.length, document, lastGood: undefined, stale, resources };
}
