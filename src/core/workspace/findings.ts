import { changedPlaces } from '../base/keep.ts';
import { grouped, sameItems } from '../base/lists.ts';
import type { FileId, SlotId } from '../base/ids.ts';
import { takeSteps } from '../base/steps.ts';
import type { Steps } from '../base/steps.ts';
import { proveProblems, reportedSteps } from '../checks/index.ts';
import type { AnyProblem, MuteComment, Proof } from '../checks/index.ts';
import { idAt } from '../graph/index.ts';
import type { Graph } from '../graph/index.ts';
import type { Mesh } from '../mesh/index.ts';
import { formOfRequest } from '../routing/request-text.ts';
import { rangeOfPath } from '../yaml/index.ts';
import type { YamlDocument } from '../yaml/types.ts';
import { placeOfSlot } from './cuts.ts';
import { fileComments } from './file-comments.ts';
import { documentProblems, fileProblem, placeProblem } from './problems.ts';
import type { Problem, Projection, StandingDocument } from './types.ts';
import { stillTrue } from './untouched.ts';

/** What a check has to be told of the world. */
export interface Circumstances {
  /** The time as `YYYYMMDDhhmmssZ`, for certificates. What was found is found anew where it changes, so it is best rounded. */
  readonly now?: string | undefined;
}

/** Everything that is wrong in a workspace, edit by edit. */
export interface Findings {
  /** Checks the workspace as it is: all problems, file by file, in text order. */
  readonly check: (projection: Projection, circumstances?: Circumstances) => readonly Problem[];
  /** The same in steps. Whoever does not take all of them has checked nothing. */
  readonly checkInSteps: (projection: Projection, circumstances?: Circumstances) => Steps<readonly Problem[]>;
  /**
   * The problems that are known, where they stand now, before anything is checked: those of documents and resources that are gone are
   * gone too, and broken documents say only that.
   */
  readonly follow: (projection: Projection) => readonly Problem[];
  /**
   * Looks, in steps, for what only the routing engine can tell of what was checked last; the last step gives all problems. What was found so stays until the next
   * time, unless something changes that a way of names leads from.
   */
  readonly prove: (projection: Projection, circumstances?: Circumstances) => Generator<void, readonly Problem[]>;
  /** What a problem's id stands for, where checks found it. */
  readonly checked: (id: string) => AnyProblem | undefined;
}

type BySlot = ReadonlyMap<SlotId, readonly AnyProblem[]>;
const NONE: readonly AnyProblem[] = [];

/** What is known of a document: what it was made from, and the problems. */
interface Placed {
  readonly document: YamlDocument;
  readonly stale: boolean;
  readonly file: FileId;
  readonly mutes: readonly MuteComment[];
  readonly said: readonly AnyProblem[];
  readonly problems: readonly Problem[];
  /** The graph in which `at` of the problems was looked up, if it was. */
  readonly graph: Graph | undefined;
}

/** The documents that were looked at last, the places of those that have problems, and what was proven then. */
interface Looked {
  readonly documents: Projection['documents'];
  readonly loud: readonly number[];
  readonly more: BySlot;
}

/** The documents that something may be said of: those of last time, those that changed since, and those that `said` speaks of. */
function toLookAt(before: Looked, documents: Looked['documents'], said: readonly BySlot[]): readonly number[] {
  const changed = changedPlaces(before.documents, documents);
  if (changed === undefined) return documents.map((_, place) => place);
  const places = new Set([...before.loud, ...changed]);
  for (const some of said) for (const slot of some.keys()) places.add(placeOfSlot(documents, slot) ?? -1);
  return [...places].sort((a, b) => a - b);
}

/** What was said of a document; before it is checked again, of the objects that it still has. */
function saidOf(slot: StandingDocument, checks: BySlot, more: BySlot, isFresh: boolean): readonly AnyProblem[] {
  const own = checks.get(slot.slot) ?? NONE;
  const others = more.get(slot.slot);
  const all = others === undefined ? own : [...own, ...others];
  if (all.length === 0 || isFresh) return all;
  if (slot.stale) return NONE;
  const isThere = ({ resource }: AnyProblem): boolean => slot.resources.some(({ id }) => id === resource);
  return all.every(isThere) ? all : all.filter(isThere);
}

/** Finds what is wrong in one workspace after each edit; tests hold it against a fresh one. */
export function createFindings(): Findings {
  let checks: BySlot = new Map();
  let reported: readonly AnyProblem[] = [];
  let proven: readonly AnyProblem[] = [];
  let more: BySlot = new Map();
  /** The mesh that `proven` is true of. */
  let mesh: Mesh | undefined;
  let placed: ReadonlyMap<SlotId, Placed> = new Map();
  let problems: readonly Problem[] = [];
  let last: Projection | undefined;
  let at: Looked = { documents: [], loud: [], more };

  function place(projection: Projection, isFresh: boolean): readonly Problem[] {
    const { documents } = projection;
    const next = new Map<SlotId, Placed>();
    const found: Problem[] = [];
    const loud: number[] = [];
    const mutes = fileComments(projection);
    const places = toLookAt(at, documents, isFresh || more !== at.more ? [checks, more] : []);
    let nth = 0;
    for (const file of projection.files) {
      const closed = fileProblem(file);
      if (closed !== undefined) found.push(closed);
      for (; nth < places.length; nth += 1) {
        const number = places[nth] ?? -1;
        const slot = documents[number];
        if (slot && slot.file !== file.id) break;
        const said = slot ? saidOf(slot, checks, more, isFresh) : NONE;
        // Nearly all documents are quiet.
        if (!slot || (said.length === 0 && slot.document.problems.length === 0 && !slot.stale)) continue;
        const before = placed.get(slot.slot);
        const graph = isFresh ? projection.graph : undefined;
        const now = placeSlot(slot, said, mutes.get(file.id) ?? NO_COMMENTS, before, graph);
        next.set(slot.slot, now);
        loud.push(number);
        for (const problem of now.problems) found.push(problem);
      }
    }
    placed = next;
    at = { documents, loud, more };
    if (!sameItems(problems, found)) problems = found;
    return problems;
  }

  /** Lets go of what was proven in another mesh and may not hold in this one. */
  function keepTrue(now: Mesh): void {
    const left = mesh === undefined ? [] : stillTrue(proven, mesh, now);
    mesh = now;
    if (left === proven) return;
    proven = left;
    more = grouped(left, slotOf);
  }

  function* checkInSteps(projection: Projection, circumstances: Circumstances = {}): Steps<readonly Problem[]> {
    const options = optionsFor(projection, circumstances);
    const found = yield* reportedSteps(projection.resources, projection.mesh, options);
    yield;
    keepTrue(projection.mesh);
    reported = found;
    checks = grouped(reported, slotOf);
    last = projection;
    return place(projection, true);
  }

  return {
    check: (projection, circumstances) => takeSteps(checkInSteps(projection, circumstances)),
    checkInSteps,
    follow: (projection) => {
      if (projection === last) return problems;
      keepTrue(projection.mesh);
      return place(projection, false);
    },
    *prove(projection, circumstances = {}) {
      const options = optionsFor(projection, circumstances);
      const found = yield* proveProblems(projection.resources, projection.mesh, reported, options);
      if (projection !== last) return problems;
      proven = found;
      more = grouped(found, slotOf);
      mesh = projection.mesh;
      return place(projection, true);
    },
    checked: (id) => {
      for (const [slot, { said }] of placed) for (const problem of said) if (idOf(slot, problem) === id) return problem;
      return undefined;
    },
  };
}

function optionsFor(projection: Projection, { now }: Circumstances) {
  const comments = fileComments(projection);
  return { now, muted: true, fileMutes: (file: FileId): readonly MuteComment[] => comments.get(file) ?? NO_COMMENTS };
}

function placeSlot(
  slot: StandingDocument,
  said: readonly AnyProblem[],
  mutes: readonly MuteComment[],
  before: Placed | undefined,
  graph: Graph | undefined,
): Placed {
  const { document, stale, file } = slot;
  const same =
    before?.document === document &&
    before.stale === stale &&
    before.file === file &&
    sameItems(before.mutes, mutes) &&
    sameItems(before.said, said);
  if (same && (graph === undefined || before.graph === graph)) return before;
  const known = new Map(before?.problems.map((problem) => [problem.id, problem]));
  const local = [
    ...documentProblems(slot, mutes),
    ...said.map((problem) => {
      const { code, istioCode, severity, message, remedy, resource, source, by, muted, proof } = problem;
      const range = rangeOfPath(document, source.path);
      const id = idOf(slot.slot, problem);
      // The graph is looked into when there is time.
      const at = graph === undefined ? known.get(id)?.at : idAt(graph, slot.slot, source.path);
      return {
        id,
        code,
        istioCode,
        severity,
        message,
        remedy,
        range,
        resource,
        at,
        by,
        mutable: true,
        muted,
        proof: proof && proofOf(proof),
      };
    }),
  ];
  const problems = local
    .sort((a, b) => a.range.from - b.range.from)
    .map((problem) => keepObject(known.get(problem.id), placeProblem(slot, problem)));
  return { document, stale, file, mutes, said, graph, problems };
}

const proofs = new WeakMap<Proof, NonNullable<Problem['proof']>>();

/** A proof as the Request panel can send it; kept with it. */
function proofOf(proof: Proof): NonNullable<Problem['proof']> {
  let shown = proofs.get(proof);
  if (shown === undefined) {
    shown = { form: formOfRequest(proof.request, proof.proxy), says: proof.says };
    proofs.set(proof, shown);
  }
  return shown;
}

const idOf = (slot: SlotId, { code, message, source }: AnyProblem): string =>
  `${slot} ${code} ${source.path.join('.')} ${message}`;

const NO_COMMENTS: readonly MuteComment[] = [];

const slotOf = ({ source }: AnyProblem): SlotId => source.slot;

function keepObject(before: Problem | undefined, after: Problem): Problem {
  if (before === undefined) return after;
  const { range: was, by: saidBefore, muted: mutedBefore, ...rest } = before;
  const { range, by, muted, ...now } = after;
  const same =
    was.from === range.from &&
    was.to === range.to &&
    sameItems(saidBefore, by) &&
    mutedBefore?.by === muted?.by &&
    mutedBefore?.because === muted?.because &&
    // Both are what is left of a Problem.
    Object.entries(now).every(([key, value]) => rest[key as keyof typeof rest] === value);
  return same ? before : after;
}
