import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { FileId } from '../../core/base/ids.ts';
import { actions, texts, useAppState } from '../state/index.ts';
import type { CodeView } from './code-view.ts';
import './editor.css';
import { PlainText } from './PlainText.tsx';
import { Tabs } from './Tabs.tsx';

const PANEL = 'mw-yaml-panel';

/** The text of a file, kept current. */
function useText(file: FileId | undefined): string {
  return useSyncExternalStore(
    (listener) => texts.subscribe(listener),
    () => (file === undefined ? '' : texts.get(file)),
  );
}

/** The YAML pane: the open files as tabs and the text of one of them. Monaco comes after the first picture of the canvas. */
export function Editor(): React.JSX.Element {
  const file = useAppState((state) => state.activeFile);
  const files = useAppState((state) => state.files);
  const phase = useAppState((state) => state.phase);
  const painted = useAppState((state) => state.version >= 0);
  const readOnly = files.find((view) => view.id === file)?.readOnly;
  const host = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<CodeView | undefined>();

  useEffect(() => {
    if (!painted || !host.current) return undefined;
    const element = host.current;
    let made: CodeView | undefined;
    let ended = false;
    const load = async (): Promise<void> => {
      const { CodeView: View } = await import('./code-view.ts');
      if (ended) return;
      made = new View(element);
      setView(made);
    };
    // Two frames: the first picture of the canvas is on the screen before Monaco takes the page's time.
    const frame = requestAnimationFrame(() => {
      requestAnimationFrame(() => {
        load().catch(() => {
          actions.notify({
            tone: 'error',
            message: 'The text editor could not be loaded.',
            remedy: 'Reload the page.',
          });
        });
      });
    });
    return () => {
      ended = true;
      cancelAnimationFrame(frame);
      made?.dispose();
      setView(undefined);
    };
  }, [painted]);

  return (
    <section className="mw-editor" aria-label="YAML">
      <Tabs panelId={PANEL} />
      {readOnly === undefined ? null : (
        <p className="mw-read-only" role="note">
          Read-only: {readOnly}
        </p>
      )}
      {/* nokey: React Flow takes Space and Delete from everything that is no input box, as Monaco is none. */}
      <div className="mw-code nokey" id={PANEL} role="tabpanel" aria-label={file ?? 'No file'}>
        <div className="mw-monaco" ref={host} hidden={file === undefined} />
        {view || file === undefined ? null : <Waiting file={file} />}
        {file === undefined && phase === 'editing' ? <NoFile /> : null}
      </div>
    </section>
  );
}

function Waiting({ file }: { readonly file: FileId }): React.JSX.Element {
  return <PlainText text={useText(file)} />;
}

function NoFile(): React.JSX.Element {
  return (
    <div className="mw-no-file">
      <p>The YAML of your mesh will be here.</p>
      <button type="button" onClick={() => actions.newFile()}>
        New file
      </button>
      <p>Or drop files anywhere.</p>
    </div>
  );
}
