import type { PointerEvent } from 'react';
import type { GraphNode, Point, RuleRow } from '../../../core/graph/types.ts';
import { actions, getAppState } from '../../state/index.ts';
import { rowPlace } from '../scene/measure.ts';
import { itemAt } from '../scene/scene.ts';
import { stage } from '../stage.ts';
import { setCanvas, speak } from '../ui-state.ts';
import { judge, type Target, targetsFor } from './targets.ts';
import { trackPointer } from './track.ts';

/** A point of the window in canvas units. `surface` is the canvas's element. */
export function canvasPoint(surface: Element, clientX: number, clientY: number): Point {
  const rect = surface.getBoundingClientRect();
  const { view } = stage;
  return { x: (clientX - rect.left - view.x) / view.zoom, y: (clientY - rect.top - view.y) / view.zoom };
}

/** Sends a rule's requests to one more destination. A rule without destinations takes all of them there. */
export function connectTo(row: RuleRow, target: Target): void {
  if (!row.source) return;
  speak(`Connected to ${target.label}`);
  const subset = target.subset === undefined ? {} : { subset: target.subset };
  void actions.gesture({ kind: 'addDestination', rule: row.source, host: target.host, ...subset });
}

/** Begins to draw a wire from a rule. What it may be connected to lights up; on anything else it says why not. */
export function startConnect(event: PointerEvent, node: GraphNode, row: RuleRow): void {
  const surface = event.currentTarget.closest('.cv-surface');
  const placed = stage.scene.nodes.get(node.id);
  if (event.button !== 0 || !surface || !placed) return;
  const graph = getAppState();
  const legal = new Set(targetsFor(graph, row).map((target) => target.id));
  const place = rowPlace(node, row);
  const from = { x: placed.x + placed.width, y: placed.y + place.top + place.height / 2 };
  let target: Target | string = '';
  trackPointer(event, {
    move: (at) => {
      const to = canvasPoint(surface, at.clientX, at.clientY);
      const over = itemAt(stage.scene, to);
      const own = over?.node === node.id;
      target = over ? judge(graph, node, row, over.id) : '';
      setCanvas({
        wire: {
          rule: row.id,
          from,
          to,
          over: own ? null : (over?.id ?? null),
          refusal: typeof target === 'string' && target !== '' && !own ? target : null,
          legal,
        },
      });
    },
    end: () => {
      setCanvas({ wire: null });
      if (typeof target !== 'string') connectTo(row, target);
      else if (target !== '') actions.notify({ tone: 'info', message: target });
    },
    cancel: () => setCanvas({ wire: null }),
    pan: (push) => push,
  });
}
