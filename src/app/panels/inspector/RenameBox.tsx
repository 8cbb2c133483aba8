import { useState, type JSX } from 'react';
import type { ResourceId } from '../../../core/base/ids.ts';
import { actions, useAppState } from '../../state/index.ts';
import { Icon } from '../../ui/index.ts';

/** The new name of a resource: Enter writes it and those who refer to it, Escape leaves it. */
export function RenameBox({
  resource,
  onDone,
}: {
  readonly resource: ResourceId;
  readonly onDone: () => void;
}): JSX.Element {
  const name = useAppState((state) => state.resources.find(({ id }) => id === resource)?.name ?? '');
  const [text, setText] = useState(name);
  const [wrong, setWrong] = useState<string | undefined>();
  const commit = async (): Promise<void> => {
    if (text === name) return onDone();
    const refusal = await actions.gesture({ kind: 'renameResource', resource, name: text }, 'panel');
    if (refusal) setWrong(refusal.message);
    else onDone();
  };
  return (
    <div className="pn-rename">
      <input
        className="ui-input"
        aria-label="New name"
        aria-invalid={wrong !== undefined}
        autoFocus
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setWrong(undefined);
        }}
        onFocus={(event) => event.target.select()}
        onBlur={onDone}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void commit();
          if (event.key === 'Escape') onDone();
          event.stopPropagation();
        }}
      />
      {wrong === undefined ? null : (
        <p className="ui-note ui-note-error" role="alert">
          <Icon name="error" size={14} />
          {wrong}
        </p>
      )}
    </div>
  );
}
