/** The theme's colours as a canvas needs them. Read from the tokens of `ui/`; read again when the theme changes. */
export interface Look {
  readonly ground: string;
  readonly surface: string;
  readonly line: string;
  readonly text: string;
  readonly dim: string;
  readonly strong: string;
  readonly dot: string;
  readonly accent: string;
  readonly error: string;
  readonly warn: string;
  readonly hues: readonly string[];
  readonly fontUi: string;
  readonly fontCode: string;
  readonly dark: boolean;
}

/** How many hues the tokens define at most. */
const HUES = 8;

/** Reads the tokens that hold for an element. */
export function readLook(element: Element): Look {
  const style = getComputedStyle(element);
  const token = (name: string, fallback: string): string => style.getPropertyValue(name).trim() || fallback;
  const accent = token('--accent', '#7aa2f7');
  const hues = Array.from({ length: HUES }, (_, index) => token(`--hue-${String(index)}`, '')).filter(
    (hue) => hue !== '',
  );
  return {
    ground: token('--ground', '#0e1116'),
    surface: token('--surface', '#151a21'),
    line: token('--lines', '#2a323d'),
    text: token('--text', '#e6ebf2'),
    dim: token('--dim', '#96a3b5'),
    strong: token('--lines-strong', '#627083'),
    dot: token('--canvas-dot', '#1c2330'),
    accent,
    error: token('--error', '#f2727f'),
    warn: token('--warn', '#e5b567'),
    hues: hues.length > 0 ? hues : [accent],
    fontUi: token('--font-ui', 'system-ui, sans-serif'),
    fontCode: token('--font-code', 'monospace'),
    dark: document.documentElement.dataset['theme'] !== 'light',
  };
}

/** The colour of a place in the palette of versions; dim for none. */
export function hueColour(look: Look, hue: number): string {
  return hue < 0 ? look.dim : (look.hues[hue % look.hues.length] ?? look.dim);
}
