import { lazy, Suspense, useMemo, useRef, type JSX } from 'react';
import { grouped } from '../../../core/base/lists.ts';
import type { ShareCounter } from '../../../core/simulation/types.ts';
import { useAppState } from '../../state/index.ts';

/** There is nothing to count before the first picture, so the table's code comes after it. */
const TrafficTable = lazy(() => import('./TrafficTable.tsx').then(({ TrafficTable: Table }) => ({ default: Table })));

/** Counters by rule, in order. */
const byRule = (counters: readonly ShareCounter[]): readonly (readonly ShareCounter[])[] => [
  ...grouped(counters, ({ resource, path }) => `${resource} ${path.join('.')}`).values(),
];

/** The rules of what is picked first, then splits, since rules with one destination have no chance to show. */
function inOrder(
  groups: readonly (readonly ShareCounter[])[],
  picked: string | undefined,
): readonly (readonly ShareCounter[])[] {
  const rank = (group: readonly ShareCounter[]): number =>
    (group[0]?.resource === picked ? 0 : 2) + (group.length > 1 ? 0 : 1);
  return groups.toSorted((a, b) => rank(a) - rank(b));
}

/** Each destination of each rule: its share as expected and as seen, and whether the difference is only chance. */
export function Shares(): JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  const counters = useAppState((state) => state.traffic.shown?.counters);
  const picked = useAppState((state) => state.inspected.view?.resource);
  const groups = useMemo(() => inOrder(byRule(counters ?? []), picked), [counters, picked]);
  return (
    <div className="pn-traffic-scroll" tabIndex={0} role="group" aria-label="Shares by rule" ref={scroller}>
      {groups.length === 0 ? (
        <Nothing />
      ) : (
        <Suspense fallback={null}>
          <TrafficTable groups={groups} scroller={scroller} />
        </Suspense>
      )}
    </div>
  );
}

function Nothing(): JSX.Element {
  const isPlaying = useAppState((state) => state.traffic.playing);
  const isEmpty = useAppState((state) => state.nodes.size === 0);
  const [title, begin] = isEmpty
    ? ['Nothing to send yet', 'Add a VirtualService or open a file']
    : isPlaying
      ? ['No rule was met yet', 'Give it a moment']
      : ['Shares will be counted here', 'Press Play'];
  return (
    <div className="ui-empty">
      <h3>{title}</h3>
      <p>
        {begin}: every caller then sends a steady stream of requests. For each destination of each rule you see the
        share that is expected, the share that came, and whether the difference is more than chance allows.
      </p>
    </div>
  );
}
