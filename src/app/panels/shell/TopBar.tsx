import type { JSX } from 'react';
import { actions, useAppState } from '../../state/index.ts';
import { Button, Icon, IconButton, Keys, Menu } from '../../ui/index.ts';
import { examples } from '../welcome/examples.ts';
import { showSheet, togglePane, useViewState, type Pane } from './view-state.ts';

const panes: readonly {
  readonly pane: Pane;
  readonly icon: 'paneLeft' | 'paneBottom' | 'paneRight';
  readonly name: string;
  readonly command: string;
}[] = [
  { pane: 'text', icon: 'paneLeft', name: 'YAML', command: 'view.text' },
  { pane: 'bottom', icon: 'paneBottom', name: 'bottom pane', command: 'view.bottom' },
  { pane: 'inspector', icon: 'paneRight', name: 'inspector', command: 'view.inspector' },
];

function PaneButtons(): JSX.Element {
  const hidden = useViewState((state) => state.hidden);
  return (
    <div className="pn-bar-group" role="group" aria-label="Panes">
      {panes.map(({ pane, icon, name, command }) => (
        <IconButton
          key={pane}
          icon={icon}
          label={`${hidden.has(pane) ? 'Show' : 'Hide'} ${name}`}
          command={command}
          aria-pressed={!hidden.has(pane)}
          onClick={() => togglePane(pane)}
        />
      ))}
    </div>
  );
}

function History(): JSX.Element {
  const undoLabel = useAppState((state) => (state.phase === 'welcome' ? null : state.undoLabel));
  const redoLabel = useAppState((state) => state.redoLabel);
  return (
    <div className="pn-bar-group" role="group" aria-label="History">
      <IconButton
        icon="undo"
        label={undoLabel === null ? 'Nothing to undo' : `Undo: ${undoLabel}`}
        command="edit.undo"
        disabled={undoLabel === null}
        onClick={actions.undo}
      />
      <IconButton
        icon="redo"
        label={redoLabel === null ? 'Nothing to redo' : `Redo: ${redoLabel}`}
        command="edit.redo"
        disabled={redoLabel === null}
        onClick={actions.redo}
      />
    </div>
  );
}

function ThemeButton(): JSX.Element {
  const theme = useAppState((state) => state.theme);
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <IconButton
      icon={theme === 'dark' ? 'sun' : 'moon'}
      label={`Use the ${other} theme`}
      onClick={() => actions.setTheme(other)}
    />
  );
}

/** The name of the workspace: the first file's, without its ending, until workspaces have names of their own. */
function WorkspaceName(): JSX.Element {
  const files = useAppState((state) => state.files);
  const first = files[0]?.id.replace(/[.](ya?ml|json)$/i, '');
  const more = files.length > 1 ? ` and ${String(files.length - 1)} more` : '';
  return (
    <span className="pn-workspace" title={files.map((file) => file.id).join('\n')}>
      {first === undefined ? 'nothing open' : first + more}
    </span>
  );
}

/** The bar on top: what is open, what can be brought in and taken out, and the way to everything else. */
export function TopBar(): JSX.Element {
  return (
    <header className="pn-topbar">
      <span className="pn-logo">
        <Icon name="logo" size={20} />
        <h1>Meshwright</h1>
      </span>
      <WorkspaceName />
      <Menu
        trigger={<Button look="quiet">Examples</Button>}
        items={examples.map((example) => ({
          id: example.id,
          label: example.title,
          hint: example.about,
          icon: 'example' as const,
          onSelect: () => void actions.openExample(example.id),
        }))}
      />
      <History />
      <button type="button" className="pn-find" onClick={() => actions.setPaletteOpen(true)}>
        <Icon name="search" size={14} />
        <span>Find or do anything</span>
        <Keys of="help.palette" />
      </button>
      <div className="pn-bar-end">
        <PaneButtons />
        <Button look="quiet" onClick={() => showSheet('import')}>
          Import
        </Button>
        <Button look="primary" onClick={() => showSheet('export')}>
          Export for kubectl
        </Button>
        <IconButton icon="keyboard" label="Keyboard shortcuts" command="help.keys" onClick={() => showSheet('keys')} />
        <ThemeButton />
      </div>
    </header>
  );
}
