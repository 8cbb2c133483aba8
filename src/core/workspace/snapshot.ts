import type { FileId } from '../base/ids.ts';
import { ok, refuse } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { Graph, NodeId, Point } from '../graph/types.ts';
import type { PlaceMemory } from './places.ts';
import type { JournalEntry, SavedFile, SavedPlace, Snapshot, WorkspaceFile } from './types.ts';

/** The version of snapshots and journal entries that this code writes. Older ones are brought up by `MIGRATIONS`. */
export const SNAPSHOT_VERSION = 1;

/** From each older version to the next: `MIGRATIONS[n]` takes version n. Version 0 had one `text` and `positions` as an object. */
const MIGRATIONS: Readonly<Record<number, (old: Loose) => Loose>> = {
  0: (old) => ({
    version: 1,
    files: typeof old['text'] === 'string' ? [{ id: 'pasted.yaml', text: old['text'] }] : old['files'],
    places: Object.entries(isLoose(old['positions']) ? old['positions'] : {}).map(([id, point]) => ({
      id,
      name: id,
      ...(isLoose(point) ? point : {}),
    })),
    selection: [],
  }),
};

type Loose = Readonly<Record<string, unknown>>;

/**
 * Reads what storage holds. Brings older versions up to this one; refuses data of a newer version and what is no snapshot. Places and
 * files that are not well formed are left out, the rest is kept.
 */
export function readSnapshot(data: unknown): Result<Snapshot> {
  if (!isLoose(data) || typeof data['version'] !== 'number') {
    return refuse('NO_SNAPSHOT', 'What was stored is not a workspace.');
  }
  if (data['version'] > SNAPSHOT_VERSION) {
    return refuse('NEWER_SNAPSHOT', 'The stored workspace was written by a newer Meshwright.', {
      remedy: 'Reload the page to get the newest one.',
    });
  }
  let now = data;
  for (let version = data['version']; version < SNAPSHOT_VERSION; version += 1) {
    const migrate = MIGRATIONS[version];
    if (migrate === undefined) return refuse('NO_SNAPSHOT', `Nobody knows workspaces of version ${version}.`);
    now = migrate(now);
  }
  return ok({
    version: SNAPSHOT_VERSION,
    files: listOf(now['files'], isSavedFile),
    places: listOf(now['places'], isSavedPlace),
    selection: listOf(now['selection'], (id): id is string => typeof id === 'string'),
  });
}

/** The snapshot after what the entry tells: files written, gone or put in another order, nodes placed. */
export function applyJournal(snapshot: Snapshot, entry: JournalEntry): Snapshot {
  const files = new Map(snapshot.files.map((file) => [file.id, file]));
  for (const file of entry.files) files.set(file.id, file);
  const order = entry.order ?? [...files.keys()];
  const places = new Map(snapshot.places.map((place) => [place.id, place]));
  for (const place of entry.places) places.set(place.id, place);
  return {
    version: SNAPSHOT_VERSION,
    files: order.map((id) => files.get(id)).filter((file) => file !== undefined),
    places: [...places.values()],
    selection: entry.selection,
  };
}

/** One entry that does what both do, the older first: autosave may wait while somebody types. */
export function mergeJournal(older: JournalEntry, newer: JournalEntry): JournalEntry {
  const files = new Map([...older.files, ...newer.files].map((file) => [file.id, file]));
  const places = new Map([...older.places, ...newer.places].map((place) => [place.id, place]));
  const order = newer.order ?? older.order;
  const there = order === undefined ? undefined : new Set<FileId>(order);
  return {
    version: SNAPSHOT_VERSION,
    files: [...files.values()].filter((file) => there === undefined || there.has(file.id)),
    ...(order === undefined ? {} : { order }),
    places: [...places.values()],
    selection: newer.selection,
  };
}

/** A file as storage holds it. */
export function savedFile({ id, text, readOnly, bytes }: WorkspaceFile): SavedFile {
  return { id, text, ...(readOnly === undefined ? {} : { readOnly }), ...(bytes === undefined ? {} : { bytes }) };
}

/** The places of the graph's nodes that `before` does not have so. */
export function savedPlaces(
  graph: Graph,
  positions: ReadonlyMap<NodeId, Point>,
  before: ReadonlyMap<NodeId, Point> = new Map(),
): readonly SavedPlace[] {
  if (positions === before) return [];
  const places: SavedPlace[] = [];
  for (const { id, name } of graph.nodes) {
    const point = positions.get(id);
    if (point !== undefined && before.get(id) !== point) places.push({ id, name, x: point.x, y: point.y });
  }
  return places;
}

/** What a new session remembers of places: by name only, since ids belong to the session that gave them. */
export function placesByName(places: readonly SavedPlace[]): PlaceMemory {
  return { byId: new Map(), byName: new Map(places.map(({ name, x, y }) => [name, { x, y }])) };
}

function listOf<T>(value: unknown, is: (item: unknown) => item is T): readonly T[] {
  return Array.isArray(value) ? value.filter(is) : [];
}

const isLoose = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isSavedFile(value: unknown): value is SavedFile {
  if (!isLoose(value) || typeof value['id'] !== 'string' || typeof value['text'] !== 'string') return false;
  const { readOnly, bytes } = value;
  return (
    (readOnly === undefined || typeof readOnly === 'string') && (bytes === undefined || bytes instanceof Uint8Array)
  );
}

function isSavedPlace(value: unknown): value is SavedPlace {
  if (!isLoose(value) || typeof value['id'] !== 'string' || typeof value['name'] !== 'string') return false;
  return Number.isFinite(value['x']) && Number.isFinite(value['y']);
}
