import { useMemo, type JSX } from 'react';
import type { GraphNode, GraphRow } from '../../../core/graph/types.ts';
import { actions, useAppState } from '../../state/index.ts';
import { Icon } from '../../ui/index.ts';
import { countOf } from '../text.ts';
import { goToProblem } from './go-to-problem.ts';
import { SEVERITY_NAMES } from './problem-rows.ts';
import { ProblemMenu } from './ProblemMenu.tsx';

/** More are in the Problems panel. */
const MOST = 3;

const rowSpots = (row: GraphRow): readonly string[] =>
  row.kind === 'rule' ? [row.id, ...row.destinations.map(({ id }) => id)] : [row.id];

interface Props {
  /** The node that is picked or holds what is, and the row, where it is one. */
  readonly node: GraphNode | undefined;
  readonly row: GraphRow | undefined;
  readonly resource: string | undefined;
}

/** What is wrong with the thing that is picked and all in it, with what can be done about it. */
export function PickedProblems({ node, row, resource }: Props): JSX.Element | null {
  const problems = useAppState((state) => state.problems);
  const own = useMemo(() => {
    const spots = new Set(row ? rowSpots(row) : node ? [node.id, ...node.rows.flatMap(rowSpots)] : []);
    return problems.filter((problem) =>
      problem.at === undefined
        ? !row && problem.resource !== undefined && problem.resource === resource
        : spots.has(problem.at),
    );
  }, [problems, node, row, resource]);
  if (own.length === 0) return null;
  return (
    <div role="group" className="pn-picked-problems" aria-label="Problems of what is picked">
      {own.slice(0, MOST).map((problem) => (
        <div key={problem.id} className="pn-picked-problem">
          <span className={`pn-problem-sign pn-${problem.severity}`}>
            <Icon name={problem.severity} size={14} />
            <span className="ui-hidden">{SEVERITY_NAMES[problem.severity]}</span>
          </span>
          <button
            type="button"
            className="pn-picked-words"
            title={problem.message}
            onClick={() => goToProblem(problem)}
          >
            {problem.message}
          </button>
          <ProblemMenu problem={problem} tabbable />
        </div>
      ))}
      {own.length > MOST ? (
        <button type="button" className="pn-picked-more" onClick={() => actions.setBottomTab('problems')}>
          {countOf(own.length - MOST, 'more problem')} below
        </button>
      ) : null}
    </div>
  );
}
