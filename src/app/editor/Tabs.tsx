import { useRef, useState } from 'react';
import type { FileId } from '../../core/base/ids.ts';
import { actions, countsOf, useAppState, type AppState } from '../state/index.ts';
import { TAB_WIDTH, useTabWindow } from './tab-window.ts';
type FileView = AppState['files'][number];

/** The open files as tabs: errors and unsaved changes as marks with words, close and rename by mouse and keyboard. */
export function Tabs({ panelId }: { readonly panelId: string }): React.JSX.Element {
  const files = useAppState((state) => state.files);
  const active = useAppState((state) => state.activeFile);
  const counts = useAppState((state) => countsOf(state.problems).byFile);
  const errorsOf = (file: FileView): number => counts.get(file.id)?.errors ?? 0;
  const [renaming, setRenaming] = useState<FileId | undefined>();
  const list = useRef<HTMLDivElement>(null);
  const activeAt = files.findIndex((file) => file.id === active);
  const { from, to, isWhole, onScroll } = useTabWindow(list, files.length, activeAt);
  // One of the tabs on the page can be reached by keyboard, also where the active one is far away.
  const stop = activeAt >= from && activeAt < to ? activeAt : from;
  const step = (by: number): void => {
    const next = files[(activeAt + by + files.length) % files.length];
    if (!next) return;
    actions.setActiveFile(next.id);
    document.getElementById(tabId(next.id))?.focus();
  };
  const onKeyDown = (event: React.KeyboardEvent, file: FileView): void => {
    if (event.key === 'ArrowRight') step(1);
    else if (event.key === 'ArrowLeft') step(-1);
    else if (event.key === 'F2') setRenaming(file.id);
    else if (event.key === 'Delete') actions.closeFile(file.id);
    else return;
    event.preventDefault();
  };
  return (
    <div className="mw-tabs">
      <div
        ref={list}
        className="mw-tablist"
        role="tablist"
        aria-label="Files"
        onWheel={({ currentTarget, deltaY }) => currentTarget.scrollBy({ left: deltaY })}
        onScroll={onScroll}
      >
        {isWhole ? null : <Room tabs={from} />}
        {files.slice(from, to).map((file, at) =>
          file.id === renaming ? (
            <NameBox key={file.id} file={file.id} onEnd={() => setRenaming(undefined)} />
          ) : (
            <div
              key={file.id}
              className="mw-tab"
              data-active={file.id === active}
              role="presentation"
              style={isWhole ? undefined : { width: TAB_WIDTH, boxSizing: 'border-box' }}
            >
              <button
                type="button"
                role="tab"
                id={tabId(file.id)}
                aria-label={file.id + marksOf(file, errorsOf(file))}
                aria-selected={file.id === active}
                aria-controls={panelId}
                aria-posinset={isWhole ? undefined : from + at + 1}
                aria-setsize={isWhole ? undefined : files.length}
                tabIndex={from + at === stop ? 0 : -1}
                title={titleOf(file, errorsOf(file))}
                onClick={() => actions.setActiveFile(file.id)}
                onDoubleClick={() => setRenaming(file.id)}
                onAuxClick={(event) => event.button === 1 && actions.closeFile(file.id)}
                onKeyDown={(event) => onKeyDown(event, file)}
              >
                {errorsOf(file) > 0 ? <span className="mw-dot mw-dot-error" /> : null}
                {errorsOf(file) === 0 && file.dirty ? <span className="mw-dot mw-dot-dirty" /> : null}
                <span className="mw-tab-name">{file.id}</span>
              </button>
              <button
                type="button"
                className="mw-tab-close"
                tabIndex={-1}
                // A tablist may hold tabs only. By keyboard and in speech a tab is closed by Delete and by the palette.
                aria-hidden="true"
                title={`Close ${file.id}`}
                onClick={() => actions.closeFile(file.id)}
              >
                ×
              </button>
            </div>
          ),
        )}
        {isWhole ? null : <Room tabs={files.length - to} />}
      </div>
      <button
        type="button"
        className="mw-tab-new"
        aria-label="New file"
        title="New file"
        onClick={() => actions.newFile()}
      >
        +
      </button>
    </div>
  );
}

/** The room of tabs that are not on the page. */
const Room = ({ tabs }: { readonly tabs: number }): React.JSX.Element => (
  <div role="presentation" style={{ flex: 'none', width: tabs * TAB_WIDTH }} />
);

const tabId = (file: FileId): string =>
  `mw-tab-${file.replace(/[^A-Za-z0-9_-]/g, (char) => `_${String(char.codePointAt(0))}`)}`;

function marksOf(file: FileView, errors: number): string {
  const words = errors === 0 ? '' : `, ${String(errors)} ${errors === 1 ? 'error' : 'errors'}`;
  return words + (file.dirty ? ', changed' : '') + (file.readOnly === undefined ? '' : ', read-only');
}

function titleOf(file: FileView, errors: number): string {
  return `${file.id}${marksOf(file, errors)}${file.readOnly === undefined ? '' : `: ${file.readOnly}`}`;
}

/** Where a file's new name is typed. Enter and leaving take it, Escape does not. */
function NameBox({ file, onEnd }: { readonly file: FileId; readonly onEnd: () => void }): React.JSX.Element {
  const take = (name: string): void => {
    if (name.trim() !== '' && name.trim() !== file) actions.renameFile(file, name.trim());
    onEnd();
  };
  return (
    <input
      className="mw-tab-rename"
      aria-label={`New name of ${file}`}
      defaultValue={file}
      autoFocus
      spellCheck={false}
      onFocus={(event) => {
        const dot = file.lastIndexOf('.');
        event.target.setSelectionRange(file.lastIndexOf('/') + 1, dot > 0 ? dot : file.length);
      }}
      onBlur={(event) => take(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take(event.currentTarget.value);
        if (event.key === 'Escape') onEnd();
      }}
    />
  );
}
