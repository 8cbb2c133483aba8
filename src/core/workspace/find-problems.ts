import type { FileId, SlotId } from '../base/ids.ts';
import { meshProblems } from '../mesh/index.ts';
import type { Mesh, MeshProblem } from '../mesh/index.ts';
import { rangeOfPath } from '../yaml/index.ts';
import type { FileCut } from './documents.ts';
import { documentProblems, fileProblem, placeProblems, segmentLines } from './problems.ts';
import type { LocalProblem } from './problems.ts';
import type { DocumentSlot, Problem, WorkspaceFile } from './types.ts';

/** Everything that is wrong in the workspace, file by file, in text order. Problems that did not change or move are the same objects. */
export function findProblems(
  files: readonly WorkspaceFile[],
  cuts: ReadonlyMap<FileId, FileCut>,
  mesh: Mesh,
): readonly Problem[] {
  const meshed = meshedBySlot(mesh);
  const found: Problem[] = [];
  for (const file of files) {
    const closed = fileProblem(file);
    if (closed !== undefined) found.push(closed);
    const cut = cuts.get(file.id);
    if (cut === undefined) continue;
    const lines = segmentLines(cut);
    cut.slotAt.forEach((slot, index) => {
      // Nearly all documents are quiet, and they cost a millisecond for each key when looked up one by one.
      if (slot === undefined || (slot.document.problems.length === 0 && !slot.stale && !meshed.has(slot.slot))) return;
      found.push(...problemsOf(slot, lines[index] ?? 1, meshed.get(slot.slot) ?? NONE));
    });
  }
  return found;
}

const NONE: readonly MeshProblem[] = [];

interface Kept {
  readonly line: number;
  readonly meshed: readonly MeshProblem[];
  readonly problems: readonly Problem[];
}
const kept = new WeakMap<DocumentSlot, Kept>();

function problemsOf(slot: DocumentSlot, line: number, meshed: readonly MeshProblem[]): readonly Problem[] {
  const before = kept.get(slot);
  if (before?.line === line && sameList(before.meshed, meshed)) return before.problems;
  const own = documentProblems(slot);
  const more = slot.stale ? [] : meshed.map((problem) => localOf(slot, problem));
  const all = more.length === 0 ? own : [...own, ...more].sort((a, b) => a.range.from - b.range.from);
  const problems = placeProblems(slot, line, all, slot.file);
  kept.set(slot, { line, meshed, problems });
  return problems;
}

function localOf(slot: DocumentSlot, problem: MeshProblem): LocalProblem {
  const { code, severity, message, remedy, resource, source } = problem;
  const range = rangeOfPath(slot.document, source.path);
  return { code, severity, message, range, resource, ...(remedy === undefined ? {} : { remedy }) };
}

function meshedBySlot(mesh: Mesh): ReadonlyMap<SlotId, readonly MeshProblem[]> {
  const bySlot = new Map<SlotId, MeshProblem[]>();
  for (const problem of meshProblems(mesh)) {
    const list = bySlot.get(problem.source.slot);
    if (list === undefined) bySlot.set(problem.source.slot, [problem]);
    else list.push(problem);
  }
  return bySlot;
}

function sameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
