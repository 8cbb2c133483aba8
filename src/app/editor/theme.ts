import { monaco } from './monaco.ts';

/** Colours that Monaco needs, by the name of the token that holds them, with what to take where the page has none. */
const TOKENS = {
  surface: ['--surface', '#151a21', '#ffffff'],
  raised: ['--raised', '#1c232d', '#f0f3f7'],
  line: ['--lines', '#2a323d', '#e0e5ec'],
  text: ['--text', '#e6ebf2', '#1b2430'],
  dim: ['--dim', '#96a3b5', '#566273'],
  accent: ['--accent', '#7aa2f7', '#2f5fd0'],
  key: ['--code-key', '#8fb4ff', '#1d4ed8'],
  string: ['--code-string', '#a5d6a7', '#1a6e3c'],
  number: ['--code-number', '#f0a848', '#9a5300'],
  comment: ['--code-comment', '#8390a2', '#66707e'],
  error: ['--error', '#f2727f', '#bd2f40'],
  warning: ['--warn', '#e8c14a', '#855e00'],
} as const;
type ColorName = keyof typeof TOKENS;

/** Monaco takes hex colours only; a canvas turns whatever CSS says into one. */
function toHex(color: string, fallback: string): string {
  const context = document.createElement('canvas').getContext('2d');
  if (!context || color === '') return fallback;
  context.fillStyle = fallback;
  context.fillStyle = color;
  return context.fillStyle.startsWith('#') ? context.fillStyle : fallback;
}

function readColors(theme: 'dark' | 'light'): Record<ColorName, string> {
  const style = getComputedStyle(document.documentElement);
  const entries = Object.entries(TOKENS).map(([name, [token, dark, light]]) => [
    name,
    toHex(style.getPropertyValue(token).trim(), theme === 'dark' ? dark : light),
  ]);
  // One entry for each key of TOKENS.
  return Object.fromEntries(entries) as Record<ColorName, string>;
}

/** Makes Monaco's theme from the page's tokens as they are now, and puts it on. */
export function applyEditorTheme(theme: 'dark' | 'light'): void {
  const color = readColors(theme);
  const name = `meshwright-${theme}`;
  monaco.editor.defineTheme(name, {
    base: theme === 'dark' ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: '', foreground: color.text },
      { token: 'type.yaml', foreground: color.key },
      { token: 'string.yaml', foreground: color.string },
      { token: 'number.yaml', foreground: color.number },
      { token: 'keyword.yaml', foreground: color.number },
      { token: 'comment.yaml', foreground: color.comment },
      { token: 'operators.yaml', foreground: color.dim },
      { token: 'namespace.yaml', foreground: color.dim },
    ],
    colors: {
      'editor.background': color.surface,
      'editor.foreground': color.text,
      'editorLineNumber.foreground': color.dim,
      'editorLineNumber.activeForeground': color.text,
      'editorCursor.foreground': color.accent,
      'editor.lineHighlightBackground': '#00000000',
      'editor.lineHighlightBorder': '#00000000',
      'editor.selectionBackground': `${color.accent}55`,
      'editor.inactiveSelectionBackground': `${color.accent}2a`,
      'editorIndentGuide.background1': `${color.line}`,
      'editorIndentGuide.activeBackground1': color.dim,
      'editorWidget.background': color.raised,
      'editorWidget.border': color.line,
      'editorHoverWidget.background': color.raised,
      'editorHoverWidget.border': color.line,
      'editorActionList.background': color.raised,
      'editorActionList.foreground': color.text,
      'editorActionList.focusBackground': `${color.accent}33`,
      'editorActionList.focusForeground': color.text,
      'widget.border': color.line,
      'editorError.foreground': color.error,
      'editorWarning.foreground': color.warning,
      'editorInfo.foreground': color.accent,
      'scrollbarSlider.background': `${color.dim}33`,
      'scrollbarSlider.hoverBackground': `${color.dim}55`,
      'scrollbarSlider.activeBackground': `${color.dim}77`,
      'scrollbar.shadow': '#00000000',
      focusBorder: color.accent,
      ...Object.fromEntries(
        [1, 2, 3, 4, 5, 6].map((depth) => [`editorBracketHighlight.foreground${String(depth)}`, color.dim]),
      ),
    },
  });
  monaco.editor.setTheme(name);
}
