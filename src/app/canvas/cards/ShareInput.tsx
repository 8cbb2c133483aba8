import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { parseShares } from '../../../core/commands/parse-shares.ts';
import type { RuleRow } from '../../../core/graph/types.ts';
import { commitWeights } from '../gestures/divider.ts';
import { focusItem } from '../focus.ts';
import { setCanvas } from '../ui-state.ts';

interface ShareInputProps {
  readonly row: RuleRow;
  readonly weights: readonly number[];
}

/** Shares typed in place: `60 30 10`, `1:19` or per cents. Shows what they come to while they are typed; Enter writes, Escape leaves. */
export function ShareInput({ row, weights }: ShareInputProps): ReactNode {
  const [text, setText] = useState(weights.join(' '));
  const [asked, setAsked] = useState(false);
  const parsed = parseShares(text, row.destinations.length);
  const wrong =
    asked && parsed.kind === 'refused'
      ? [parsed.message, parsed.remedy].filter((part) => part !== undefined).join(' ')
      : undefined;
  const leave = (): void => {
    setCanvas({ typing: null });
    focusItem(row.id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Escape') leave();
    if (event.key !== 'Enter') return;
    setAsked(true);
    if (parsed.kind === 'refused') return;
    commitWeights(row, parsed.value);
    leave();
  };
  return (
    <span className="cv-shares nodrag nopan">
      <input
        className="cv-input"
        aria-label={`Shares of ${row.destinations.map((each) => each.label).join(', ')}`}
        aria-invalid={wrong !== undefined}
        title={wrong ?? 'Such as 60 30 10, 1:19 or 90% 10%'}
        value={text}
        autoFocus
        spellCheck={false}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => setCanvas({ typing: null })}
      />
      {wrong !== undefined && (
        <span className="cv-tip" role="alert">
          {wrong}
        </span>
      )}
    </span>
  );
}
