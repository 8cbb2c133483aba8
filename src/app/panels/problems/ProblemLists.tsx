import { lazy, Suspense, useMemo, useState, type JSX } from 'react';
import { useAppState } from '../../state/index.ts';
import { countOf } from '../text.ts';
import { countBySeverity, problemRows, SEVERITIES, type ProblemFilter, type ProblemRow } from './problem-rows.ts';
import { ProblemFilters } from './ProblemFilters.tsx';
import { moveFocus, ProblemLine } from './ProblemLine.tsx';
import { useCurrentProblem } from './problem-walk.ts';

/** Lists up to this length are shown whole; longer ones only where one looks, with code that is loaded for them. */
const MOST_WHOLE = 100;
const VirtualList = lazy(() =>
  import('./VirtualProblemList.tsx').then(({ VirtualProblemList }) => ({ default: VirtualProblemList })),
);

function ProblemList({ rows }: { readonly rows: readonly ProblemRow[] }): JSX.Element {
  const current = useCurrentProblem();
  if (rows.length > MOST_WHOLE) {
    return (
      <Suspense fallback={null}>
        <VirtualList rows={rows} />
      </Suspense>
    );
  }
  return (
    <div className="pn-problems-scroll" onKeyDown={moveFocus} tabIndex={-1}>
      <div role="list" aria-label="Problems by resource">
        {rows.map((row) => (
          <div key={row.id} role="listitem">
            <ProblemLine row={row} current={current} />
          </div>
        ))}
      </div>
    </div>
  );
}

/** All problems, grouped by resource, with filters; a click shows the place in text, canvas and inspector. */
export function ProblemLists(): JSX.Element {
  const problems = useAppState((state) => state.problems);
  const all = useAppState((state) => state.allProblems);
  const eyes = useAppState((state) => state.eyes);
  const [filter, setFilter] = useState<ProblemFilter>({ severities: new Set(SEVERITIES), text: '' });
  const [showMuted, setShowMuted] = useState(false);
  const seen = useMemo(() => all.filter(({ by }) => by.some((who) => eyes.has(who))), [all, eyes]);
  const muted = seen.length - problems.length;
  const listed = showMuted && muted > 0 ? seen : problems;
  const counts = useMemo(() => countBySeverity(listed), [listed]);
  const rows = useMemo(() => problemRows(listed, filter), [listed, filter]);
  return (
    <div className="pn-problems">
      <ProblemFilters
        counts={counts}
        filter={filter}
        onFilter={setFilter}
        muted={muted}
        showMuted={showMuted}
        onShowMuted={setShowMuted}
      />
      {rows.length === 0 ? <Hidden all={all.length} listed={listed.length} /> : <ProblemList rows={rows} />}
    </div>
  );
}

/** Says why nothing is listed although something is wrong. */
function Hidden({ all, listed }: { readonly all: number; readonly listed: number }): JSX.Element {
  return (
    <p className="ui-empty">
      {listed === 0
        ? `${countOf(all, 'problem')}, all muted or seen by others than those chosen above.`
        : `${countOf(listed, 'problem')}, none of which the filter lets through.`}
    </p>
  );
}
