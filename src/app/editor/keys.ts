import { actions } from '../state/index.ts';

/** Keys of the page that Monaco must not take: `key` in lower case, with `Ctrl` or `Cmd` where `mod` says so. */
const OF_THE_PAGE: readonly { readonly key: string; readonly mod: boolean; readonly shift?: boolean }[] = [
  { key: 'k', mod: true },
  { key: 'p', mod: true, shift: true },
  { key: 's', mod: true },
  { key: 'o', mod: true },
  { key: 'enter', mod: true },
  { key: 'f1', mod: false },
  { key: 'f8', mod: false },
];
const isMac = /mac|iphone|ipad/i.test(navigator.userAgent);

/**
 * Lets the page's keys through the editor, and makes its undo and redo the page's, since one act may touch several files and the graph.
 * Boxes inside of the editor (find) keep their own undo. Gives the function that ends it.
 */
export function passKeys(host: HTMLElement, hasTextFocus: () => boolean): () => void {
  const onKey = (event: KeyboardEvent): void => {
    const mod = isMac ? event.metaKey : event.ctrlKey;
    const key = event.key.toLowerCase();
    if (mod && !event.altKey && hasTextFocus() && (key === 'z' || key === 'y')) {
      event.preventDefault();
      event.stopPropagation();
      if (key === 'y' || event.shiftKey) actions.redo();
      else actions.undo();
      return;
    }
    const isOurs = OF_THE_PAGE.some(
      (wanted) =>
        wanted.key === key && wanted.mod === mod && !event.altKey && (wanted.shift ?? false) === event.shiftKey,
    );
    const goesOn = key === 'f8' && event.shiftKey;
    if (!isOurs && !goesOn) return;
    event.stopPropagation();
    const again = new KeyboardEvent('keydown', event);
    window.dispatchEvent(again);
    if (again.defaultPrevented) event.preventDefault();
  };
  host.addEventListener('keydown', onKey, true);
  return () => host.removeEventListener('keydown', onKey, true);
}
