import { ContextMenu } from 'radix-ui';
import { type ReactElement, type ReactNode, useState } from 'react';
import { later } from '../../ui/index.ts';
import { focusItem } from '../focus.ts';
import { canvasPoint } from '../gestures/connect.ts';
import { itemOf } from '../keys.ts';
import { itemAt } from '../scene/scene.ts';
import { stage } from '../stage.ts';
import { canvasState } from '../ui-state.ts';
import type { ItemsProps } from './CanvasMenuItems.tsx';
import type { MenuTarget } from './menu-items.ts';

const CanvasMenuItems = later<ItemsProps>(async () => (await import('./CanvasMenuItems.tsx')).CanvasMenuItems);

/** The context menu of the canvas: for a node, a row, a part of a split, or the empty canvas, whatever is under the pointer or has the focus. */
export function CanvasMenu({ children }: { readonly children: ReactElement }): ReactNode {
  const [target, setTarget] = useState<MenuTarget>({});
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger
        asChild
        onContextMenuCapture={(event) => setTarget(targetOf(event.target, event.currentTarget, event))}
      >
        {children}
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content
          className="ui-menu cv-menu"
          collisionPadding={8}
          loop
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            const { renaming, typing, connectMenu, joinedOf } = canvasState();
            const isElsewhere = [renaming, typing, connectMenu, joinedOf].some((one) => one !== null);
            if (target.item !== undefined && !isElsewhere) focusItem(target.item);
          }}
        >
          <CanvasMenuItems target={target} />
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

function targetOf(
  at: EventTarget,
  surface: Element,
  point: { readonly clientX: number; readonly clientY: number },
): MenuTarget {
  const item = itemOf(at);
  if (item === undefined) {
    // Zoomed far out there are no elements to click: the scene knows what lies there.
    const at = canvasPoint(surface, point.clientX, point.clientY);
    const under = itemAt(stage.scene, at);
    return under ? { item: under.node } : { point: at };
  }
  const part = at instanceof Element ? at.closest<HTMLElement>('[data-destination]') : null;
  return { item, destination: part?.dataset['destination'] };
}
