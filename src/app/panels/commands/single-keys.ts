import { readPreference, writePreference } from '../../platform/index.ts';
import { actions } from '../../state/index.ts';

const NAME = 'singleKeys';
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
let on = readPreference(NAME, isBoolean, true);

/** Do keys without Ctrl or Alt run commands. Speech input types letters by itself, so they can be turned off (WCAG 2.1.4). */
export function singleKeysAreOn(): boolean {
  return on;
}

/** Turns them on or off, and remembers it. */
export function toggleSingleKeys(): void {
  on = !on;
  writePreference(NAME, on);
  actions.notify({
    tone: 'info',
    message: on ? 'Single-letter keys are on.' : 'Single-letter keys are off. Keys with Ctrl or Alt still work.',
  });
}
