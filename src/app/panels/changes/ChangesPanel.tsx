import type { JSX } from 'react';
import { actions, useAppState } from '../../state/index.ts';
import { Button } from '../../ui/index.ts';

/** What was done last and can be taken back, and which files differ from what was opened. The comparison itself is not here yet. */
export function ChangesPanel(): JSX.Element {
  const undoLabel = useAppState((state) => state.undoLabel);
  const redoLabel = useAppState((state) => state.redoLabel);
  const files = useAppState((state) => state.files);
  const changed = files.filter((file) => file.dirty);
  return (
    <div className="pn-changes">
      <div className="pn-changes-acts">
        <Button icon="undo" disabled={undoLabel === null} onClick={actions.undo}>
          {undoLabel === null ? 'Nothing to undo' : `Undo: ${undoLabel}`}
        </Button>
        <Button icon="redo" disabled={redoLabel === null} onClick={actions.redo}>
          {redoLabel === null ? 'Nothing to redo' : `Redo: ${redoLabel}`}
        </Button>
      </div>
      {changed.length === 0 ? (
        <div className="ui-empty">
          <h3>Every file is as it was opened</h3>
          <p>Change something, in the text or on the canvas, and the files that differ are listed here.</p>
        </div>
      ) : (
        <>
          <h3 className="pn-heading">Differ from what was opened</h3>
          <ul className="pn-changes-files">
            {changed.map((file) => (
              <li key={file.id}>
                <Button look="quiet" icon="file" onClick={() => actions.setActiveFile(file.id)}>
                  {file.id}
                </Button>
              </li>
            ))}
          </ul>
          <p className="ui-note pn-changes-note">
            Line by line, and in words, is still to come. Undo walks back through every act, in text, canvas and form.
          </p>
        </>
      )}
    </div>
  );
}
