import { useState, type JSX } from 'react';
import { actions, useAppState } from '../../state/index.ts';
import { Button, Dialog, Icon } from '../../ui/index.ts';
import { showSheet, useViewState } from '../shell/view-state.ts';
import { chooseFiles, chooseFolder, openText } from './transfer.ts';

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

/** Brings files in: pasted, chosen, a folder, or dropped anywhere on the page. */
export function ImportSheet(): JSX.Element {
  const open = useViewState((state) => state.sheet === 'import');
  const hasFiles = useAppState((state) => state.files.length > 0 && state.phase === 'editing');
  const [replace, setReplace] = useState(false);
  const mode = hasFiles ? (replace ? 'replace' : 'add') : 'replace';
  const close = (): void => showSheet(null);
  const choose = (ask: typeof chooseFiles) => () => void ask(mode).then((chosen) => chosen && close());
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && close()}
      title="Import"
      about="What you open and don’t touch leaves byte for byte as it came."
    >
      <PasteBox mode={mode} onDone={close} />
      <div className="pn-import-acts">
        <Button icon="file" onClick={choose(chooseFiles)}>
          Open files
        </Button>
        <Button icon="folder" onClick={choose(chooseFolder)}>
          Open a folder
        </Button>
        <Button
          icon="plus"
          onClick={() => {
            actions.newFile();
            close();
          }}
        >
          Blank file
        </Button>
        <span className="pn-dim">or drop them anywhere on the page.</span>
      </div>
      {hasFiles ? (
        <label className="pn-check">
          <input type="checkbox" checked={replace} onChange={(event) => setReplace(event.target.checked)} />
          Replace what is open (undo brings it back)
        </label>
      ) : null}
    </Dialog>
  );
}
