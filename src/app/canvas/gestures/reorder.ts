import type { PointerEvent } from 'react';
import type { GraphNode, RuleRow } from '../../../core/graph/types.ts';
import { actions } from '../../state/index.ts';
import { elementOf, focusItem } from '../focus.ts';
import { rowPlace } from '../scene/measure.ts';
import { stage } from '../stage.ts';
import { setCanvas, speak } from '../ui-state.ts';
import { trackPointer } from './track.ts';

/** The rules of the same list (`http`, `tls` or `tcp`), in the text's order. */
export function siblings(node: GraphNode, row: RuleRow): readonly RuleRow[] {
  return node.rows.filter((each): each is RuleRow => each.kind === 'rule' && each.protocol === row.protocol);
}

/** Moves a rule to a place in its list (from 0), if that is another one. */
export function moveRule(node: GraphNode, row: RuleRow, to: number): void {
  const rules = siblings(node, row);
  if (!row.source || node.stale || to < 0 || to >= rules.length || rules[to]?.id === row.id) return;
  speak(`Rule ${String(rules.indexOf(row) + 1)} is now rule ${String(to + 1)}`);
  const hadFocus = elementOf(row.id)?.contains(document.activeElement) === true;
  void actions.gesture({ kind: 'moveRule', rule: row.source, to }).then(() => {
    // Browsers take the focus from an element that is put at another place.
    if (hadFocus) requestAnimationFrame(() => focusItem(row.id));
  });
}

/** Begins to drag a rule by its number. A line shows where it would go. */
export function startReorder(event: PointerEvent, node: GraphNode, row: RuleRow): void {
  if (event.button !== 0 || node.stale) return;
  const rules = siblings(node, row);
  if (rules.length < 2) return;
  const own = rules.indexOf(row);
  const card = event.currentTarget.closest('.cv-card');
  if (!card) return;
  let to = own;
  trackPointer(event, {
    move: (at) => {
      const y = (at.clientY - card.getBoundingClientRect().top) / stage.view.zoom;
      const above = rules.filter((rule) => rule !== row && middleOf(node, rule) < y).length;
      to = above;
      setCanvas({ drag: { rule: row.id, to } });
    },
    end: () => {
      setCanvas({ drag: null });
      moveRule(node, row, to);
    },
    cancel: () => setCanvas({ drag: null }),
    // Only for as long as there is more of the card on that side.
    pan: (push, { clientY }) => {
      const { top, bottom } = card.getBoundingClientRect();
      return { x: 0, y: (push.y > 0 && bottom > clientY) || (push.y < 0 && top < clientY) ? push.y : 0 };
    },
  });
}

function middleOf(node: GraphNode, rule: RuleRow): number {
  const place = rowPlace(node, rule);
  return place.top + place.height / 2;
}
