import type { JSX } from 'react';
import type { StepView } from '../../../core/workspace/review/types.ts';
import { actions } from '../../state/index.ts';
import { Button } from '../../ui/index.ts';

const WHERE: Readonly<Record<StepView['origin'], string>> = {
  type: 'text',
  canvas: 'canvas',
  panel: 'form',
  quickfix: 'fix',
  import: 'file',
  command: 'command',
  undo: '',
  redo: '',
};

interface StepsProps {
  readonly steps: readonly StepView[];
  readonly done: number;
}

/** Everything that can be taken back, newest on top; what was undone stands above it, dim. A click goes to how it was then. */
export function Steps({ steps, done }: StepsProps): JSX.Element {
  const newest = steps.map((step, index) => ({ step, number: index + 1 })).reverse();
  return (
    <div className="pn-steps" role="group" aria-label="History">
      <header className="pn-steps-head">
        <h3>History</h3>
        <Button look="quiet" icon="undo" disabled={done === 0} onClick={actions.undo}>
          Undo
        </Button>
        <Button look="quiet" icon="redo" disabled={done === steps.length} onClick={actions.redo}>
          Redo
        </Button>
      </header>
      <ol className="pn-steps-list" reversed>
        {newest.map(({ step, number }) => (
          <li key={number}>
            <StepButton number={number} done={done} label={labelOf(step)} about={aboutOf(step)} />
          </li>
        ))}
        <li>
          <StepButton
            number={0}
            done={done}
            label={steps.length === 0 ? 'Nothing was done yet' : 'As it was before'}
            about=""
          />
        </li>
      </ol>
    </div>
  );
}

interface StepButtonProps {
  readonly number: number;
  readonly done: number;
  readonly label: string;
  readonly about: string;
}

function StepButton({ number, done, label, about }: StepButtonProps): JSX.Element {
  const isUndone = number > done;
  return (
    <button
      type="button"
      className="pn-step"
      aria-current={number === done ? 'step' : undefined}
      data-undone={isUndone ? '' : undefined}
      title={
        number === done
          ? 'This is how it is now'
          : isUndone
            ? 'Do again up to here'
            : 'Go back to how it was after this'
      }
      onClick={() => number !== done && actions.goToStep(number)}
    >
      <span className="pn-step-label">
        {label}
        {isUndone && <span className="ui-hidden"> (undone)</span>}
      </span>
      <span className="pn-dim">{about}</span>
    </button>
  );
}

function labelOf({ label, files }: StepView): string {
  const [file, ...others] = files;
  return label === 'Type' && file !== undefined && others.length === 0 ? `Type in ${file}` : label;
}

function aboutOf({ origin, at }: StepView): string {
  const time = at > 0 ? new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' }) : '';
  return [WHERE[origin], time].filter((part) => part !== '').join(' · ');
}
