import type { NodeId, Point } from '../graph/types.ts';
import { composeChanges } from '../text/index.ts';
import type { ChangeSet } from '../text/types.ts';
import type { FileAct } from './acts.ts';
import type { Marked } from './follow.ts';
import type { PlaceMemory } from './places.ts';
import type { Origin, StepView } from './types.ts';

/** The most steps that can be taken back, and the most text that they may hold together (characters). */
export const HISTORY_LIMITS = { steps: 500, characters: 20_000_000, joinMs: 500 } as const;

/** One act on everything that undo brings back. `memory`, where given, takes the place of all remembered places. */
export interface Act {
  readonly files: FileAct;
  /** `undefined`: the node had no place of its own choice. */
  readonly positions: ReadonlyMap<NodeId, Point | undefined>;
  readonly memory?: PlaceMemory | undefined;
}

/** One thing that the user did. `act` is what goes to the other side: back while the step is done, forth while it is undone. */
export interface Step {
  readonly label: string;
  readonly origin: Origin;
  readonly at: number;
  readonly act: Act;
  readonly before: readonly Marked[];
  readonly after: readonly Marked[];
}

/** What can be taken back, newest last, and what can be done again, newest last. */
export interface History {
  readonly done: readonly Step[];
  readonly undone: readonly Step[];
}

/** A history of nothing. */
export const NO_HISTORY: History = { done: [], undone: [] };

/**
 * The history with one more step. Typing that touches what was typed within half a second before joins it; everything else stands
 * alone. What was undone can't be done again from here. The oldest steps go when there are too many or they hold too much text; the
 * newest always stays. `joins`: files that are opened in portions are one step.
 */
export function record(history: History, step: Step, joins = false): History {
  const last = history.done.at(-1);
  const joined =
    last !== undefined && history.undone.length === 0 ? (joins ? joinOpened : join)(last, step) : undefined;
  const done = joined === undefined ? [...history.done, step] : [...history.done.slice(0, -1), joined];
  const kept = joined === undefined || last === undefined ? 0 : sizeOf(last.act.files);
  const size = heldBy(history.done) - kept + sizeOf((joined ?? step).act.files);
  held.set(done, size);
  const isSmall = done.length <= HISTORY_LIMITS.steps && size <= HISTORY_LIMITS.characters;
  return { done: isSmall ? done : trim(done), undone: [] };
}

const held = new WeakMap<readonly Step[], number>();

/** Characters that steps keep alive together. */
function heldBy(steps: readonly Step[]): number {
  let size = held.get(steps);
  if (size === undefined) {
    size = steps.reduce((sum, { act }) => sum + sizeOf(act.files), 0);
    held.set(steps, size);
  }
  return size;
}

/** The history when its newest step went to the other side, as `step` there. */
export function turned({ done, undone }: History, way: 'undo' | 'redo', step: Step): History {
  return way === 'undo'
    ? { done: done.slice(0, -1), undone: [...undone, step] }
    : { done: [...done, step], undone: undone.slice(0, -1) };
}

/** The steps as a list of them shows them: what was done, oldest first, and what was undone, next first. */
export function stepViews({ done, undone }: History): {
  readonly done: readonly StepView[];
  readonly undone: readonly StepView[];
} {
  return { done: done.map(stepView), undone: undone.map(stepView).reverse() };
}

function stepView({ label, origin, at, act: { files } }: Step): StepView {
  const came = [...files.removeFiles, ...files.addFiles.map((file) => file.id)];
  return { label, origin, at, files: [...files.changes.keys(), ...files.renameFiles.keys(), ...came] };
}

function trim(done: readonly Step[]): readonly Step[] {
  let first = Math.max(0, done.length - HISTORY_LIMITS.steps);
  let size = 0;
  for (let index = done.length - 1; index >= first; index -= 1) {
    const step = done[index];
    size += step === undefined ? 0 : sizeOf(step.act.files);
    if (size > HISTORY_LIMITS.characters && index < done.length - 1) first = index + 1;
  }
  return first === 0 ? done : done.slice(first);
}

const sizes = new WeakMap<FileAct, number>();

/** Characters that a step keeps alive. */
function sizeOf(act: FileAct): number {
  const known = sizes.get(act);
  if (known !== undefined) return known;
  let size = 0;
  for (const changes of act.changes.values()) for (const edit of changes) size += edit.insert.length + 16;
  for (const file of act.addFiles) size += file.text.length + (file.bytes?.length ?? 0);
  sizes.set(act, size);
  return size;
}

function join(last: Step, next: Step): Step | undefined {
  if (last.origin !== 'type' || next.origin !== 'type' || next.at - last.at > HISTORY_LIMITS.joinMs) return undefined;
  if (last.act.positions.size > 0 || next.act.positions.size > 0 || last.act.memory || next.act.memory)
    return undefined;
  const before = onlyChange(last.act.files);
  const after = onlyChange(next.act.files);
  if (before === undefined || after === undefined || before.file !== after.file) return undefined;
  if (!touch(before.changes, after.changes)) return undefined;
  // Both take back: first the newer one, then the older.
  const changes = new Map([[before.file, composeChanges(after.changes, before.changes)]]);
  const files = { ...last.act.files, changes };
  return { ...last, at: next.at, act: { ...last.act, files }, after: next.after };
}

function joinOpened(last: Step, next: Step): Step | undefined {
  const [before, after] = [last.act, next.act];
  if (last.origin !== next.origin || last.label !== next.label) return undefined;
  if (!onlyCame(before.files) || !onlyCame(after.files) || (after.memory && !before.memory)) return undefined;
  // The newer step put nothing away: only the older one may bring files back.
  if (after.files.addFiles.length > 0) return undefined;
  const removeFiles = [...before.files.removeFiles, ...after.files.removeFiles];
  return { ...last, act: { ...before, files: { ...before.files, removeFiles } }, after: next.after };
}

const onlyCame = ({ changes, renameFiles }: FileAct): boolean => changes.size === 0 && renameFiles.size === 0;

function onlyChange(act: FileAct) {
  const [entry, ...others] = act.changes;
  const plain = act.addFiles.length === 0 && act.removeFiles.length === 0 && act.renameFiles.size === 0;
  return entry === undefined || others.length > 0 || !plain ? undefined : { file: entry[0], changes: entry[1] };
}

/**
 * Whether typing went on where it had stopped: `older` takes the older step back, in the text between the two; `newer` takes the newer
 * one back, and what it puts back tells how long the stretch was that the newer step replaced in that same text.
 */
function touch(older: ChangeSet, newer: ChangeSet): boolean {
  let shift = 0;
  for (const edit of newer) {
    const from = edit.from - shift;
    const to = from + edit.insert.length;
    if (older.some((other) => from <= other.to && to >= other.from)) return true;
    shift += edit.to - edit.from - edit.insert.length;
  }
  return false;
}
