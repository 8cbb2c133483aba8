import { fileId } from '../../base/ids.ts';
import { createSession } from '../../workspace/index.ts';
import type { Session } from '../../workspace/index.ts';
import { copyWith } from '../copy.ts';
import { proposalsFor, verifiedPlan } from '../fixes-for.ts';
import type { FixableProblem, Judge } from '../types.ts';
import { isMisfit, isSame, judgeAll } from '../verify.ts';

/** What became of a problem's fixes. */
export interface Surveyed {
  readonly code: string;
  readonly message: string;
  readonly offered: readonly string[];
  /** `id: CODE why`. */
  readonly refused: readonly string[];
  /** What went wrong with an offered one: empty, or a bug. */
  readonly faults: readonly string[];
}

const texts = (session: Session): readonly string[] => session.projection().files.map(({ text }) => text);
const said = (problems: readonly FixableProblem[]): string =>
  problems
    .map(({ code, resource, source, message }) => [code, resource, ...source.path, message].join(' '))
    .sort()
    .join('\n');

/** Applies an offered plan through the session and takes it back; gives what is wrong with that. */
function tryPlan(
  session: Session,
  problem: FixableProblem,
  plan: ReturnType<typeof verifiedPlan>,
  judge: Judge,
): string[] {
  if (plan.kind === 'refused') return [];
  const before = session.projection();
  const [textsBefore, known] = [texts(session), judge(before)];
  const copy = copyWith(before, plan.value);
  const { label, changes, addFiles, selectAt } = plan.value;
  const done = session.transact({
    origin: 'quickfix',
    label,
    at: 0,
    changes,
    selectAt,
    ...(addFiles ? { addFiles } : {}),
  });
  if (done.kind === 'refused') return [`is not applied: ${done.message}`];
  const faults: string[] = [];
  const after = judge(session.projection());
  if (after.some((one) => isSame(one, problem)) && !known.some((one) => one !== problem && one.code === problem.code))
    faults.push('leaves the problem');
  if (after.length >= known.length && !isMisfit(problem)) faults.push('leaves as many problems');
  if (copy.kind === 'refused' || said(judge(copy.value)) !== said(after)) faults.push('was verified on another text');
  const broken = session.projection().slots.filter(({ document }) => document.broken).length;
  if (broken > before.slots.filter(({ document }) => document.broken).length) faults.push('breaks the YAML');
  session.undo();
  if (JSON.stringify(texts(session)) !== JSON.stringify(textsBefore)) faults.push('can’t be undone');
  return faults;
}

/** Tries every fix of every problem of some files, one by one. */
export function surveyFixes(files: Readonly<Record<string, string>>, judge: Judge = judgeAll): readonly Surveyed[] {
  const session = createSession({ files: Object.entries(files).map(([name, text]) => ({ id: fileId(name), text })) });
  const out: Surveyed[] = [];
  const count = judge(session.projection()).length;
  for (let index = 0; index < count; index += 1) {
    const projection = session.projection();
    const problem = judge(projection)[index];
    if (problem === undefined) continue;
    const offered: string[] = [];
    const refused: string[] = [];
    const faults: string[] = [];
    for (const proposal of proposalsFor(projection, problem)) {
      const plan = verifiedPlan(projection, problem, proposal, judge);
      if (plan.kind === 'refused') {
        refused.push(`${proposal.id}: ${plan.code} ${plan.remedy ?? plan.message}`);
        continue;
      }
      offered.push(proposal.id);
      faults.push(...tryPlan(session, problem, plan, judge).map((fault) => `${proposal.id} ${fault}`));
    }
    out.push({ code: problem.code, message: problem.message, offered, refused, faults });
  }
  return out;
}
