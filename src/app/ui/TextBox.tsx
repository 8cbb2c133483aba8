import { useEffect, useId, useRef, useState, type InputHTMLAttributes, type JSX, type KeyboardEvent } from 'react';
import { Icon } from './Icon.tsx';

interface Props extends Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange' | 'className'> {
  /** Its accessible name. */
  readonly label: string;
  readonly value: string;
  /**
   * Called once with what was typed, on Enter or when the box is left, and only when it differs. Gives what is wrong with it, now or
   * later; the typed text then stays and is flagged.
   */
  readonly onCommit: (text: string) => string | undefined | Promise<string | undefined>;
  /** ArrowUp and ArrowDown, with ±1, or ±10 with Shift. Gives the text to commit; absent: arrows do what they do in text. */
  readonly onStep?: ((text: string, by: number) => string | undefined) | undefined;
  readonly narrow?: boolean;
}

/** A one-line box that writes when it is left or Enter is pressed, goes back on Escape, and never corrects what was typed. */
export function TextBox({ label, value, onCommit, onStep, narrow = false, ...rest }: Props): JSX.Element {
  const [draft, setDraft] = useState<string | undefined>();
  const [wrong, setWrong] = useState<string | undefined>();
  const [seen, setSeen] = useState(value);
  const noteId = useId();
  const draftNow = useRef<string | undefined>(undefined);
  if (seen !== value) {
    // The text changed elsewhere (undo, canvas): what it says now wins over a draft that was refused.
    setSeen(value);
    setDraft(undefined);
    setWrong(undefined);
  }
  useEffect(() => {
    draftNow.current = draft;
  }, [draft]);
  const type = (text: string | undefined): void => {
    draftNow.current = text;
    setDraft(text);
  };
  const commit = (): void => {
    const text = draftNow.current;
    if (text === undefined || text === value) {
      type(undefined);
      setWrong(undefined);
      return;
    }
    void Promise.resolve(onCommit(text)).then((message) => {
      setWrong(message);
      if (message === undefined) type(undefined);
    });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter') commit();
    else if (event.key === 'Escape' && draft !== undefined) {
      event.stopPropagation();
      type(undefined);
      setWrong(undefined);
    } else if (onStep && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      const size = (event.shiftKey ? 10 : 1) * (event.key === 'ArrowUp' ? 1 : -1);
      const next = onStep(draft ?? value, size);
      if (next === undefined) return;
      event.preventDefault();
      type(next);
      commit();
    }
  };
  return (
    <span className={`ui-textbox${narrow ? ' ui-textbox-narrow' : ''}`}>
      <input
        spellCheck={false}
        autoComplete="off"
        {...rest}
        className="ui-input"
        data-committed={draft === undefined ? '' : undefined}
        aria-label={label}
        aria-invalid={wrong !== undefined || rest['aria-invalid'] === true}
        aria-describedby={wrong === undefined ? rest['aria-describedby'] : noteId}
        value={draft ?? value}
        onChange={(event) => {
          type(event.target.value);
          setWrong(undefined);
        }}
        onBlur={(event) => {
          commit();
          rest.onBlur?.(event);
        }}
        onKeyDown={onKeyDown}
      />
      {wrong === undefined ? null : (
        <span className="ui-note ui-note-error" id={noteId} role="alert">
          <Icon name="error" size={14} />
          {wrong}
        </span>
      )}
    </span>
  );
}
