import { readPreference, writePreference } from './preferences.ts';

type Theme = 'dark' | 'light';
const isTheme = (value: unknown): value is Theme => value === 'dark' || value === 'light';
const prefersLight = (): MediaQueryList => matchMedia('(prefers-color-scheme: light)');

/** The theme to begin with: what was chosen here before, else the system's. */
export function initialTheme(): Theme {
  return readPreference<Theme>('theme', isTheme, prefersLight().matches ? 'light' : 'dark');
}

/** Puts the theme on the page (`data-theme` on the root element); `remember` keeps it for the next visit. */
export function applyTheme(theme: Theme, remember: boolean): void {
  document.documentElement.dataset['theme'] = theme;
  document.documentElement.style.colorScheme = theme;
  if (remember) writePreference('theme', theme);
}

/** Calls back when the system's theme changes, while none was chosen here. Gives the function that ends it. */
export function onSystemTheme(listener: (theme: Theme) => void): () => void {
  const query = prefersLight();
  const tell = (): void => {
    const chosen = readPreference<Theme | null>('theme', (value): value is Theme | null => isTheme(value), null);
    if (chosen === null) listener(query.matches ? 'light' : 'dark');
  };
  query.addEventListener('change', tell);
  return () => query.removeEventListener('change', tell);
}

/** Does the system ask for less motion now. */
export function reducedMotionNow(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** Calls back when the system's wish for less motion changes. Gives the function that ends it. */
export function onReducedMotion(listener: (reduced: boolean) => void): () => void {
  const query = matchMedia('(prefers-reduced-motion: reduce)');
  const tell = (): void => listener(query.matches);
  query.addEventListener('change', tell);
  return () => query.removeEventListener('change', tell);
}
