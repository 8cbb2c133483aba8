import type { KeyboardEvent, ReactNode } from 'react';
import type { GraphNode } from '../../../core/graph/types.ts';
import { actions, useAppState } from '../../state/index.ts';
import { Icon } from '../../ui/index.ts';
import { setCanvas, useCanvas } from '../ui-state.ts';

/**
 * Below a card whose rules come together with others': one row that says how, and opens the list. It hangs in the gap between cards, so
 * that no card grows and nothing moves when it appears; and beside the card, so that it stays readable where the card fades.
 */
export function JoinedStrip({ node }: { readonly node: GraphNode }): ReactNode {
  const note = useAppState((state) => state.joinedNotes.get(node.id));
  const open = useCanvas((state) => state.joinedOf === node.id);
  const active = useCanvas((state) => state.active === node.id || node.rows.some((row) => row.id === state.active));
  if (!note) return null;
  const { tone, before, name, after, words } = note;
  const toggle = (): void => {
    if (open) return setCanvas({ joinedOf: null });
    actions.select([node.id], { reveal: false });
    setCanvas({ active: node.id, joinedOf: node.id });
  };
  return (
    <button
      type="button"
      className="cv-joined nodrag nopan"
      data-item={node.id}
      data-tone={tone}
      tabIndex={active ? 0 : -1}
      aria-label={`${before}${name}${after}`}
      aria-haspopup="dialog"
      aria-expanded={open}
      title={words}
      onClick={(event) => {
        event.stopPropagation();
        toggle();
      }}
      onKeyDown={keepPress}
    >
      {tone === 'ignored' && <Icon name="warning" size={12} />}
      <span className="cv-joined-words">
        <span>{before}</span>
        <span className="cv-joined-name">{name}</span>
        <span>{after}</span>
      </span>
      <Icon name="chevronDown" size={12} />
    </button>
  );
}

// Enter on the canvas shows the text of an item, and Space pans: here both press the button.
function keepPress(event: KeyboardEvent): void {
  if (event.key === 'Enter' || event.key === ' ') event.stopPropagation();
}
