import { ContextMenu } from 'radix-ui';
import { Fragment, type ReactElement, type ReactNode, useState } from 'react';
import { Icon, Keys } from '../../ui/index.ts';
import { focusItem } from '../focus.ts';
import { canvasPoint } from '../gestures/connect.ts';
import { itemOf } from '../keys.ts';
import { itemAt } from '../scene/scene.ts';
import { stage } from '../stage.ts';
import { canvasState } from '../ui-state.ts';
import { type Entries, entriesFor, type MenuTarget } from './menu-items.ts';

/** The context menu of the canvas: for a node, a row, a part of a split, or the empty canvas, whatever is under the pointer or has the focus. */
export function CanvasMenu({ children }: { readonly children: ReactElement }): ReactNode {
  const [target, setTarget] = useState<MenuTarget>({});
  const [entries, setEntries] = useState<Entries>([]);
  const onOpenChange = (open: boolean): void => {
    if (open) setEntries(entriesFor(target));
  };
  return (
    <ContextMenu.Root modal={false} onOpenChange={onOpenChange}>
      <ContextMenu.Trigger
        asChild
        onContextMenuCapture={(event) => {
          const next = targetOf(event.target, event.currentTarget, event);
          setTarget(next);
          setEntries(entriesFor(next));
        }}
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
            const { renaming, typing, connectMenu } = canvasState();
            if (target.item !== undefined && renaming === null && typing === null && connectMenu === null)
              focusItem(target.item);
          }}
        >
          {entries
            .filter((group) => group.length > 0)
            .map((group, index) => (
              <Fragment key={group[0]?.id}>
                {index > 0 && <ContextMenu.Separator className="cv-menu-line" />}
                {group.map((entry) => (
                  <ContextMenu.Item
                    key={entry.id}
                    className={`ui-menu-item${entry.danger ? ' ui-danger' : ''}`}
                    disabled={entry.disabled ?? false}
                    onSelect={entry.onSelect}
                  >
                    <span className="ui-menu-sign">{entry.icon && <Icon name={entry.icon} />}</span>
                    <span className="ui-menu-words">{entry.label}</span>
                    {entry.command && <Keys of={entry.command} />}
                  </ContextMenu.Item>
                ))}
              </Fragment>
            ))}
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
