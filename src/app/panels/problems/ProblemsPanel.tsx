import { lazy, Suspense, useMemo, useState, type JSX } from 'react';
import { useAppState } from '../../state/index.ts';
import { Icon, KeyCap } from '../../ui/index.ts';
import { countOf } from '../text.ts';
import {
  countBySeverity,
  problemRows,
  SEVERITIES,
  SEVERITY_NAMES,
  type ProblemRow,
  type Severity,
} from './problem-rows.ts';
import { moveFocus, ProblemLine } from './ProblemLine.tsx';
import { useCurrentProblem } from './problem-walk.ts';

/** Lists up to this length are shown whole; longer ones only where one looks, with code that is loaded for them. */
const MOST_WHOLE = 200;
const VirtualList = lazy(() =>
  import('./VirtualProblemList.tsx').then(({ VirtualProblemList }) => ({ default: VirtualProblemList })),
);

interface FilterProps {
  readonly counts: Readonly<Record<Severity, number>>;
  readonly shown: ReadonlySet<Severity>;
  readonly onToggle: (severity: Severity) => void;
}

function Filters({ counts, shown, onToggle }: FilterProps): JSX.Element {
  return (
    <div className="pn-filters" role="group" aria-label="Severities shown">
      {SEVERITIES.map((severity) => (
        <button
          key={severity}
          type="button"
          className={`pn-filter pn-${severity}`}
          aria-pressed={shown.has(severity)}
          onClick={() => onToggle(severity)}
        >
          <Icon name={severity} size={14} />
          {countOf(counts[severity], SEVERITY_NAMES[severity])}
        </button>
      ))}
      <span className="pn-filters-hint">
        <KeyCap keys="F8" /> next · <KeyCap keys="Shift+F8" /> previous
      </span>
    </div>
  );
}

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
export function ProblemsPanel(): JSX.Element {
  const problems = useAppState((state) => state.problems);
  const hasFiles = useAppState((state) => state.files.length > 0);
  const [shown, setShown] = useState<ReadonlySet<Severity>>(new Set(SEVERITIES));
  const counts = useMemo(() => countBySeverity(problems), [problems]);
  const rows = useMemo(() => problemRows(problems, shown), [problems, shown]);
  const toggle = (severity: Severity): void => {
    const next = new Set(shown);
    if (!next.delete(severity)) next.add(severity);
    setShown(next);
  };
  if (problems.length === 0) {
    return (
      <div className="ui-empty">
        <h3>{hasFiles ? 'No problems found' : 'Problems will be listed here'}</h3>
        <p>
          Broken YAML and hosts, gateways and subsets that are named but missing appear here, by resource, as you type.
        </p>
      </div>
    );
  }
  return (
    <div className="pn-problems">
      <Filters counts={counts} shown={shown} onToggle={toggle} />
      {rows.length === 0 ? (
        <p className="ui-empty">All {countOf(problems.length, 'problem')} are hidden by the filters above.</p>
      ) : (
        <ProblemList rows={rows} />
      )}
    </div>
  );
}
