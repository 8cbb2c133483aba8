import type { CSSProperties, JSX } from 'react';
import type { ShareCounter } from '../../../core/simulation/types.ts';
import { hueColor } from '../../ui/index.ts';

const WIDTH = 220;
const x = (share: number): number => 5 + share * (WIDTH - 10);

/** Does the seen share lie where chance alone would put it (99.7 of 100 times)? Nothing seen yet counts as yes. */
export function isWithinChance({ seen, total, low, high }: ShareCounter): boolean {
  if (total === 0) return true;
  const share = seen / total;
  return share >= low - 1e-9 && share <= high + 1e-9;
}

/** The scale from 0 to 100 %, the band that chance allows, a mark where the share is expected, a dot where it was seen. */
export function ChanceBand({ counter }: { readonly counter: ShareCounter }): JSX.Element {
  const { expected, seen, total, low, high, hue } = counter;
  const within = isWithinChance(counter);
  const style: CSSProperties = { '--hue': hueColor(hue) };
  return (
    <span className="pn-chance" style={style}>
      <svg width={WIDTH} height="16" viewBox={`0 0 ${String(WIDTH)} 16`} aria-hidden="true">
        <rect className="pn-chance-track" x={x(0)} y="5" width={x(1) - x(0)} height="6" rx="3" />
        <rect className="pn-chance-band" x={x(low)} y="5" width={Math.max(2, x(high) - x(low))} height="6" rx="1" />
        <rect className="pn-chance-mark" x={x(expected) - 1} y="1" width="2" height="14" />
        {total === 0 ? null : <circle className="pn-chance-dot" cx={x(seen / total)} cy="8" r="4" />}
      </svg>
      <span className={within ? 'pn-dim' : 'pn-error'}>{total === 0 ? 'not yet' : within ? 'yes' : 'outside'}</span>
    </span>
  );
}
