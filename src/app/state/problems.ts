import { sameItems } from '../../core/base/lists.ts';
import type { FileId, SlotId } from '../../core/base/ids.ts';
import type { TextRange } from '../../core/base/result.ts';
import type { Problem } from '../../core/workspace/types.ts';
import { readPreference, writePreference } from '../platform/preferences.ts';
import type { ProblemsDelta } from '../worker/protocol.ts';
import type { AppState, Eyes, ProblemPlace } from './types.ts';

/** Who can say something of a configuration, in the order in which it meets them. */
export const EYES: readonly Eyes[] = ['apiServer', 'webhook', 'istioctl', 'kiali', 'meshwright'];

const isEyes = (value: unknown): value is readonly Eyes[] =>
  Array.isArray(value) && value.every((item) => EYES.some((eyes) => eyes === item));

/** Whose eyes were chosen here before; everybody's at first. */
export function rememberedEyes(): ReadonlySet<Eyes> {
  return new Set(readPreference('eyes', isEyes, EYES));
}

/** Remembers whose eyes were chosen. */
export function rememberEyes(eyes: ReadonlySet<Eyes>): void {
  writePreference('eyes', [...eyes]);
}

/** The problems that are shown: what these eyes see and nothing mutes. The same list where that is all. */
export function seenBy(problems: readonly Problem[], eyes: ReadonlySet<Eyes>): readonly Problem[] {
  const isSeen = ({ by, muted }: Problem): boolean => muted === undefined && by.some((who) => eyes.has(who));
  return problems.every(isSeen) ? problems : problems.filter(isSeen);
}

/** What a delta of the problems changes of the state. */
export function applyProblems(state: AppState, delta: ProblemsDelta): Partial<AppState> {
  const changes: { -readonly [Key in keyof AppState]?: AppState[Key] } = {};
  if (delta.problems) {
    const { from, to, items } = delta.problems;
    const all = [...state.allProblems.slice(0, from), ...items, ...state.allProblems.slice(to)];
    const problems = seenBy(all, state.eyes);
    changes.allProblems = all;
    if (!sameItems(problems, state.problems)) changes.problems = problems;
  }
  if (delta.problemPlaces) {
    const { slots = [...state.problemPlaces.keys()], from, lines } = delta.problemPlaces;
    changes.problemPlaces = new Map<SlotId, ProblemPlace>(
      slots.map((slot, at) => [slot, { from: from[at] ?? 0, line: lines[at] ?? 1 }]),
    );
  }
  return changes;
}

/** The place of a problem in its file as it stands now; line and column from 1. */
export function placeOfProblem(
  { slot, range, line, column }: Problem,
  places: AppState['problemPlaces'],
): { readonly range: TextRange; readonly line: number; readonly column: number } {
  const start = (slot === undefined ? undefined : places.get(slot)) ?? { from: 0, line: 1 };
  return { range: { from: start.from + range.from, to: start.from + range.to }, line: start.line + line, column };
}

/** Errors and warnings; information is not counted. */
export interface ProblemCount {
  readonly errors: number;
  readonly warnings: number;
}
export const NO_PROBLEMS: ProblemCount = { errors: 0, warnings: 0 };

interface Counts {
  readonly all: ProblemCount;
  readonly byFile: ReadonlyMap<FileId, ProblemCount>;
  /** By node, row or destination of the graph. */
  readonly bySpot: ReadonlyMap<string, ProblemCount>;
  /** By resource, of what belongs to nothing on the graph. */
  readonly byResource: ReadonlyMap<string, ProblemCount>;
}
const counted = new WeakMap<readonly Problem[], Counts>();

/** How many problems there are, and of what. Counted once for each list of problems, however many ask. */
export function countsOf(problems: readonly Problem[]): Counts {
  let counts = counted.get(problems);
  if (counts === undefined) counted.set(problems, (counts = count(problems)));
  return counts;
}

function count(problems: readonly Problem[]): Counts {
  const byFile = new Map<FileId, ProblemCount>();
  const bySpot = new Map<string, ProblemCount>();
  const byResource = new Map<string, ProblemCount>();
  let all = NO_PROBLEMS;
  for (const { severity, file, at, resource } of problems) {
    if (severity === 'info') continue;
    const add = (to: ProblemCount | undefined): ProblemCount => addCounts(to ?? NO_PROBLEMS, ONE[severity]);
    all = add(all);
    byFile.set(file, add(byFile.get(file)));
    if (at !== undefined) bySpot.set(at, add(bySpot.get(at)));
    else if (resource !== undefined) byResource.set(resource, add(byResource.get(resource)));
  }
  return { all, byFile, bySpot, byResource };
}

const ONE = { error: { errors: 1, warnings: 0 }, warning: { errors: 0, warnings: 1 } } as const;

/** Both together. */
export function addCounts(a: ProblemCount, b: ProblemCount): ProblemCount {
  return { errors: a.errors + b.errors, warnings: a.warnings + b.warnings };
}
