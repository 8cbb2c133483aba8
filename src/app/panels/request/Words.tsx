import type { JSX } from 'react';
import type { Said, TextPlace } from '../../../core/workspace/asked/types.ts';
import { actions } from '../../state/index.ts';

/** A sentence in which what stands between backticks is quoted from the request or the configuration. */
export function Words({ text }: { readonly text: string }): JSX.Element {
  return (
    <span>{text.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}</span>
  );
}

/** Shows the text that a sentence speaks of, and picks what it belongs to. The focus stays. */
export function LineLink({ place }: { readonly place: TextPlace | undefined }): JSX.Element | null {
  if (!place) return null;
  return (
    <button
      type="button"
      className="rq-line"
      title={place.file}
      onClick={() => {
        actions.setActiveFile(place.file);
        actions.send({ kind: 'caret', file: place.file, offset: place.range.from });
        actions.revealText(place.file, place.range);
      }}
    >
      line {place.line}
    </button>
  );
}

/** Sentences one below the other, each with its line. */
export function Sentences({ said }: { readonly said: readonly Said[] }): JSX.Element {
  return (
    <ul className="rq-sentences">
      {said.map((one, index) => (
        <li key={index}>
          <Words text={one.text} />
          <LineLink place={one.place} />
        </li>
      ))}
    </ul>
  );
}
