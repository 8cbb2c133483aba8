import type { JSX } from 'react';
import { stopOpening, useAppState, useOpening } from '../../state/index.ts';
import { Button } from '../../ui/index.ts';
import { countOf } from '../text.ts';

/** How far it is with files that are being opened, and a way to stop; nothing where it is done in a blink. */
export function OpeningProgress(): JSX.Element | null {
  const opening = useOpening();
  // What is read anew after a reload was opened before: without it there would be nothing.
  const isReload = useAppState((state) => state.phase === 'starting');
  if (!opening) return null;
  const { phase, done, total, bytes } = opening;
  const title = { looking: 'Looking for files', reading: 'Reading files', drawing: 'Drawing files' }[phase];
  const size = bytes === undefined ? '' : `, ${(bytes / 1e6).toFixed(1)} MB`;
  const far =
    total === undefined
      ? `${countOf(done, 'file')} found`
      : `${done.toLocaleString('en')} of ${countOf(total, 'file')}${size}`;
  return (
    <div className="pn-opening" role="group" aria-label="Opening files">
      <strong role="status">{title}</strong>
      <span className="pn-opening-far">{far}</span>
      {isReload ? null : <Button onClick={stopOpening}>Stop</Button>}
      <progress aria-label={title} max={total} value={total === undefined ? undefined : done} />
    </div>
  );
}
