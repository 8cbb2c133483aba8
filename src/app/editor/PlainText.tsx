import { useMemo } from 'react';
import { FONT_SIZE, LINE_HEIGHT, NUMBER_DIGITS, PADDING_TOP, TEXT_GAP } from './metrics.ts';
import { shownText } from './text-lines.ts';

/** More lines than this are below every screen: they come with the editor. */
const LINES = 200;

/** The text, to read, in the editor's measures: what is shown until Monaco is there, so that nothing jumps when it comes. */
export function PlainText({ text }: { readonly text: string }): React.JSX.Element {
  const { lines, count } = useMemo(() => {
    const all = shownText(text).split('\n');
    return { lines: all.slice(0, LINES), count: all.length };
  }, [text]);
  const digits = Math.max(NUMBER_DIGITS, String(count).length);
  const style = { fontSize: FONT_SIZE, lineHeight: `${String(LINE_HEIGHT)}px`, paddingTop: PADDING_TOP };
  return (
    <div className="mw-plain" style={style} aria-hidden="true">
      <pre className="mw-plain-numbers" style={{ width: `${String(digits)}ch` }}>
        {lines.map((_line, at) => `${String(at + 1)}\n`).join('')}
      </pre>
      <pre className="mw-plain-text" style={{ paddingLeft: TEXT_GAP }}>
        {lines.join('\n')}
      </pre>
    </div>
  );
}
