import { type CSSProperties, Fragment, type KeyboardEvent, type ReactNode, useRef } from 'react';
import type { GraphDestination, GraphNode, RuleRow } from '../../../core/graph/types.ts';
import { actions } from '../../state/index.ts';
import { hueColor } from '../../ui/index.ts';
import { commitWeights, startDivider } from '../gestures/divider.ts';
import { percentText, sharesOf, splitWeights, stepDivider } from '../gestures/shares.ts';
import { focusItem } from '../focus.ts';
import { setCanvas, useCanvas } from '../ui-state.ts';
import { ShareInput } from './ShareInput.tsx';

interface SplitBarProps {
  readonly node: GraphNode;
  readonly row: RuleRow;
  /** The rule has the focus, so its dividers and destinations are in the tab order. */
  readonly open: boolean;
}

/** The destinations of a rule as one bar: a part for each share, a divider between two. */
export function SplitBar({ node, row, open }: SplitBarProps): ReactNode {
  const bar = useRef<HTMLDivElement>(null);
  const preview = useCanvas((state) => (state.preview?.row === row.id ? state.preview.weights : undefined));
  const typing = useCanvas((state) => state.typing === row.id);
  const split = splitWeights(row.destinations.map((each) => each.weight));
  const weights = preview ?? split.weights;
  const shares = preview ? sharesOf(preview) : row.destinations.map((each) => each.share);
  // Without any weight Istio sends nothing anywhere: the parts are drawn even and hollow, so that there is something to take hold of.
  const hollow = shares.every((share) => share === 0);
  const widths = hollow ? shares.map(() => 1 / shares.length) : shares;
  const tabIndex = open ? 0 : -1;
  if (typing) return <ShareInput row={row} weights={split.weights} />;
  const ends = widths.map((_, index) => widths.slice(0, index + 1).reduce((sum, share) => sum + share, 0));
  return (
    <div
      ref={bar}
      className="cv-bar nodrag nopan"
      data-preview={preview ? '' : undefined}
      data-hollow={hollow ? '' : undefined}
      onDoubleClick={(event) => {
        event.stopPropagation();
        if (!node.stale) setCanvas({ typing: row.id });
      }}
    >
      {row.destinations.map((destination, index) => {
        const share = shares[index] ?? 0;
        const end = ends[index] ?? 1;
        const width = widths[index] ?? 0;
        return (
          <Fragment key={destination.id}>
            <Part
              row={row}
              destination={destination}
              share={share}
              start={end - width}
              width={width}
              tabIndex={tabIndex}
              locked={node.stale}
            />
            {index < row.destinations.length - 1 && (
              <span
                role="slider"
                className="cv-divider"
                tabIndex={node.stale ? -1 : tabIndex}
                data-divider={index}
                aria-label={`Divider between ${destination.label} and ${row.destinations[index + 1]?.label ?? ''}`}
                aria-valuemin={0}
                aria-valuemax={100}
                aria-valuenow={Math.round(share * 1000) / 10}
                aria-valuetext={`${destination.label} ${percentText(share)}, ${row.destinations[index + 1]?.label ?? ''} ${percentText(shares[index + 1] ?? 0)}`}
                aria-disabled={node.stale || undefined}
                style={{ left: `${String(end * 100)}%`, zIndex: end > 0.5 ? row.destinations.length - index : index }}
                onPointerDown={(event) =>
                  bar.current && !node.stale && startDivider(event, bar.current, row, split, index)
                }
                onKeyDown={(event) => {
                  const step = stepOf(event);
                  if (step === 0 || node.stale) return;
                  event.preventDefault();
                  event.stopPropagation();
                  commitWeights(row, stepDivider({ weights, sum: split.sum }, index, step));
                }}
              />
            )}
          </Fragment>
        );
      })}
    </div>
  );
}

function stepOf(event: KeyboardEvent): number {
  if (event.altKey || event.ctrlKey || event.metaKey) return 0;
  const size = event.shiftKey ? 10 : 1;
  if (event.key === 'ArrowRight' || event.key === 'ArrowUp') return size;
  if (event.key === 'ArrowLeft' || event.key === 'ArrowDown') return -size;
  if (event.key === 'PageUp') return 10;
  if (event.key === 'PageDown') return -10;
  if (event.key === 'Home') return -100;
  return event.key === 'End' ? 100 : 0;
}

interface PartProps {
  readonly row: RuleRow;
  readonly destination: GraphDestination;
  readonly share: number;
  /** Where it begins and how wide it is, as parts of the bar. */
  readonly start: number;
  readonly width: number;
  readonly tabIndex: number;
  readonly locked: boolean;
}

function Part({ row, destination, share, start, width, tabIndex, locked }: PartProps): ReactNode {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (locked || (event.key !== 'Delete' && event.key !== 'Backspace')) return;
    event.preventDefault();
    event.stopPropagation();
    focusItem(row.id);
    void actions.gesture({ kind: 'removeDestination', destination: destination.source });
  };
  const style: CSSProperties = {
    left: `${String(start * 100)}%`,
    width: `${String(width * 100)}%`,
    '--part': hueColor(destination.hue),
  };
  const words = `${destination.label} ${percentText(share)}`;
  return (
    <span
      role="button"
      className="cv-part"
      tabIndex={tabIndex}
      data-destination={destination.id}
      data-missing={destination.missing ? '' : undefined}
      aria-label={`Destination ${words}`}
      title={`${words}${destination.weight === undefined ? '' : ` (weight ${String(destination.weight)})`}${destination.missing ? ', which does not exist' : ''}`}
      style={style}
      onKeyDown={onKeyDown}
    >
      <span aria-hidden="true">{percentText(share).replace(' %', '')}</span>
    </span>
  );
}
