import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type JSX } from 'react';
import { moveFocus, ProblemLine } from './ProblemLine.tsx';
import type { ProblemRow } from './problem-rows.ts';
import { useCurrentProblem } from './problem-walk.ts';

const ROW = 28;

/** A long list of problems, of which only the lines in view are on the page. */
export function VirtualProblemList({ rows }: { readonly rows: readonly ProblemRow[] }): JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  const current = useCurrentProblem();
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualizer gives fresh functions by design; nothing here is memoised on them
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 20,
  });
  const at = rows.findIndex((row) => row.id === current);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at);
    // Only when another problem is visited: new rows must not move the list under the reader.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [current]);
  return (
    <div className="pn-problems-scroll" ref={scroller} onKeyDown={moveFocus} tabIndex={-1}>
      <div
        role="list"
        aria-label="Problems by resource"
        className="pn-problems-list"
        style={{ height: virtual.getTotalSize() }}
      >
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          return (
            <div
              key={item.key}
              role="listitem"
              aria-setsize={rows.length}
              aria-posinset={item.index + 1}
              ref={virtual.measureElement}
              data-index={item.index}
              className="pn-problem-row"
              style={{ transform: `translateY(${String(item.start)}px)` }}
            >
              <ProblemLine row={row} current={current} />
            </div>
          );
        })}
      </div>
    </div>
  );
}
