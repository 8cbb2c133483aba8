import type { JSX, KeyboardEvent } from 'react';
import type { Problem } from '../../../core/workspace/types.ts';
import { placeOfProblem, useAppState } from '../../state/index.ts';
import { Icon, kindIcon } from '../../ui/index.ts';
import { goToProblem } from './go-to-problem.ts';
import { SEVERITY_NAMES, type ProblemRow } from './problem-rows.ts';
import { setCurrentProblem } from './problem-walk.ts';
import { ProblemMenu } from './ProblemMenu.tsx';
import { speakers } from './speakers.ts';

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

/** The line of a problem as it stands: it moves while somebody types above, and nothing else of the row does. */
function LineNumber({ problem }: { readonly problem: Problem }): JSX.Element {
  const line = useAppState((state) => placeOfProblem(problem, state.problemPlaces).line);
  return <span className="pn-problem-line">line {line}</span>;
}

function Line({ problem, current }: { readonly problem: Problem; readonly current: boolean }): JSX.Element {
  const { severity, message, remedy, code, muted } = problem;
  return (
    <div className="pn-problem-item" data-current={current} data-muted={muted ? '' : undefined}>
      <button
        type="button"
        className="pn-problem"
        aria-current={current ? 'true' : undefined}
        data-problem={problem.id}
        onClick={() => {
          setCurrentProblem(problem.id);
          goToProblem(problem);
        }}
      >
        <span className={`pn-problem-sign pn-${severity}`}>
          <Icon name={severity} size={14} />
          <span className="ui-hidden">{SEVERITY_NAMES[severity]}</span>
        </span>
        <span className="pn-problem-words">
          {message}
          {remedy ? <span className="pn-dim"> {remedy}</span> : null}
          {muted ? <span className="pn-problem-muted">muted</span> : null}
        </span>
        <span className="pn-problem-code" title={`Said by ${speakers(problem.by)}`}>
          {code}
        </span>
        <LineNumber problem={problem} />
      </button>
      <ProblemMenu problem={problem} />
    </div>
  );
}

/** Arrow keys move between the lines, as in every list; Right goes to what can be done about one, Left comes back. */
export function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  const { key, currentTarget, target } = event;
  if (!(target instanceof HTMLElement)) return;
  const item = target.closest('.pn-problem-item');
  let next: HTMLButtonElement | null | undefined;
  if (key === 'ArrowDown' || key === 'ArrowUp') {
    const buttons = [...currentTarget.querySelectorAll<HTMLButtonElement>('button.pn-problem')];
    const at = buttons.findIndex((button) => button.parentElement === item);
    next = buttons[at + (key === 'ArrowDown' ? 1 : -1)];
  } else if (key === 'ArrowRight') next = item?.querySelector<HTMLButtonElement>('.pn-problem-more');
  else if (key === 'ArrowLeft') next = item?.querySelector<HTMLButtonElement>('button.pn-problem');
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
