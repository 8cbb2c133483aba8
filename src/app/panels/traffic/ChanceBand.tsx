import type { CSSProperties, JSX } from 'react';
import type { ShareCounter } from '../../../core/simulation/types.ts';
import { hueColor } from '../../ui/index.ts';

const at = (share: number): string => `${String(share * 100)}%`;

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
      <svg aria-hidden="true">
        <rect className="pn-chance-track" y="5" width="100%" height="6" rx="3" />
        <rect className="pn-chance-band" x={at(low)} y="5" width={at(Math.max(0.008, high - low))} height="6" rx="1" />
        <line className="pn-chance-mark" x1={at(expected)} x2={at(expected)} y1="1" y2="15" />
        {total === 0 ? null : <circle className="pn-chance-dot" cx={at(seen / total)} cy="8" r="4" />}
      </svg>
      <span className={within ? 'pn-dim' : 'pn-error'}>{total === 0 ? 'not yet' : within ? 'yes' : 'outside'}</span>
    </span>
  );
}
