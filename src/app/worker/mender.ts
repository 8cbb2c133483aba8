import { refuse } from '../../core/base/result.ts';
import type { CheckProblem } from '../../core/checks/index.ts';
import type { Fix, FixAllOptions } from '../../core/fixes/index.ts';
import type { PlanResult, Projection } from '../../core/workspace/types.ts';
import type { FromWorker, ToWorker } from './protocol.ts';

type Message<Kind extends ToWorker['kind']> = Extract<ToWorker, { kind: Kind }>;

/** The part of the core that knows ways out. */
export interface Ways {
  readonly fixesFor: (projection: Projection, problem: CheckProblem) => readonly Fix[];
  readonly fixAll: (projection: Projection, code: string, options?: FixAllOptions) => PlanResult;
  readonly planMute: (projection: Projection, problem: CheckProblem) => PlanResult;
}

/**
 * Answers which ways there are out of a problem, and plans the one that was chosen. The code for it is loaded when it is first asked for;
 * questions that come before are answered for the workspace as it is by then.
 */
export class Mender {
  private readonly load: () => Promise<Ways>;
  private readonly post: (message: FromWorker) => void;
  private readonly problemOf: (id: string) => CheckProblem | undefined;
  private ways: Ways | undefined;

  constructor(
    load: () => Promise<Ways>,
    post: (message: FromWorker) => void,
    problemOf: (id: string) => CheckProblem | undefined,
  ) {
    this.load = load;
    this.post = post;
    this.problemOf = problemOf;
  }

  /** Posts the fixes of a problem; none for one that is gone. */
  list(projection: () => Projection, { id, problem }: Message<'fixes'>): void {
    const answer = (ways: Ways): void => {
      const found = this.problemOf(problem);
      const fixes = found === undefined ? [] : ways.fixesFor(projection(), found);
      const told = fixes.map((fix) => ({ id: fix.id, title: fix.title, kind: fix.kind }));
      this.post({ kind: 'fixes', id, fixes: told });
    };
    if (this.ways) answer(this.ways);
    else
      void this.load().then((ways) => {
        this.ways = ways;
        answer(ways);
      });
  }

  /** The plan of a way that was chosen. */
  plan(projection: Projection, { problem, way }: Message<'mend'>): PlanResult {
    const found = this.problemOf(problem);
    if (!this.ways || found === undefined) return refuse('GONE', 'The problem is no longer there.');
    if (way.kind === 'mute') return this.ways.planMute(projection, found);
    if (way.kind === 'all') return this.ways.fixAll(projection, found.code, {});
    const fix = this.ways.fixesFor(projection, found).find(({ id }) => id === way.fix);
    return fix?.plan() ?? refuse('GONE', 'This fix is no longer possible.', { remedy: 'Ask for the fixes again.' });
  }
}
