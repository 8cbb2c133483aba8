import type { JSX, KeyboardEvent } from 'react';
import type { Problem } from '../../../core/workspace/types.ts';
import { Icon, kindIcon } from '../../ui/index.ts';
import { goToProblem } from './go-to-problem.ts';
import { SEVERITY_NAMES, type ProblemRow } from './problem-rows.ts';
import { setCurrentProblem } from './problem-walk.ts';

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
        <span className="ui-hidden">{SEVERITY_NAMES[problem.severity]}</span>
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
export function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button.pn-problem')];
  const at = buttons.findIndex((button) => button === document.activeElement);
  const next = buttons[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
}

/** A line of the list: the head of a group, or a problem with its place. */
export function ProblemLine({
  row,
  current,
}: {
  readonly row: ProblemRow;
  readonly current: string | undefined;
}): JSX.Element {
  if (row.kind === 'head') return <Head row={row} />;
  return <Line problem={row.problem} current={row.problem.id === current} />;
}
