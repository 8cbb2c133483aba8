import type { GraphNode, GraphRow } from '../../../core/graph/types.ts';
import type { Problem } from '../../../core/workspace/types.ts';
import { addCounts, countsOf, NO_PROBLEMS, type ProblemCount } from '../../state/index.ts';

type Problems = readonly Problem[];
type Kept = WeakMap<GraphNode | GraphRow, ProblemCount>;
const kept = new WeakMap<Problems, Kept>();

/** Each card asks after each change of the state, whatever it is: what was summed up once is kept with the list. */
function sumOnce(problems: Problems, of: GraphNode | GraphRow, sum: () => ProblemCount): ProblemCount {
  let known = kept.get(problems);
  if (known === undefined) kept.set(problems, (known = new WeakMap()));
  let count = known.get(of);
  if (count === undefined) known.set(of, (count = sum()));
  return count;
}

const spotsOf = (row: GraphRow): readonly string[] =>
  row.kind === 'rule' ? [row.id, ...row.destinations.map(({ id }) => id)] : [row.id];

/** The problems of a row, or of a node with all of its rows. */
export function problemsAt(problems: Problems, node: GraphNode, row: GraphRow | undefined): Problems {
  const spots = new Set(row ? spotsOf(row) : [node.id, ...node.rows.flatMap(spotsOf)]);
  return problems.filter(({ at, resource }) =>
    at === undefined ? !row && resource !== undefined && resource === node.resource : spots.has(at),
  );
}

/** Problems of a row, with those of its destinations. */
export function problemsOfRow(problems: Problems, row: GraphRow): ProblemCount {
  if (problems.length === 0) return NO_PROBLEMS;
  return sumOnce(problems, row, () => {
    const { bySpot } = countsOf(problems);
    const own = bySpot.get(row.id) ?? NO_PROBLEMS;
    if (row.kind !== 'rule') return own;
    return row.destinations.reduce((sum, { id }) => addCounts(sum, bySpot.get(id) ?? NO_PROBLEMS), own);
  });
}

/** Problems of a node with all of its rows. */
export function problemsOfNode(problems: Problems, node: GraphNode): ProblemCount {
  if (problems.length === 0) return NO_PROBLEMS;
  return sumOnce(problems, node, () => {
    const { bySpot, byResource } = countsOf(problems);
    const resource = node.resource === undefined ? undefined : byResource.get(node.resource);
    const own = addCounts(bySpot.get(node.id) ?? NO_PROBLEMS, resource ?? NO_PROBLEMS);
    return node.rows.reduce((sum, row) => addCounts(sum, problemsOfRow(problems, row)), own);
  });
}
