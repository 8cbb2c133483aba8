import { useState, type JSX } from 'react';
import { actions, useAppState } from '../../state/index.ts';
import { Button, Dialog } from '../../ui/index.ts';
import { showSheet, useViewState } from '../shell/view-state.ts';
import { PasteBox } from './PasteBox.tsx';
import { chooseFiles, chooseFolder } from './transfer.ts';

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
