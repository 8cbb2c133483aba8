import type { FileId } from '../base/ids.ts';
import { PatchedMap } from '../base/patched-map.ts';
import { ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { freePlaceFor, layoutGraph, placeNew } from '../graph/index.ts';
import { heldBy } from '../graph/lookup.ts';
import type { Graph, NodeId, Point } from '../graph/types.ts';
import { actOnFiles, isIdle, NO_FILE_ACT } from './acts.ts';
import type { FileOutcome } from './acts.ts';
import type { FileCut } from './cuts.ts';
import { cutFile } from './documents.ts';
import type { SlotGiver } from './documents.ts';
import { find, mark } from './follow.ts';
import { NO_HISTORY } from './history.ts';
import type { Act, History } from './history.ts';
import { moveNodes, placeNodes } from './places.ts';
import type { PlaceMemory, Placer } from './places.ts';
import { idAtOffset } from './places-in-text.ts';
import { readWorkspace, slotsIn } from './project.ts';
import type { Reading } from './project.ts';
import { placesByName } from './snapshot.ts';
import type { AddedFile, Projection, Selection, Snapshot, Transaction, WorkspaceFile } from './types.ts';

/** How a session begins: with files as they are, or with what an earlier session left. */
export interface SessionOptions {
  readonly files?: readonly AddedFile[];
  readonly snapshot?: Snapshot;
}

/** All that a session holds at one moment. */
export interface State {
  readonly reading: Reading;
  readonly memory: PlaceMemory;
  readonly history: History;
  readonly projection: Projection;
}

/** What a session never forgets, whatever is undone: ids and versions that were given. */
export interface Registers {
  readonly giver: SlotGiver;
  readonly versions: Map<FileId, number>;
}

/** What an act did, what takes it back, and the state after it (with the history of before). */
export interface Done {
  readonly outcome: FileOutcome;
  readonly inverse: Act;
  readonly next: State;
}

/** The wish for the place of the node that stands at an offset of the text. */
type Drop = Pick<Transaction, 'selectAt' | 'placeAt'>;

const PLACER: Placer = { all: layoutGraph, added: placeNew };

/** The first state. Two files of one name are a bug of the caller's, who names them. */
export function beginState({ files = [], snapshot }: SessionOptions, registers: Registers): State {
  const addFiles = [...(snapshot?.files ?? []), ...files];
  const outcome = actOnFiles([], { ...NO_FILE_ACT, addFiles }, registers.versions);
  if (outcome.kind === 'refused') throw new Error(outcome.message);
  const reading = read(outcome.value, undefined, new Map(), registers.giver);
  const memory = placesByName(snapshot?.places ?? []);
  const placed = placeNodes(reading.graph, undefined, { positions: new Map(), memory }, PLACER);
  const marked = (snapshot?.selection ?? []).map((name) => ({ id: name, name }));
  const selection = find(reading.graph, marked, { ids: [] });
  const base = { reading, memory: placed.memory, history: NO_HISTORY };
  return { ...base, projection: project(base, placed.positions, selection, 1) };
}

/** Does an act: the only place where files, places and what follows from them change. `drop` says where a new node is to stand. */
export function perform(before: State, act: Act, registers: Registers, drop: Drop = {}): Result<Done> {
  const done = actOnFiles(before.reading.files, act.files, registers.versions);
  if (done.kind === 'refused') return done;
  const outcome = done.value;
  const reading = isIdle(act.files)
    ? before.reading
    : read(outcome, before.reading, act.files.renameFiles, registers.giver);
  const positions = new Map([...act.positions, ...dropped(before, reading, drop)]);
  const { memory, back } = moved(before, { ...act, positions }, reading);
  const start = { positions: before.projection.positions, memory };
  const still = memory === before.memory && sameNodes(reading.graph, before.reading.graph);
  const placed = still
    ? start
    : placeNodes(reading.graph, act.memory ? undefined : before.reading.graph, start, PLACER);
  const { selection } = before.projection;
  const same = reading.graph === before.reading.graph;
  const kept = same ? selection : find(reading.graph, mark(before.reading.graph, selection), selection);
  const base = { reading, memory: placed.memory, history: before.history };
  const projection = project(base, placed.positions, kept, before.projection.version + 1);
  const inverse: Act = {
    files: outcome.inverse,
    positions: back,
    ...(act.memory ? { memory: before.memory } : {}),
  };
  return ok({ outcome, inverse, next: { ...base, projection } });
}

/** The projection that shows a state. */
export function project(
  { reading, history }: Pick<State, 'reading' | 'history'>,
  positions: Projection['positions'],
  selection: Selection,
  version: number,
): Projection {
  const { files, listed, resources, mesh, graph } = reading;
  const undoLabel = history.done.at(-1)?.label;
  const redoLabel = history.undone.at(-1)?.label;
  let slots: Projection['slots'] | undefined;
  return {
    version,
    files,
    ...listed,
    get slots() {
      return (slots ??= slotsIn(reading));
    },
    resources,
    mesh,
    graph,
    positions,
    selection,
    undoLabel,
    redoLabel,
  };
}

/** Whether both graphs have nodes of the same ids in the same order: then all places are as they were. */
function sameNodes(a: Graph, b: Graph): boolean {
  if (a === b) return true;
  return (
    a.nodes.length === b.nodes.length &&
    a.nodes.every((node, index) => node === b.nodes[index] || node.id === b.nodes[index]?.id)
  );
}

function dropped({ reading, projection }: State, { graph, ...after }: Reading, { selectAt, placeAt }: Drop) {
  const id = selectAt && placeAt && idAtOffset({ graph, ...after }, selectAt.file, selectAt.offset);
  const held = id === undefined ? undefined : heldBy(graph, id);
  if (!held || held.destination || !placeAt || heldBy(reading.graph, held.node.id)) return [];
  const { node } = held;
  const { x, y, exact } = placeAt;
  const point = exact ? { x, y } : freePlaceFor(graph, projection.positions, node, { x, y });
  return [[node.id, point] as const];
}

function moved(before: State, act: Act, { graph }: Reading) {
  const moves = new Map<NodeId, Point>();
  const back = new Map<NodeId, Point | undefined>();
  for (const [id, point] of act.positions) {
    back.set(id, before.memory.byId.get(id));
    if (point !== undefined) moves.set(id, point);
  }
  const start = act.memory ?? before.memory;
  return { memory: moves.size === 0 ? start : moveNodes(start, graph, moves), back };
}

function read(
  outcome: FileOutcome,
  before: Reading | undefined,
  names: ReadonlyMap<FileId, FileId>,
  giver: SlotGiver,
): Reading {
  for (const id of outcome.closed) {
    for (const document of before?.cuts.get(id)?.documents ?? []) giver.bury(document);
  }
  const cut = (file: WorkspaceFile, old: FileCut | undefined): FileCut =>
    cutFile(file, old, outcome.changed.get(file.id) ?? [], giver);
  if (before && names.size === 0 && outcome.opened.length === 0 && outcome.closed.length === 0) {
    const changed = outcome.files.filter((file) => outcome.changed.has(file.id));
    const cuts = new Map(changed.map((file) => [file.id, cut(file, before.cuts.get(file.id))]));
    return readWorkspace(outcome.files, before.cuts.with(cuts), before);
  }
  const former = new Map([...names].map(([from, to]) => [to, from]));
  const opened = new Set(outcome.opened.map((file) => file.id));
  const cuts = outcome.files.map((file) => {
    const old = opened.has(file.id) ? undefined : before?.cuts.get(former.get(file.id) ?? file.id);
    return [file.id, cut(file, old)] as const;
  });
  return readWorkspace(outcome.files, new PatchedMap(new Map(cuts)), before);
}
