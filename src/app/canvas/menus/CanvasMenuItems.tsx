import { ContextMenu } from 'radix-ui';
import { Fragment, type ReactNode, useMemo } from 'react';
import type { Problem } from '../../../core/workspace/types.ts';
import { getAppState } from '../../state/index.ts';
import { Icon, Keys } from '../../ui/index.ts';
import { problemsAt } from '../cards/problems.ts';
import { find } from '../commands.ts';
import { FixesMenu } from './FixesMenu.tsx';
import { entriesFor, type MenuTarget } from './menu-items.ts';

export interface ItemsProps {
  readonly target: MenuTarget;
}

/** What can be done with what the menu was opened on, as it was at that moment. */
export function CanvasMenuItems({ target }: ItemsProps): ReactNode {
  const entries = useMemo(() => entriesFor(target), [target]);
  const problems = useMemo(() => problemsFor(target), [target]);
  return (
    <>
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
    </>
  );
}

function problemsFor({ item }: MenuTarget): readonly Problem[] {
  const found = find(item);
  return found ? problemsAt(getAppState().problems, found.node, found.row) : [];
}
