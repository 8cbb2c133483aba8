import type { JSX, ReactNode } from 'react';

/** A short word in a frame: `timeout 5s`, `ROUND_ROBIN`. */
export function Chip({
  children,
  tone = 'plain',
}: {
  readonly children: ReactNode;
  readonly tone?: 'plain' | 'error' | 'warn' | 'accent';
}): JSX.Element {
  return <span className={`ui-chip ui-chip-${tone}`}>{children}</span>;
}

/** The colour of a place in the palette of versions, as CSS; no place gives the dim one. */
export function hueColor(hue: number): string {
  return hue < 0 ? 'var(--dim)' : `var(--hue-${hue % 8})`;
}

/** A dot of a version's colour, beside its name. */
export function HueDot({ hue, missing = false }: { readonly hue: number; readonly missing?: boolean }): JSX.Element {
  return (
    <span
      className={`ui-hue-dot${missing ? ' ui-hue-missing' : ''}`}
      style={{ '--hue': hueColor(hue) }}
      aria-hidden="true"
    />
  );
}
