import type { FocusEvent } from 'react';
import { useAppState } from '../../state/index.ts';
import { setCanvas, useCanvas } from '../ui-state.ts';

/** What makes an element an item of the canvas: its name, one place in the tab order for all items, and whether it is picked. */
export interface ItemProps {
  readonly 'data-item': string;
  readonly role: 'group';
  readonly tabIndex: 0 | -1;
  readonly 'aria-label': string;
  readonly 'aria-description'?: string;
  readonly 'aria-current'?: 'true';
  readonly 'data-selected'?: '';
  readonly 'data-faded'?: '';
  readonly 'data-over'?: 'legal' | 'illegal';
  readonly 'data-legal'?: '';
  readonly onFocus: (event: FocusEvent) => void;
}

/** The properties of an item's element. Clicks and keys are handled by the surface, which finds items by `data-item`. */
export function useItem(id: string, name: string, description: string): ItemProps {
  const selected = useAppState((state) => state.selection.ids.includes(id));
  const active = useCanvas((state) => state.active === id);
  const reason = useCanvas((state) => state.faded.get(id));
  const wire = useCanvas((state) =>
    state.wire === null
      ? undefined
      : state.wire.over === id
        ? state.wire.refusal === null
          ? 'legal'
          : 'illegal'
        : state.wire.legal.has(id)
          ? 'possible'
          : undefined,
  );
  const words = [description, reason].filter((part) => part !== undefined && part !== '').join('. ');
  return {
    'data-item': id,
    role: 'group',
    tabIndex: active ? 0 : -1,
    'aria-label': name,
    ...(words === '' ? {} : { 'aria-description': words }),
    ...(selected ? { 'aria-current': 'true', 'data-selected': '' } : {}),
    ...(reason === undefined ? {} : { 'data-faded': '' }),
    ...(wire === 'legal' || wire === 'illegal'
      ? { 'data-over': wire }
      : wire === 'possible'
        ? { 'data-legal': '' }
        : {}),
    onFocus: (event) => {
      // A row lies in a card: the innermost of them has the focus.
      event.stopPropagation();
      setCanvas({ active: id });
    },
  };
}
