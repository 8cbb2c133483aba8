import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState, type JSX, type KeyboardEvent } from 'react';
import type { Problem } from '../../../core/workspace/types.ts';
import { useAppState } from '../../state/index.ts';
import { Icon, KeyCap, kindIcon } from '../../ui/index.ts';
import { countOf } from '../text.ts';
import { goToProblem } from './go-to-problem.ts';
import { countBySeverity, problemRows, SEVERITIES, type ProblemRow, type Severity } from './problem-rows.ts';
import { setCurrentProblem, useCurrentProblem } from './problem-walk.ts';

const names: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };
const ROW = 28;

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
          {countOf(counts[severity], names[severity])}
        </button>
      ))}
      <span className="pn-filters-hint">
        <KeyCap keys="F8" /> next · <KeyCap keys="Shift+F8" /> previous
      </span>
    </div>
  );
}

function Head({ row }: { readonly row: Extract<ProblemRow, { kind: 'head' }> }): JSX.Element {
  return (
    <div className="pn-problem-head">
      <Icon name={kindIcon(row.title.split(' ')[0] ?? '')} size={14} />
      <span className="pn-problem-title">{row.title}</span>
      <span className="pn-dim">{row.file}</span>
      <span className="pn-count">{row.count}</span>
    </div>
  );
}

function Line({ problem, current }: { readonly problem: Problem; readonly current: boolean }): JSX.Element {
  return (
    <button
      type="button"
      className="pn-problem"
      data-current={current}
      aria-current={current ? 'true' : undefined}
      data-problem={problem.id}
      onClick={() => {
        setCurrentProblem(problem.id);
        goToProblem(problem);
      }}
    >
      <span className={`pn-problem-sign pn-${problem.severity}`}>
        <Icon name={problem.severity} size={14} />
        <span className="ui-hidden">{names[problem.severity]}</span>
      </span>
      <span className="pn-problem-words">
        {problem.message}
        {problem.remedy ? <span className="pn-dim"> {problem.remedy}</span> : null}
      </span>
      <span className="pn-problem-code">{problem.code}</span>
      <span className="pn-problem-line">line {problem.line}</span>
    </button>
  );
}

/** Arrow keys move between the lines, as in every list. */
function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button.pn-problem')];
  const at = buttons.findIndex((button) => button === document.activeElement);
  const next = buttons[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
}

function List({ rows }: { readonly rows: readonly ProblemRow[] }): JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  const current = useCurrentProblem();
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualizer gives fresh functions by design; nothing here is memoised on them
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 20,
  });
  return (
    <div className="pn-problems-scroll" ref={scroller} onKeyDown={moveFocus} tabIndex={-1}>
      <div
        role="list"
        aria-label="Problems by resource"
        className="pn-problems-list"
        style={{ height: virtual.getTotalSize() }}
      >
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          return (
            <div
              key={item.key}
              role="listitem"
              ref={virtual.measureElement}
              data-index={item.index}
              className="pn-problem-row"
              style={{ transform: `translateY(${String(item.start)}px)` }}
            >
              {row.kind === 'head' ? (
                <Head row={row} />
              ) : (
                <Line problem={row.problem} current={row.problem.id === current} />
              )}
            </div>
          );
        })}
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
        <List rows={rows} />
      )}
    </div>
  );
}
