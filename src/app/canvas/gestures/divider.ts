import type { PointerEvent } from 'react';
import type { RuleRow } from '../../../core/graph/types.ts';
import { actions } from '../../state/index.ts';
import { canvasState, setCanvas, speak } from '../ui-state.ts';
import { moveDivider, percentText, sharesOf, type SplitWeights } from './shares.ts';
import { trackPointer } from './track.ts';

/** How long a preview may outlast its gesture: the graph that shows the new shares comes from the worker a moment later. */
const LINGER_MS = 400;

/** Writes new weights for a rule, if they differ from what is written, and shows them until the graph does. */
export function commitWeights(row: RuleRow, weights: readonly number[]): void {
  if (row.destinations.every((each, index) => each.weight === weights[index])) {
    setCanvas({ preview: null });
    return;
  }
  const rule = row.source;
  if (!rule) return;
  setCanvas({ preview: { row: row.id, weights } });
  const shares = sharesOf(weights);
  speak(row.destinations.map((each, index) => `${each.label} ${percentText(shares[index] ?? 0)}`).join(', '));
  const ended = (): void => {
    const { preview } = canvasState();
    if (preview?.row === row.id && preview.weights === weights) setCanvas({ preview: null });
  };
  void actions.gesture({ kind: 'setWeights', rule, weights: [...weights] }).then((refused) => {
    if (refused) ended();
    else setTimeout(ended, LINGER_MS);
  });
}

/** Begins to drag a divider: shares are previewed, the text is written once, on release; Escape leaves it as it was. */
export function startDivider(
  event: PointerEvent,
  bar: HTMLElement,
  row: RuleRow,
  split: SplitWeights,
  index: number,
): void {
  if (event.button !== 0) return;
  let weights: readonly number[] = split.weights;
  trackPointer(event, {
    move: (at) => {
      const rect = bar.getBoundingClientRect();
      weights = moveDivider(split, index, (at.clientX - rect.left) / rect.width);
      setCanvas({ preview: { row: row.id, weights } });
    },
    end: () => commitWeights(row, weights),
    cancel: () => setCanvas({ preview: null }),
    // Only for as long as there is more of the bar on that side.
    pan: (push, { clientX }) => {
      const { left, right } = bar.getBoundingClientRect();
      return { x: (push.x > 0 && right > clientX) || (push.x < 0 && left < clientX) ? push.x : 0, y: 0 };
    },
  });
}
