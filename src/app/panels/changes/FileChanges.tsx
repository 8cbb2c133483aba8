import type { JSX } from 'react';
import type { FileReview, ReviewLine, ReviewPart } from '../../../core/workspace/review/types.ts';
import { actions, texts } from '../../state/index.ts';
import { countOf } from '../text.ts';
import { markChanged, offsetOfLine, type MarkedLine } from './marked-lines.ts';

/** More documents of one file than this are only counted. */
const MOST_PARTS = 100;
const SIGN = { same: ' ', added: '+', removed: '−', gap: '⋯' } as const;
const WORD = { added: 'added', removed: 'removed', changed: 'changed' } as const;

/** What changed in one file: a block for each resource. */
export function FileChanges({ review }: { readonly review: FileReview }): JSX.Element {
  const { file, parts, since } = review;
  return (
    <div role="group" className="pn-changes-file" aria-label={`Changes of ${file}`}>
      <h3>
        <span className="pn-changes-name">{file}</span>
        <Counts {...review} />
        {since === 'restored' && <span className="pn-dim">since the page was loaded again</span>}
      </h3>
      {parts.length === 0 && <p className="pn-dim">Only line ends or a byte order mark differ.</p>}
      {parts.slice(0, MOST_PARTS).map((part) => (
        <Part key={part.title} file={file} part={part} />
      ))}
      {parts.length > MOST_PARTS && (
        <p className="pn-dim">And {countOf(parts.length - MOST_PARTS, 'more changed document')}.</p>
      )}
    </div>
  );
}

function Counts({ added, removed }: { readonly added: number; readonly removed: number }): JSX.Element {
  return (
    <span
      className="pn-changes-counts"
      aria-label={`${countOf(added, 'line')} added, ${countOf(removed, 'line')} removed`}
    >
      <span data-kind="added">+{added.toLocaleString('en')}</span>
      <span data-kind="removed">−{removed.toLocaleString('en')}</span>
    </span>
  );
}

interface PartProps {
  readonly file: FileReview['file'];
  readonly part: ReviewPart;
}

function Part({ file, part }: PartProps): JSX.Element {
  const first = part.lines.find((line) => line.kind === 'added') ?? part.lines.find((line) => line.after !== undefined);
  return (
    <div className="pn-changes-part">
      <h4>
        <button
          type="button"
          className="pn-changes-title"
          disabled={part.kind === 'removed' || first === undefined}
          title="Show it in the text and on the canvas"
          onClick={() => show(file, first)}
        >
          {part.title}
        </button>
        <span className="pn-dim">{WORD[part.kind]}</span>
        <Counts {...part} />
      </h4>
      <div className="pn-diff">
        {markChanged(part.lines).map((line, index) => (
          <Line key={index} line={line} onPick={() => show(file, line)} />
        ))}
        {part.more > 0 && <div className="pn-diff-line pn-dim">and {countOf(part.more, 'more line')}</div>}
      </div>
    </div>
  );
}

function Line({ line, onPick }: { readonly line: MarkedLine; readonly onPick: () => void }): JSX.Element {
  const { kind, text, before, after, mark } = line;
  return (
    <div className="pn-diff-line" data-kind={kind} onClick={after === undefined ? undefined : onPick}>
      <span className="pn-diff-number">{before}</span>
      <span className="pn-diff-number">{after}</span>
      <span className="pn-diff-sign">{SIGN[kind]}</span>
      <span className="pn-diff-text">
        {mark ? (
          <>
            {text.slice(0, mark.from)}
            <mark>{text.slice(mark.from, mark.to)}</mark>
            {text.slice(mark.to)}
          </>
        ) : (
          text
        )}
      </span>
    </div>
  );
}

function show(file: FileReview['file'], line: ReviewLine | undefined): void {
  if (line?.after === undefined) return;
  const from = offsetOfLine(texts.get(file), line.after);
  actions.setActiveFile(file);
  actions.send({ kind: 'caret', file, offset: from });
  actions.revealText(file, { from, to: from + line.text.length });
}
