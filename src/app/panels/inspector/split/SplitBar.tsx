import { useRef, type CSSProperties, type JSX, type KeyboardEvent, type PointerEvent } from 'react';
import type { GraphDestination } from '../../../../core/graph/types.ts';
import { hueColor } from '../../../ui/index.ts';
import { moveDivider, percentText } from './divide.ts';

interface Props {
  readonly destinations: readonly GraphDestination[];
  /** As they are shown now: written, or under the hand. */
  readonly weights: readonly number[];
  readonly editable: boolean;
  /** While a divider is dragged. */
  readonly onPreview: (weights: readonly number[]) => void;
  readonly onCommit: (weights: readonly number[]) => void;
  readonly onCancel: () => void;
}
const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -0.01,
  ArrowDown: -0.01,
  ArrowRight: 0.01,
  ArrowUp: 0.01,
  PageDown: -0.1,
  PageUp: 0.1,
};

/** Where the divider after `index` stands, 0 to 1. */
function placeOf(weights: readonly number[], index: number): number {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return sum === 0 ? 0 : weights.slice(0, index + 1).reduce((total, weight) => total + weight, 0) / sum;
}

function Divider({
  index,
  bar,
  ...props
}: Props & { readonly index: number; readonly bar: () => DOMRect | undefined }): JSX.Element {
  const { destinations, weights, editable, onPreview, onCommit, onCancel } = props;
  const [left, right] = [destinations[index], destinations[index + 1]];
  const at = placeOf(weights, index);
  const step = Math.max(
    0.01,
    1 /
      Math.max(
        1,
        weights.reduce((total, weight) => total + weight, 0),
      ),
  );
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    const area = bar();
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !area) return;
    onPreview(moveDivider(weights, index, (event.clientX - area.left) / area.width));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') return onCancel();
    const by = STEPS[event.key];
    const low = index === 0 ? 0 : placeOf(weights, index - 1);
    const target =
      event.key === 'Home'
        ? low
        : event.key === 'End'
          ? placeOf(weights, index + 1)
          : by === undefined
            ? undefined
            : at + Math.sign(by) * Math.max(Math.abs(by), step);
    if (target === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onCommit(moveDivider(weights, index, target));
  };
  return (
    <div
      className="pn-split-divider"
      role="slider"
      tabIndex={editable ? 0 : -1}
      aria-disabled={!editable}
      aria-label={`Divider between ${left?.label ?? ''} and ${right?.label ?? ''}`}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(at * 1000) / 10}
      aria-valuetext={`${left?.label ?? ''} ${percentText(at - (index === 0 ? 0 : placeOf(weights, index - 1)))}, ${right?.label ?? ''} ${percentText(placeOf(weights, index + 1) - at)}`}
      style={{ left: `${String(at * 100)}%` }}
      onPointerDown={(event) => editable && event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={onPointerMove}
      onPointerUp={() => onCommit(weights)}
      onPointerCancel={onCancel}
      onKeyDown={onKeyDown}
    />
  );
}

/** The share in its stretch of the bar, as short as the stretch needs it; the row below says it in full. */
function partText(share: number): string {
  const text = String(Math.round(share * 1000) / 10);
  return share >= 0.14 ? `${text} %` : share >= 0.07 ? String(Math.round(share * 100)) : '';
}

/** A split as one bar, a stretch for each destination, with dividers that are dragged or moved by arrow keys (Page keys: 10 %). */
export function SplitBar(props: Props): JSX.Element {
  const { destinations, weights } = props;
  const bar = useRef<HTMLDivElement>(null);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return (
    <div className="pn-split-bar" ref={bar} role="group" aria-label="Shares">
      {destinations.map((destination, index) => {
        const share = sum === 0 ? destination.share : (weights[index] ?? 0) / sum;
        const style: CSSProperties = { width: `${String(share * 100)}%`, '--hue': hueColor(destination.hue) };
        return (
          <span
            key={destination.id}
            className={`pn-split-part${destination.missing ? ' pn-split-missing' : ''}`}
            style={style}
          >
            {partText(share)}
          </span>
        );
      })}
      {destinations.slice(1).map((destination, index) => (
        <Divider key={destination.id} {...props} index={index} bar={() => bar.current?.getBoundingClientRect()} />
      ))}
    </div>
  );
}
