import type { FileId } from '../base/ids.ts';
import { ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { layoutGraph } from '../graph/index.ts';
import type { NodeId, Point } from '../graph/types.ts';
import type { ChangeSet } from '../text/index.ts';
import { isIdle } from './acts.ts';
import type { FileAct, FileOutcome } from './acts.ts';
import { createSlotGiver } from './documents.ts';
import { find, findAgain, mark } from './follow.ts';
import { record, stepViews, turned } from './history.ts';
import type { Step } from './history.ts';
import { NO_PLACES } from './places.ts';
import { idAtOffset, rangeOfId, rangeOfRef } from './places-in-text.ts';
import { savedFile, savedPlaces, SNAPSHOT_VERSION } from './snapshot.ts';
import { beginState, perform, project } from './state.ts';
import type { Registers, SessionOptions, State } from './state.ts';
import type { Applied, JournalEntry, Origin, Selection, Session, Transaction } from './types.ts';

export type { SessionOptions } from './state.ts';

/**
 * A workspace with its life: files, one way in (`transact`), one history over all files and origins, and the projection that follows
 * from the texts. What the projection did not change keeps its identity. Refuses nothing but edits of read-only files, change sets that
 * do not fit, and names that are taken.
 */
export function createSession(options: SessionOptions = {}): Session {
  const registers: Registers = { giver: createSlotGiver(), versions: new Map() };
  let state = beginState(options, registers);

  function commit(outcome: FileOutcome, next: State, told: Told): Applied {
    const before = state;
    state = { ...next, projection: project(next, next.projection.positions, told.selection, next.projection.version) };
    return {
      origin: told.origin,
      label: told.label,
      changes: outcome.changed,
      opened: outcome.opened,
      closed: outcome.closed,
      renamed: told.renamed,
      projection: state.projection,
      journal: journalOf(before, state, outcome, told.renamed),
    };
  }

  function transact(transaction: Transaction): Result<Applied> {
    const { label, origin, at } = transaction;
    const before = mark(state.reading.graph, state.projection.selection);
    const files = fileActOf(transaction);
    const memory = transaction.fresh ? { memory: NO_PLACES } : {};
    const positions = transaction.positions ?? new Map<NodeId, Point>();
    const done = perform(state, { files, positions, ...memory }, registers, transaction);
    if (done.kind === 'refused') return done;
    const { outcome, inverse, next } = done.value;
    const selection = wanted(transaction, next);
    const idle = isIdle(files) && inverse.positions.size === 0 && !transaction.fresh;
    const step: Step = { label, origin, at, act: inverse, before, after: mark(next.reading.graph, selection) };
    const history = idle ? state.history : record(state.history, step, transaction.joins);
    return ok(commit(outcome, { ...next, history }, { origin, label, selection, renamed: files.renameFiles }));
  }

  function travel(origin: 'undo' | 'redo'): Applied | undefined {
    const step = (origin === 'undo' ? state.history.done : state.history.undone).at(-1);
    if (step === undefined) return undefined;
    const giver = { ...registers.giver, isReturn: true };
    const result = perform(state, step.act, { ...registers, giver });
    if (result.kind === 'refused') throw new Error(`A step can’t be taken back: ${result.message}`);
    const { outcome, inverse, next } = result.value;
    const history = turned(state.history, origin, { ...step, act: inverse });
    const marked = origin === 'undo' ? step.before : step.after;
    const selection = findAgain(next.reading.graph, marked, next.projection.selection);
    const told = { origin, label: step.label, selection, renamed: step.act.files.renameFiles };
    return commit(outcome, { ...next, history }, told);
  }

  function select(selection: Selection) {
    const { reading, projection } = state;
    const next = find(reading.graph, mark(reading.graph, selection), projection.selection);
    if (next !== projection.selection) {
      state = { ...state, projection: project(state, projection.positions, next, projection.version + 1) };
    }
    return state.projection;
  }

  return {
    projection: () => state.projection,
    transact,
    undo: () => travel('undo'),
    redo: () => travel('redo'),
    select,
    steps: () => stepViews(state.history),
    tidy: (at) => {
      const positions = layoutGraph(state.reading.graph, { previous: state.projection.positions });
      const done = transact({ origin: 'canvas', label: 'Tidy up', at, positions });
      // Positions alone are never refused.
      if (done.kind === 'refused') throw new Error(done.message);
      return done.value;
    },
    snapshot: () => ({
      version: SNAPSHOT_VERSION,
      files: state.reading.files.map(savedFile),
      places: savedPlaces(state.reading.graph, state.projection.positions),
      selection: namesOf(state),
    }),
    idAt: (file, offset) => idAtOffset(state.reading, file, offset),
    placeOf: (id) => rangeOfId(state.reading, id),
    rangeOf: (ref) => rangeOfRef(state.reading, ref),
  };
}

interface Told {
  readonly origin: Origin;
  readonly label: string;
  readonly selection: Selection;
  readonly renamed: ReadonlyMap<FileId, FileId>;
}

function fileActOf(transaction: Transaction): FileAct {
  return {
    changes: transaction.changes ?? new Map<FileId, ChangeSet>(),
    addFiles: transaction.addFiles ?? [],
    removeFiles: transaction.removeFiles ?? [],
    renameFiles: transaction.renameFiles ?? new Map<FileId, FileId>(),
  };
}

/** What the transaction wants selected, as far as it is there afterwards. */
function wanted({ selectAt, selection }: Transaction, { reading, projection }: State): Selection {
  if (selectAt !== undefined) {
    const id = idAtOffset(reading, selectAt.file, selectAt.offset);
    if (id !== undefined) return find(reading.graph, [{ id }], projection.selection);
  }
  if (selection === undefined) return projection.selection;
  return find(reading.graph, mark(reading.graph, selection), selection);
}

function namesOf({ reading, projection }: State): readonly string[] {
  return mark(reading.graph, projection.selection).map(({ id, name }) => name ?? id);
}

function journalOf(
  before: State,
  after: State,
  outcome: FileOutcome,
  renamed: ReadonlyMap<FileId, FileId>,
): JournalEntry {
  const written = new Set([...outcome.changed.keys(), ...renamed.values(), ...outcome.opened.map((file) => file.id)]);
  const { files } = after.reading;
  const old = before.reading.files;
  const same = files.length === old.length && files.every((file, index) => file.id === old[index]?.id);
  return {
    version: SNAPSHOT_VERSION,
    files: files.filter((file) => written.has(file.id)).map(savedFile),
    ...(same ? {} : { order: files.map((file) => file.id) }),
    places: savedPlaces(after.reading.graph, after.projection.positions, before.projection.positions),
    selection: namesOf(after),
  };
}
