import type { JSX } from 'react';
import { useAppState } from '../../state/index.ts';
import { Icon, kindIcon, runCommand } from '../../ui/index.ts';
import { addable } from './addable.ts';

/** The four kinds, to click or to drag onto the canvas. Shown while nothing is picked. */
export function AddPalette(): JSX.Element {
  const isEmpty = useAppState((state) => state.nodes.size === 0);
  return (
    <div className="pn-inspector-scroll">
      <header className="pn-inspector-head">
        <h2>{isEmpty ? 'Begin with one of these' : 'Nothing is picked'}</h2>
        <p className="pn-dim pn-inspector-about">
          {isEmpty
            ? 'Or paste YAML anywhere on the page.'
            : 'Click a node, a rule or a subset, and every field of it is here. Or add something:'}
        </p>
      </header>
      <ul className="pn-add">
        {addable.map(({ kind, about, command }) => (
          <li key={kind}>
            <button
              type="button"
              className="pn-add-item"
              draggable
              onDragStart={(event) => {
                event.dataTransfer.setData('application/x-meshwright-kind', kind);
                event.dataTransfer.effectAllowed = 'copy';
              }}
              onClick={() => runCommand(command)}
            >
              <Icon name={kindIcon(kind)} />
              <span>
                <strong>{kind}</strong>
                <span className="pn-add-about">{about}</span>
              </span>
              <Icon name="grip" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
