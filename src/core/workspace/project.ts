import type { FileId } from '../base/ids.ts';
import { sameItems } from '../base/lists.ts';
import type { PatchedMap } from '../base/patched-map.ts';
import { buildGraph } from '../graph/index.ts';
import type { Graph } from '../graph/index.ts';
import { assignIds } from '../istio/index.ts';
import type { Resource } from '../istio/types.ts';
import { buildMesh } from '../mesh/build-mesh.ts';
import type { Mesh } from '../mesh/types.ts';
import { keepSlotPlaces, ofDocuments, slotsOf, spliced, splicedNumbers } from './cuts.ts';
import type { FileCut } from './cuts.ts';
import type { DocumentSlot, StandingDocument, WorkspaceFile } from './types.ts';

/** What follows from the texts alone, before places and selection. */
export interface Reading {
  readonly files: readonly WorkspaceFile[];
  readonly cuts: PatchedMap<FileId, FileCut>;
  readonly listed: Listed;
  /** Resources as their documents have them, before each has an id of its own. */
  readonly declared: readonly Resource[];
  readonly resources: readonly Resource[];
  readonly mesh: Mesh;
  readonly graph: Graph;
}

/** The documents of all files, with the offset and the line (from 1) at which each begins in its file. */
interface Listed {
  readonly documents: readonly StandingDocument[];
  readonly starts: Uint32Array;
  readonly startLines: Uint32Array;
}

/** Reads the workspace from its cut files. What did not change since `before` is the same object as there. */
export function readWorkspace(
  files: readonly WorkspaceFile[],
  cuts: PatchedMap<FileId, FileCut>,
  before: Reading | undefined,
): Reading {
  const { listed, declared } = listAll(files, cuts, before);
  const known = before && { declared: before.declared, assigned: before.resources };
  const resources = keep(before?.resources, assignIds(declared, known));
  const mesh = resources === before?.resources ? before.mesh : buildMesh(resources, {}, before?.mesh);
  const graph = mesh === before?.mesh ? before.graph : buildGraph(mesh, before?.graph);
  return { files, cuts, listed, declared, resources, mesh, graph };
}

/** All documents with their places. */
export function slotsIn({ files, cuts }: Reading): readonly DocumentSlot[] {
  const lists = files.flatMap((file) => {
    const cut = cuts.get(file.id);
    return cut ? [slotsOf(cut)] : [];
  });
  return lists.length === 1 ? (lists[0] ?? []) : lists.flat();
}

type Lists = Pick<Reading, 'listed' | 'declared'>;

const linesOf = new WeakMap<Uint32Array, { readonly pieceOf: Uint32Array; readonly lines: Uint32Array }>();

/** The line of each document in its file; the same list for the same places. */
function startLinesOf(cut: FileCut): Uint32Array {
  const known = linesOf.get(cut.above);
  if (known?.pieceOf === cut.pieceOf) return known.lines;
  const lines = ofDocuments(cut, cut.above).map((breaks) => breaks + 1);
  linesOf.set(cut.above, { pieceOf: cut.pieceOf, lines });
  return lines;
}

function listsOf(cut: FileCut): Lists {
  const { documents, declared } = cut;
  return { listed: { documents, starts: ofDocuments(cut, cut.starts), startLines: startLinesOf(cut) }, declared };
}

function listAll(
  files: readonly WorkspaceFile[],
  cuts: PatchedMap<FileId, FileCut>,
  before: Reading | undefined,
): Lists {
  const [first, second] = files;
  const only = second === undefined && first !== undefined ? cuts.get(first.id) : undefined;
  const lists = only ? listsOf(only) : (listSome(files, cuts, before) ?? joined(files, cuts));
  if (before === undefined) return lists;
  const { documents, starts, startLines } = lists.listed;
  const was = before.listed;
  return {
    declared: keep(before.declared, lists.declared),
    listed: {
      documents: keep(was.documents, documents),
      starts: sameItems(was.starts, starts) ? was.starts : starts,
      startLines: sameItems(was.startLines, startLines) ? was.startLines : startLines,
    },
  };
}

/** The lists where few of many files changed: only their stretches are put in. `undefined` where it is not known which these are. */
function listSome(
  files: readonly WorkspaceFile[],
  cuts: PatchedMap<FileId, FileCut>,
  before: Reading | undefined,
): Lists | undefined {
  const changed = before && cuts.changedSince(before.cuts);
  if (changed === undefined || changed.size > FEW || before?.files.length !== files.length) return undefined;
  if (files.some((file, index) => file !== before.files[index] && file.id !== before.files[index]?.id))
    return undefined;
  let { declared, listed } = before;
  for (const id of changed) {
    const [old, cut] = [before.cuts.get(id), cuts.get(id)];
    const [document, resource] = [old?.documents[0], old?.declared[0]];
    // Where a file without any stands in the lists, they do not say.
    if (!old || !cut || document === undefined || resource === undefined) return undefined;
    const from = listed.documents.indexOf(document);
    const to = from + old.documents.length;
    const at = declared.indexOf(resource);
    const now = listsOf(cut);
    const documents = spliced(listed.documents, from, to, cut.documents);
    keepSlotPlaces(listed.documents, documents, from, to);
    listed = {
      documents,
      starts: splicedNumbers(listed.starts, from, to, now.listed.starts),
      startLines: splicedNumbers(listed.startLines, from, to, now.listed.startLines),
    };
    declared = spliced(declared, at, at + old.declared.length, cut.declared);
  }
  return { listed, declared };
}
const FEW = 8;

/** The lists of all files one behind the other. */
function joined(files: readonly WorkspaceFile[], cuts: PatchedMap<FileId, FileCut>): Lists {
  const documents: StandingDocument[] = [];
  const declared: Resource[] = [];
  const starts: number[] = [];
  const startLines: number[] = [];
  for (const file of files) {
    const cut = cuts.get(file.id);
    if (cut === undefined) continue;
    const { listed } = listsOf(cut);
    for (const document of cut.documents) documents.push(document);
    for (const resource of cut.declared) declared.push(resource);
    for (const start of listed.starts) starts.push(start);
    for (const line of listed.startLines) startLines.push(line);
  }
  const listed = { documents, starts: Uint32Array.from(starts), startLines: Uint32Array.from(startLines) };
  return { listed, declared };
}

/** The old list where the new one holds the same things. */
function keep<T>(before: readonly T[] | undefined, after: readonly T[]): readonly T[] {
  return before !== undefined && sameItems(before, after) ? before : after;
}
