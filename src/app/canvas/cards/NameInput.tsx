import { type KeyboardEvent, type ReactNode, useState } from 'react';
import type { GraphNode } from '../../../core/graph/types.ts';
import { actions } from '../../state/index.ts';
import { focusItem } from '../focus.ts';
import { setCanvas } from '../ui-state.ts';

const RULE = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

/** A name typed in place: Enter renames, Escape leaves it as it was. */
export function NameInput({ node }: { readonly node: GraphNode }): ReactNode {
  const [name, setName] = useState(node.title);
  const wrong = name !== '' && !RULE.test(name);
  const leave = (): void => {
    setCanvas({ renaming: null });
    focusItem(node.id);
  };
  const finish = (): void => {
    if (wrong || name === '' || node.resource === undefined) return;
    if (name !== node.title) void actions.gesture({ kind: 'renameResource', resource: node.resource, name });
    leave();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Enter') finish();
    if (event.key === 'Escape') leave();
  };
  return (
    <input
      className="cv-input nodrag nopan"
      aria-label="Name"
      aria-invalid={wrong}
      title={
        wrong
          ? 'Lower case letters, digits, - and . only, a letter or digit at both ends.'
          : 'Enter renames, Escape leaves it'
      }
      value={name}
      autoFocus
      spellCheck={false}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setName(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => setCanvas({ renaming: null })}
    />
  );
}
