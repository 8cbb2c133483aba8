import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { getAppState } from '../../state/index.ts';
import { find } from '../commands.ts';
import { focusItem } from '../focus.ts';
import { connectTo } from '../gestures/connect.ts';
import { targetsFor } from '../gestures/targets.ts';
import { setCanvas, useCanvas } from '../ui-state.ts';

/** The keyboard's way to draw a wire: a list of everything that a rule can be connected to. Letters jump to a name. */
export function ConnectMenu(): ReactNode {
  const menu = useCanvas((state) => state.connectMenu);
  if (menu === null) return null;
  const found = find(menu.rule);
  if (found?.row?.kind !== 'rule') return null;
  const { row } = found;
  const targets = targetsFor(getAppState(), row);
  return (
    <DropdownMenu.Root open modal={false} onOpenChange={(open) => !open && setCanvas({ connectMenu: null })}>
      <DropdownMenu.Trigger asChild>
        <span className="cv-anchor" style={{ left: menu.x, top: menu.y }} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="ui-menu cv-menu"
          align="start"
          collisionPadding={8}
          loop
          aria-label={`Connect ${row.name} to`}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            focusItem(menu.rule);
          }}
        >
          <DropdownMenu.Label className="cv-menu-label">Connect {row.name} to</DropdownMenu.Label>
          {targets.length === 0 && (
            <DropdownMenu.Item className="ui-menu-item" disabled>
              Nothing else: add a service or a subset first
            </DropdownMenu.Item>
          )}
          {targets.map((target) => (
            <DropdownMenu.Item
              key={target.id}
              className="ui-menu-item"
              textValue={target.label}
              onSelect={() => connectTo(row, target)}
            >
              <span className="ui-menu-words" data-indent={target.subset === undefined ? undefined : ''}>
                {target.label}
              </span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
