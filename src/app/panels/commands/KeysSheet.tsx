import type { JSX } from 'react';
import { COMMANDS, type Command, type CommandGroup } from '../../../core/commands/list.ts';
import { Dialog, isHandled, KeyCap, keysOf } from '../../ui/index.ts';
import { showSheet, useViewState } from '../shell/view-state.ts';

const groups = [...new Set(COMMANDS.map(({ group }) => group))];

function Group({ group }: { readonly group: CommandGroup }): JSX.Element | null {
  const commands = COMMANDS.filter(
    (command: Command) => command.group === group && isHandled(command.id) && keysOf(command.id).length > 0,
  );
  if (commands.length === 0) return null;
  return (
    <section className="pn-keys-group" aria-label={group}>
      <h3 className="pn-heading">{group}</h3>
      <dl>
        {commands.map((command) => (
          <div key={command.id}>
            <dt>{command.label}</dt>
            <dd>
              {keysOf(command.id).map((keys) => (
                <KeyCap key={keys} keys={keys} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Every key of the page, made from the same list that the keys themselves are. */
export function KeysSheet(): JSX.Element {
  const open = useViewState((state) => state.sheet === 'keys');
  return (
    <Dialog
      wide
      open={open}
      onOpenChange={(next) => !next && showSheet(null)}
      title="Keyboard shortcuts"
      about="Keys without Ctrl or Alt work with the focus on the canvas. On it, arrows walk from node to node and row to row."
    >
      <div className="pn-keys" tabIndex={0} role="group" aria-label="Keys by group">
        {groups.map((group) => (
          <Group key={group} group={group} />
        ))}
      </div>
    </Dialog>
  );
}
