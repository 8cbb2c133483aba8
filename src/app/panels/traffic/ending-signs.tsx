import type { IconName } from '../../ui/index.ts';

/** How a request ended, as shape first and colour second: the same shapes that fly over the canvas. */
export const ENDING_SIGNS: readonly { readonly icon: IconName; readonly tone: string; readonly label: string }[] = [
  { icon: 'dot', tone: 'pn-dim', label: 'answered, in the destination’s colour' },
  { icon: 'diamond', tone: 'pn-error', label: '4xx or 5xx' },
  { icon: 'cross', tone: 'pn-error', label: 'no route, or refused' },
  { icon: 'ring', tone: 'pn-dim', label: 'mirrored' },
];

/** The sign of a status, by its first digit. A connection that stood (`connected`) is well; any other that is no HTTP status has the cross. */
export function statusSign(status: string): { readonly icon: IconName; readonly tone: string } {
  if (/^[23]/.test(status) || status === 'connected') return { icon: 'dot', tone: 'pn-ok' };
  return { icon: /^[45]/.test(status) ? 'diamond' : 'cross', tone: 'pn-error' };
}
