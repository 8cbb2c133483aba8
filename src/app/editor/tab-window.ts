import { type RefObject, useEffect, useState } from 'react';

/** Of more files than this only the tabs in view are on the page: 3,000 cost every frame of the canvas 10 ms. They are all as wide, in pixels. */
const FEW = 150;
export const TAB_WIDTH = 160;
/** Tabs beyond the view. */
const BEYOND = 10;

/** Which tabs are on the page: those from `from` up to `to`. `isWhole`: all of them, each as wide as it likes. */
export interface TabWindow {
  readonly from: number;
  readonly to: number;
  readonly isWhole: boolean;
  readonly onScroll: () => void;
}

/** Follows what is seen of the list, and brings the tab at `active` into view when that is another one. */
export function useTabWindow(list: RefObject<HTMLDivElement | null>, count: number, active: number): TabWindow {
  const isWhole = count <= FEW;
  const [seen, setSeen] = useState({ from: 0, to: 3 * BEYOND });
  const look = (): void => {
    const { scrollLeft = 0, clientWidth = 0 } = list.current ?? {};
    const from = Math.max(0, Math.floor(scrollLeft / TAB_WIDTH) - BEYOND);
    const to = Math.ceil((scrollLeft + clientWidth) / TAB_WIDTH) + BEYOND;
    if (from !== seen.from || to !== seen.to) setSeen({ from, to });
  };
  // Its text may be shown from elsewhere, and then its tab is to be seen too.
  useEffect(() => {
    const element = list.current;
    if (!element || active < 0) return;
    if (isWhole) {
      element.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      return;
    }
    const left = active * TAB_WIDTH;
    const right = left + TAB_WIDTH - element.clientWidth;
    if (left < element.scrollLeft) element.scrollTo({ left });
    else if (right > element.scrollLeft) element.scrollTo({ left: right });
  }, [list, isWhole, active]);
  if (isWhole) return { from: 0, to: count, isWhole, onScroll: () => undefined };
  return { from: Math.min(seen.from, count), to: Math.min(seen.to, count), isWhole, onScroll: look };
}
