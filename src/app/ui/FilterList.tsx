import { useEffect, useId, useMemo, useRef, useState, type JSX, type KeyboardEvent, type ReactNode } from 'react';

export interface Choice {
  readonly id: string;
  readonly label: string;
  /** Dim words behind the label. */
  readonly hint?: string | undefined;
  /** More words that it is found by. */
  readonly words?: string | undefined;
  readonly before?: ReactNode;
  readonly after?: ReactNode;
  readonly disabled?: boolean | undefined;
}
interface Props {
  /** The name of the box. */
  readonly label: string;
  readonly placeholder: string;
  readonly choices: readonly Choice[];
  readonly onPick: (id: string) => void;
  /** What is said when nothing fits. */
  readonly nothing: string;
  readonly most?: number;
}

/** How well a choice fits what was typed: every word must occur; earlier and at the start of a word is better. 0: not at all. */
export function fitOf(text: string, query: string): number {
  const where = text.toLowerCase();
  let fit = 1;
  for (const word of query.toLowerCase().split(/\s+/)) {
    if (word === '') continue;
    const at = where.indexOf(word);
    if (at < 0) return 0;
    fit += at === 0 ? 4 : /[^a-z0-9]/.test(where[at - 1] ?? '') ? 2 : 1;
  }
  return fit;
}

/** The choices that fit, best first; all, in their own order, while nothing is typed. */
export function fitting(choices: readonly Choice[], query: string): readonly Choice[] {
  if (query.trim() === '') return choices;
  const scored = choices.map((choice, index) => {
    const fit =
      2 * fitOf(choice.label, query) || fitOf(`${choice.label} ${choice.hint ?? ''} ${choice.words ?? ''}`, query);
    return { choice, fit, index };
  });
  return scored
    .filter(({ fit }) => fit > 0)
    .sort((a, b) => b.fit - a.fit || a.index - b.index)
    .map(({ choice }) => choice);
}

/** A box and a list below it: typing filters, arrows choose, Enter takes. The focus stays in the box (combobox pattern of ARIA). */
export function FilterList({ label, placeholder, choices, onPick, nothing, most = 200 }: Props): JSX.Element {
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const all = useMemo(() => fitting(choices, query), [choices, query]);
  const shown = all.slice(0, most);
  const at = Math.min(active, shown.length - 1);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step !== undefined && shown.length > 0) {
      const wrap = Math.abs(step) === 1 ? (at + step + shown.length) % shown.length : at + step;
      setActive(Math.min(shown.length - 1, Math.max(0, wrap)));
      event.preventDefault();
    } else if (event.key === 'Enter') {
      const choice = shown[at];
      event.preventDefault();
      if (choice && !choice.disabled) onPick(choice.id);
    }
  };
  return (
    <div className="ui-filter">
      <input
        className="ui-input ui-filter-box"
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={shown[at] ? `${listId}-${String(at)}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div className="ui-filter-list" role="listbox" id={listId} aria-label={label} ref={list} tabIndex={-1}>
        {shown.map((choice, index) => (
          <div
            key={choice.id}
            id={`${listId}-${String(index)}`}
            role="option"
            aria-selected={index === at}
            aria-disabled={choice.disabled ? true : undefined}
            className="ui-filter-item"
            onMouseMove={() => setActive(index)}
            onClick={() => choice.disabled || onPick(choice.id)}
          >
            {choice.before}
            <span className="ui-filter-words">
              {choice.label}
              {choice.hint ? <span className="ui-filter-hint">{choice.hint}</span> : null}
            </span>
            {choice.after}
          </div>
        ))}
      </div>
      {shown.length === 0 ? <p className="ui-note ui-filter-none">{nothing}</p> : null}
      {all.length > shown.length ? (
        <p className="ui-note ui-filter-none">{all.length - shown.length} more: type to narrow them down.</p>
      ) : null}
    </div>
  );
}
