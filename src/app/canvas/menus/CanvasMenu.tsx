import { ContextMenu } from 'radix-ui';
import { Fragment, type ReactElement, type ReactNode, useState } from 'react';
import type { Problem } from '../../../core/workspace/types.ts';
import { getAppState } from '../../state/index.ts';
import { Icon, Keys } from '../../ui/index.ts';
import { problemsAt } from '../cards/problems.ts';
import { find } from '../commands.ts';
import { focusItem } from '../focus.ts';
import { canvasPoint } from '../gestures/connect.ts';
import { itemOf } from '../keys.ts';
import { itemAt } from '../scene/scene.ts';
import { stage } from '../stage.ts';
import { canvasState } from '../ui-state.ts';
import { FixesMenu } from './FixesMenu.tsx';
import { type Entries, entriesFor, type MenuTarget } from './menu-items.ts';

/** The context menu of the canvas: for a node, a row, a part of a split, or the empty canvas, whatever is under the pointer or has the focus. */
export function CanvasMenu({ children }: { readonly children: ReactElement }): ReactNode {
  const [target, setTarget] = useState<MenuTarget>({});
  const [entries, setEntries] = useState<Entries>([]);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
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
          setProblems(problemsFor(next));
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
            const { renaming, typing, connectMenu, joinedOf } = canvasState();
            const isElsewhere = [renaming, typing, connectMenu, joinedOf].some((one) => one !== null);
            if (target.item !== undefined && !isElsewhere) focusItem(target.item);
          }}
        >
          {problems.length > 0 && (
            <>
              <FixesMenu problems={problems} />
              <ContextMenu.Separator className="cv-menu-line" />
            </>
          )}
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

function problemsFor({ item }: MenuTarget): readonly Problem[] {
  const found = find(item);
  return found ? problemsAt(getAppState().problems, found.node, found.row) : [];
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
