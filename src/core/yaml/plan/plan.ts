import type { Refused, Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import { applyChanges, changeSet, composeChanges, mapRange } from '../../text/index.ts';
import type { ChangeSet } from '../../text/types.ts';
import { isMerge, keyText } from '../keys.ts';
import { lineBreakAt } from '../lines.ts';
import { applyOp, isList, isMap, sameJson, valueAt } from '../model.ts';
import { hasEntries } from '../print/print.ts';
import { readDocument } from '../read.ts';
import { treeOf } from '../trees.ts';
import type { Json, PlanNote, Planned, YamlDocument, YamlOp, YamlPath } from '../types.ts';
import { planInsert } from './plan-insert.ts';
import { planMove } from './plan-move.ts';
import { planRemove } from './plan-remove.ts';
import { planRename } from './plan-rename.ts';
import { replaceNode } from './plan-replace.ts';
import { planSet } from './plan-set.ts';
import type { Draft, Site, Work } from './site.ts';
import { locate, refuseShared, refuseUsedAnchor, styleOfTree } from './site.ts';

/** Changes that were verified, with what they lead to. */
interface Step extends Planned {
  readonly document: YamlDocument;
}

function workOn(document: YamlDocument, literals = true): Work {
  const tree = treeOf(document.text);
  const comments = new Set(tree.comments.map((comment) => comment.from));
  return { text: document.text, tree, document, comments, style: { ...styleOfTree(document.text, tree), literals } };
}

function draft(work: Work, op: YamlOp): Result<Draft> {
  switch (op.kind) {
    case 'set':
      return planSet(work, op.path, op.value);
    case 'insert':
      return planInsert(work, op.path, op.value, op.before);
    case 'remove':
      return planRemove(work, op.path);
    case 'move':
      return planMove(work, op.path, op.to);
    case 'rename':
      return planRename(work, op.path, op.key);
  }
}

/** Whether the result is what the operation means. Where a merge shows through after a removal, its value is what was meant. */
function isMeant(before: Json | undefined, after: Json | undefined, op: YamlOp): boolean {
  const meant = applyOp(before, op);
  if (meant.kind !== 'ok') return false;
  // An empty document and a null one are the same to kubectl.
  if (sameJson(meant.value, after ?? null)) return true;
  if (op.kind !== 'remove') return false;
  const shown = valueAt(after, op.path);
  if (shown === undefined || !isMap(valueAt(before, op.path.slice(0, -1)))) return false;
  const showing = applyOp(before, { kind: 'set', path: op.path, value: shown });
  return showing.kind === 'ok' && sameJson(showing.value, after);
}

/** Applies a draft and reads the result. Nothing where it is not what was meant. */
function verify(work: Work, op: YamlOp, made: Draft): Step | undefined {
  const changes = changeSet(made.edits);
  if (changes.kind !== 'ok') return undefined;
  const document = readDocument(applyChanges(work.text, changes.value));
  if (document.broken || !isMeant(work.document.value, document.value, op)) return undefined;
  return { changes: changes.value, notes: made.notes ?? [], document };
}

/** The draft with a line end at the end of the text: a block text that comes to stand there may need one. */
function withFinalBreak(work: Work, made: Draft): Draft {
  const end = work.text.length;
  if (/[\r\n]$/.test(work.text)) return made;
  return { ...made, edits: [...made.edits, { from: end, to: end, insert: lineBreakAt(work.text, end) }] };
}

const unsafe = (work: Work, op: YamlOp): Refused => {
  const { root } = work.tree;
  const node = root && locate(root, op.path).site.node;
  return refuse('yaml/unsafe', 'This cannot be written here without changing something else.', {
    range: node ? { from: node.start, to: Math.max(node.start, node.to) } : { from: 0, to: work.text.length },
    remedy: 'Make the change in the text.',
  });
};

/** Prints the collection around a place anew, where nothing in it would be lost by that: no comment, anchor or alias. */
function reprint(work: Work, op: YamlOp): Step | undefined {
  const { root } = work.tree;
  const meant = applyOp(work.document.value, op);
  if (root === undefined || meant.kind !== 'ok') return undefined;
  let site: Site | undefined = locate(root, op.path.slice(0, -1)).site;
  let path: YamlPath = op.path.slice(0, pathLength(site));
  while (site !== undefined) {
    const { node }: Site = site;
    const text = work.text.slice(node.from, node.to);
    const commented = work.tree.comments.some(({ from }) => from >= node.start && from <= node.to);
    const value = valueAt(meant.value, path);
    if (commented || /(^|\s)[*&]/.test(text) || text.length > 2000 || value === undefined) return undefined;
    if (refuseShared(work, site) === undefined && refuseUsedAnchor(work, node) === undefined) {
      const made = replaceNode(work, site, value);
      const step = made.kind === 'ok' ? verify(work, op, made.value) : undefined;
      if (step !== undefined) {
        const range = mapRange(step.changes, { from: node.start, to: node.to });
        const note = { code: 'yaml/reprinted', message: 'The lines around it had to be written anew.', range };
        return { ...step, notes: [...step.notes, note] };
      }
    }
    site = site.parent;
    path = path.slice(0, -1);
  }
  return undefined;
}

const pathLength = (site: Site): number => (site.parent === undefined ? 0 : 1 + pathLength(site.parent));

/** Notes on keys that stand twice on the way: the last one counts, and is the one that was edited. */
function duplicateNotes(work: Work, op: YamlOp, changes: ChangeSet): PlanNote[] {
  const { root } = work.tree;
  if (root === undefined || !work.document.problems.some(({ code }) => code === 'yaml/duplicate-key')) return [];
  const out: PlanNote[] = [];
  for (let site: Site | undefined = locate(root, op.path).site; site?.parent !== undefined; site = site.parent) {
    const { node } = site.parent;
    const key = site.pair && keyText(site.pair.key);
    if (node.kind !== 'map' || site.pair === undefined) continue;
    if (node.pairs.filter((pair) => !isMerge(pair.key) && keyText(pair.key) === key).length < 2) continue;
    const range = mapRange(changes, { from: site.pair.key.start, to: site.pair.key.to });
    out.push({ code: 'yaml/duplicate-key', message: `The key ${key} stands twice; the last one was edited.`, range });
  }
  return out;
}

function planOne(document: YamlDocument, op: YamlOp): Result<Step> {
  const work = workOn(document);
  const first = draft(work, op);
  if (first.kind !== 'ok') return first;
  if (first.value.edits.length === 0) return ok({ changes: [], notes: [], document });
  let step = verify(work, op, first.value);
  if (step === undefined) {
    const again = draft(workOn(document, false), op);
    step = again.kind === 'ok' ? verify(work, op, again.value) : undefined;
  }
  step ??= verify(work, op, withFinalBreak(work, first.value));
  step ??= reprint(work, op);
  if (step === undefined) {
    const meant = applyOp(document.value, op);
    return meant.kind === 'ok' ? unsafe(work, op) : { ...meant, range: unsafe(work, op).range };
  }
  return ok({ ...step, notes: [...step.notes, ...duplicateNotes(work, op, step.changes)] });
}

/** The smallest operations that make one value of another at a path, where both are lists or both maps. */
function narrow(old: Json | undefined, op: YamlOp & { kind: 'set' }): YamlOp[] {
  const { path, value } = op;
  if (sameJson(old, value)) return [];
  if (old === undefined || !hasEntries(old) || !hasEntries(value)) return [op];
  if (isMap(old) && isMap(value)) {
    const gone = Object.keys(old).filter((key) => !Object.hasOwn(value, key));
    if (gone.length === Object.keys(old).length) return [op];
    const set = Object.entries(value).flatMap(([key, part]) =>
      narrow(valueAt(old, [key]), { kind: 'set', path: [...path, key], value: part }),
    );
    return [...set, ...gone.map((key): YamlOp => ({ kind: 'remove', path: [...path, key] }))];
  }
  if (!isList(old) || !isList(value)) return [op];
  let start = 0;
  while (start < Math.min(old.length, value.length) && sameJson(old[start], value[start])) start++;
  let end = 0;
  while (end < Math.min(old.length, value.length) - start && sameJson(old.at(-1 - end), value.at(-1 - end))) end++;
  const [oldEnd, newEnd] = [old.length - end, value.length - end];
  const out: YamlOp[] = [];
  for (let i = start; i < Math.max(oldEnd, newEnd); i++) {
    const part = value[i];
    if (i >= newEnd) out.push({ kind: 'remove', path: [...path, newEnd] });
    else if (part !== undefined && i < oldEnd)
      out.push(...narrow(old[i], { kind: 'set', path: [...path, i], value: part }));
    else if (part !== undefined) out.push({ kind: 'insert', path: [...path, i], value: part });
  }
  return out;
}

/** Characters that the steps of one operation may read: about a second. */
const MAX_STEP_CHARACTERS = 4_000_000;

/** One operation as the steps it is planned in: a list or map is set entry by entry, a key that stands twice removed twice. */
function stepsOf(document: YamlDocument, op: YamlOp): readonly YamlOp[] {
  if (op.kind === 'set') {
    const old = op.path.length === 0 ? document.value : valueAt(document.value, op.path);
    if (old === undefined && op.value === null && op.path.length === 0) return [];
    const steps = narrow(old, op);
    // Every step reads the document again; a list of thousands that differs everywhere is written as a whole.
    return steps.length * document.text.length > MAX_STEP_CHARACTERS ? [op] : steps;
  }
  return [op];
}

/** A key that stood twice is not gone after one removal. */
function removeRest(step: Step, op: YamlOp): Result<Step> {
  if (op.kind !== 'remove' || step.changes.length === 0 || typeof op.path.at(-1) === 'number') return ok(step);
  const { root } = treeOf(step.document.text);
  if (root === undefined || locate(root, op.path).rest.length > 0) return ok(step);
  const next = planOne(step.document, op);
  if (next.kind !== 'ok') return next;
  return removeRest(joined(step, next.value), op);
}

function joined(first: Step, second: Step): Step {
  const notes = first.notes.map((note) => ({ ...note, range: mapRange(second.changes, note.range) }));
  const changes = composeChanges(first.changes, second.changes);
  return { changes, notes: [...notes, ...second.notes], document: second.document };
}

const checkNumbers = (value: Json): boolean =>
  typeof value === 'number'
    ? Number.isFinite(value)
    : value === null || typeof value !== 'object' || Object.values(value).every(checkNumbers);

/** The refusal of a document in which nothing can be edited. */
function refuseBroken(document: YamlDocument): Refused | undefined {
  if (!document.broken) return undefined;
  const problem = document.problems.find(({ severity }) => severity === 'error');
  const remedy = problem?.remedy;
  if (document.template)
    return refuse('yaml/template', problem?.message ?? '', { range: problem?.range, ...(remedy && { remedy }) });
  const message = `This document is broken; fix it first: ${problem?.message ?? ''}`;
  return refuse('yaml/broken', message, { range: problem?.range, ...(remedy !== undefined && { remedy }) });
}

/**
 * The least edit of one document's text that does what the operations say, one after the other. Every step is verified by
 * reading its result again: the value is what the operation makes of the old value, and nothing is broken. Refuses broken
 * documents and templates, what makes no sense for the value, and what would change other places; a refusal has a range in
 * `text` and nothing was planned. Ranges of notes lie in the text after the changes.
 */
export function planDocument(text: string, ops: readonly YamlOp[]): Result<Planned> {
  const start = readDocument(text);
  const broken = refuseBroken(start);
  if (broken !== undefined) return broken;
  let step: Step = { changes: [], notes: [], document: start };
  for (const op of ops) {
    if ('value' in op && !checkNumbers(op.value))
      return refuse('yaml/no-number', 'JSON has no such number.', { range: { from: 0, to: 0 } });
    for (const each of stepsOf(step.document, op)) {
      const one = planOne(step.document, each);
      const made = one.kind === 'ok' ? removeRest(one.value, each) : one;
      if (made.kind !== 'ok') return withRange(made, text, step.changes);
      step = joined(step, made.value);
    }
  }
  return ok({ changes: step.changes, notes: step.notes });
}

/** A refusal with a range in the text that was handed in; that of a later step lies in a text that nobody has seen. */
function withRange(refused: Refused, text: string, before: ChangeSet): Refused {
  if (before.length === 0) return { ...refused, range: refused.range ?? { from: 0, to: text.length } };
  return { ...refused, range: { from: before[0]?.from ?? 0, to: before.at(-1)?.to ?? text.length } };
}
