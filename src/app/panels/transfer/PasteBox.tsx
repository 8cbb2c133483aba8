import { useState, type JSX } from 'react';
import { Button, Icon } from '../../ui/index.ts';
import { openText } from './transfer.ts';

interface PasteProps {
  readonly onDone: () => void;
  readonly mode?: 'replace' | 'add';
  readonly rows?: number;
}

/** The box to paste YAML into, and the words on where it stays. `onDone` is called when something was opened. */
export function PasteBox({ onDone, mode, rows = 7 }: PasteProps): JSX.Element {
  const [text, setText] = useState('');
  const open = (): void => {
    openText(text, mode);
    onDone();
  };
  return (
    <div className="pn-paste">
      <textarea
        className="ui-input"
        aria-label="YAML to open"
        rows={rows}
        spellCheck={false}
        placeholder="Paste Gateways, VirtualServices, DestinationRules and ServiceEntries here. Anything else is kept as it is."
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && text.trim() !== '') open();
        }}
      />
      <div className="pn-paste-acts">
        <span className="pn-stays">
          <Icon name="lock" size={14} />
          It stays in this browser: nothing is sent.
        </span>
        <Button look="primary" disabled={text.trim() === ''} onClick={open}>
          Open it
        </Button>
      </div>
    </div>
  );
}
