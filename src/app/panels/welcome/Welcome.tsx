import { useEffect, type JSX } from 'react';
import { actions, getAppState, previewExample, useAppState } from '../../state/index.ts';
import { Button } from '../../ui/index.ts';
import { PasteBox } from '../transfer/PasteBox.tsx';
import { chooseFiles, chooseFolder } from '../transfer/transfer.ts';
import { examples } from './examples.ts';

const BEHIND = 'bookinfo';

/** Starts the traffic once the example behind the welcome screen is drawn, unless less motion is asked for. */
function useRunningExample(): void {
  const phase = useAppState((state) => state.phase);
  useEffect(() => {
    if (phase !== 'welcome') return;
    void previewExample(BEHIND).then(() => {
      actions.setBottomTab('traffic');
      if (!getAppState().reducedMotion) actions.play();
    });
  }, [phase]);
}

function Examples(): JSX.Element {
  return (
    <section aria-label="Examples">
      <h3 className="pn-heading">Open an example</h3>
      <ul className="pn-welcome-examples">
        {examples.map((example) => (
          <li key={example.id}>
            <button
              type="button"
              className="pn-add-item"
              onClick={() => (example.id === BEHIND ? actions.startEditing() : void actions.openExample(example.id))}
            >
              <span>
                <strong>{example.title}</strong>
                <span className="pn-add-about">{example.about}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The first thing on a first visit, over the text: an example runs beside it, and every way in is one click. Escape keeps the example. */
export function Welcome(): JSX.Element | null {
  const phase = useAppState((state) => state.phase);
  useRunningExample();
  useEffect(() => {
    if (phase !== 'welcome') return undefined;
    const onKey = (event: KeyboardEvent): void => {
      const isElsewhere = document.querySelector('[role="dialog"], [role="menu"]') !== null;
      if (event.key === 'Escape' && !isElsewhere) actions.startEditing();
    };
    // Before the canvas takes the key to select nothing.
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [phase]);
  if (phase !== 'welcome') return null;
  return (
    <section className="pn-welcome" aria-label="Welcome">
      <header>
        <h2>See where every request goes</h2>
        <p className="pn-dim">Istio routing as text, graph and traffic in step. The example beside this is running.</p>
      </header>
      <Examples />
      <section aria-label="Your own">
        <h3 className="pn-heading">Or bring your own</h3>
        <PasteBox mode="replace" rows={4} onDone={() => undefined} />
        <div className="pn-import-acts">
          <Button icon="file" onClick={() => void chooseFiles('replace')}>
            Open files
          </Button>
          <Button icon="folder" onClick={() => void chooseFolder('replace')}>
            Folder
          </Button>
          <Button
            icon="plus"
            onClick={() =>
              actions.openFiles([{ name: 'mesh.yaml', bytes: new Uint8Array() }], 'replace', 'Start blank')
            }
          >
            Blank
          </Button>
        </div>
      </section>
    </section>
  );
}
