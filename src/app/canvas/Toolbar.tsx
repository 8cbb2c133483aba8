import type { ReactNode } from 'react';
import type { GraphNode } from '../../core/graph/types.ts';
import { actions, useAppState, type AppState } from '../state/index.ts';
import { Button, IconButton, Menu, type MenuItem } from '../ui/index.ts';
import { canvasCommands } from './commands.ts';

/** The bar below the graph, which no card ever runs behind: zoom, fit, tidy, and whose requests are looked at. */
export function Toolbar(): ReactNode {
  return (
    <div className="cv-tools" role="toolbar" aria-label="View">
      <div className="cv-bar-group">
        <IconButton
          icon="plus"
          label="Zoom in"
          command="view.zoomIn"
          side="top"
          onClick={canvasCommands['view.zoomIn']}
        />
        <IconButton
          icon="minus"
          label="Zoom out"
          command="view.zoomOut"
          side="top"
          onClick={canvasCommands['view.zoomOut']}
        />
        <Button look="quiet" onClick={canvasCommands['view.fit']} title="Show all (Shift + 1)">
          Fit
        </Button>
        <Button look="quiet" onClick={canvasCommands['view.tidy']} title="Arrange everything anew">
          Tidy
        </Button>
      </div>
      <CallerSwitch />
      <a className="cv-made-with" href="https://reactflow.dev" target="_blank" rel="noreferrer">
        React Flow
      </a>
    </div>
  );
}

function CallerSwitch(): ReactNode {
  const caller = useAppState((state) => state.caller);
  // Callers stay the same objects at nearly every key press, and then this renders nothing.
  const callers = useAppState((state) => callersOf(state.nodes));
  if (callers.length === 0) return null;
  const chosen = callers.find((node) => node.id === caller);
  const items: MenuItem[] = [
    {
      id: '',
      label: 'Everyone',
      hint: 'Nothing fades',
      checked: chosen === undefined,
      onSelect: () => actions.setCaller(null),
    },
    ...callers.map((node) => ({
      id: node.id,
      label: node.title,
      hint: node.subtitle === '' ? undefined : node.subtitle,
      checked: node.id === caller,
      onSelect: () => actions.setCaller(node.id),
    })),
  ];
  return (
    <div className="cv-bar-group">
      <span className="cv-bar-label" aria-hidden="true">
        Caller
      </span>
      <Menu
        trigger={
          <button
            type="button"
            className="ui-button ui-button-plain cv-caller"
            aria-label={`Caller: ${chosen?.title ?? 'Everyone'}`}
            title="Rules that do not apply to the caller fade"
          >
            <span>{chosen?.title ?? 'Everyone'}</span>
            <span aria-hidden="true">▾</span>
          </button>
        }
        items={items}
      />
    </div>
  );
}

const callersOf = (nodes: AppState['nodes']): readonly GraphNode[] =>
  [...nodes.values()].filter((node) => node.kind === 'caller');
