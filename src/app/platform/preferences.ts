const PREFIX = 'meshwright.';

/**
 * What the user set here before, or `fallback`: for the look of the page (theme, panes), never for work. `isValid` refuses what an older
 * version may have left behind. A browser that blocks storage gives the fallback.
 */
export function readPreference<T>(name: string, isValid: (value: unknown) => value is T, fallback: T): T {
  try {
    const text = localStorage.getItem(PREFIX + name);
    const value: unknown = text === null ? undefined : JSON.parse(text);
    return isValid(value) ? value : fallback;
  } catch {
    return fallback;
  }
}

/** Remembers a preference. Where storage is blocked or full it is forgotten with the page. */
export function writePreference(name: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // A preference is not work: losing it is better than a message.
  }
}

/** Is it an object of finite numbers by name: the shape in which pane sizes are kept. */
export function isNumberRecord(value: unknown): value is Readonly<Record<string, number>> {
  return typeof value === 'object' && value !== null && Object.values(value).every((item) => Number.isFinite(item));
}

/** Remembered sizes of a group of panes, by pane, in percent; `fallback` where nothing fits. */
export function readPaneSizes(
  group: string,
  fallback: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const sizes = readPreference(`panes.${group}`, isNumberRecord, fallback);
  return Object.keys(fallback).every((pane) => pane in sizes) ? sizes : fallback;
}

/** Remembers sizes of a group of panes. */
export function writePaneSizes(group: string, sizes: Readonly<Record<string, number>>): void {
  writePreference(`panes.${group}`, sizes);
}
