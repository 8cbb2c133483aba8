import type { FileId } from '../base/ids.ts';
import { buildGraph } from '../graph/index.ts';
import type { Graph } from '../graph/index.ts';
import { assignIds } from '../istio/index.ts';
import type { Resource } from '../istio/types.ts';
import { buildMesh } from '../mesh/build-mesh.ts';
import type { Mesh } from '../mesh/types.ts';
import type { FileCut } from './documents.ts';
import type { DocumentSlot, WorkspaceFile } from './types.ts';

/** What follows from the texts alone, before places and selection. */
export interface Reading {
  readonly files: readonly WorkspaceFile[];
  readonly cuts: ReadonlyMap<FileId, FileCut>;
  readonly slots: readonly DocumentSlot[];
  /** Resources as their documents have them, before each has an id of its own. */
  readonly declared: readonly Resource[];
  readonly resources: readonly Resource[];
  readonly mesh: Mesh;
  readonly graph: Graph;
}

/** Reads the workspace from its cut files. What did not change since `before` is the same object as there. */
export function readWorkspace(
  files: readonly WorkspaceFile[],
  cuts: ReadonlyMap<FileId, FileCut>,
  before: Reading | undefined,
): Reading {
  const inOrder = files.map((file) => cuts.get(file.id)).filter((cut) => cut !== undefined);
  const declared = keep(
    before?.declared,
    joined(inOrder, (cut) => cut.declared),
  );
  const slots = keep(
    before?.slots,
    joined(inOrder, (cut) => cut.slots),
  );
  const known = before && { declared: before.declared, assigned: before.resources };
  const resources = keep(before?.resources, assignIds(declared, known));
  const mesh = resources === before?.resources ? before.mesh : buildMesh(resources, {}, before?.mesh);
  const graph = mesh === before?.mesh ? before.graph : buildGraph(mesh, before?.graph);
  return { files, cuts, slots, declared, resources, mesh, graph };
}

/** The lists of all files one behind the other; that of a single file itself. */
function joined<T>(cuts: readonly FileCut[], listOf: (cut: FileCut) => readonly T[]): readonly T[] {
  const [first, second] = cuts;
  if (first !== undefined && second === undefined) return listOf(first);
  const all: T[] = [];
  for (const cut of cuts) for (const item of listOf(cut)) all.push(item);
  return all;
}

/** The old list where the new one holds the same things. */
function keep<T>(before: readonly T[] | undefined, after: readonly T[]): readonly T[] {
  if (before === undefined || before.length !== after.length) return after;
  for (let index = 0; index < after.length; index += 1) if (before[index] !== after[index]) return after;
  return before;
}
