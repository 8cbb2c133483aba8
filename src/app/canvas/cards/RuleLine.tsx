import type { ReactNode } from 'react';
import type { GraphNode, RuleRow } from '../../../core/graph/types.ts';
import { startConnect } from '../gestures/connect.ts';
import { startReorder } from '../gestures/reorder.ts';
import { useCanvas } from '../ui-state.ts';
import { SplitBar } from './SplitBar.tsx';

/** A rule: its number (the grip to move it), what it matches, what else it does, and where it goes. */
export function RuleLine({ node, row }: { readonly node: GraphNode; readonly row: RuleRow }): ReactNode {
  const split = row.destinations.length > 1;
  const open = useCanvas((state) => state.active === row.id);
  const [first, ...others] = row.matches;
  const [chip, ...moreChips] = row.chips;
  const hidden = others.length + moreChips.length;
  return (
    <>
      <span
        className="cv-number nodrag nopan"
        data-grip=""
        title="Drag to move the rule (Alt + Up or Down)"
        onPointerDown={(event) => startReorder(event, node, row)}
      >
        {row.number}
      </span>
      {first === undefined ? (
        <span className="cv-any">any</span>
      ) : (
        <span className="cv-chip cv-match" data-split={split ? '' : undefined}>
          {first}
        </span>
      )}
      {chip !== undefined && !(split && first !== undefined) && <span className="cv-chip cv-shrink">{chip}</span>}
      {hidden > 0 && <span className="cv-chip cv-more">+{hidden}</span>}
      {split ? (
        <SplitBar node={node} row={row} open={open} />
      ) : (
        <span className="cv-target" style={{ minWidth: `min(56px, ${String(row.target.length + 0.5)}ch)` }}>
          {row.target}
        </span>
      )}
      {node.stale ? null : (
        <span
          className="cv-port nodrag nopan"
          data-port=""
          title="Drag to a service or subset to send requests there (C)"
          onPointerDown={(event) => startConnect(event, node, row)}
        />
      )}
    </>
  );
}
