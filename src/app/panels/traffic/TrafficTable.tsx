import { useMemo, type JSX } from 'react';
import type { ShareCounter } from '../../../core/simulation/types.ts';
import { useAppState } from '../../state/index.ts';
import { HueDot, Icon } from '../../ui/index.ts';
import { ChanceBand } from './ChanceBand.tsx';

const MOST_ROWS = 200;
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** Counters by rule, in order. */
function byRule(counters: readonly ShareCounter[]): readonly (readonly ShareCounter[])[] {
  const groups = new Map<string, ShareCounter[]>();
  for (const counter of counters) {
    const key = `${counter.resource} ${counter.path.join('.')}`;
    const group = groups.get(key);
    if (group) group.push(counter);
    else groups.set(key, [counter]);
  }
  return [...groups.values()];
}

/** The rules of what is picked first, then splits, since rules with one destination have no chance to show; `MOST_ROWS` rows at most. */
function inOrder(
  groups: readonly (readonly ShareCounter[])[],
  picked: string | undefined,
): readonly (readonly ShareCounter[])[] {
  const rank = (group: readonly ShareCounter[]): number =>
    (group[0]?.resource === picked ? 0 : 2) + (group.length > 1 ? 0 : 1);
  let rows = 0;
  return groups.toSorted((a, b) => rank(a) - rank(b)).filter((group) => (rows += group.length) <= MOST_ROWS);
}

function Rows({ group }: { readonly group: readonly ShareCounter[] }): JSX.Element {
  return (
    <>
      {group.map((counter, index) => (
        <tr key={counter.cluster + counter.label} className={index === 0 ? 'pn-first' : undefined}>
          {index === 0 ? (
            <th scope="rowgroup" rowSpan={group.length}>
              {counter.ruleName}
            </th>
          ) : null}
          <td>
            <span className="pn-destination">
              <HueDot hue={counter.hue} />
              {counter.label}
            </span>
          </td>
          <td className="pn-number">{percent(counter.expected)}</td>
          <td className="pn-number">{counter.total === 0 ? '–' : percent(counter.seen / counter.total)}</td>
          <td className="pn-number pn-dim">{counter.seen.toLocaleString('en')}</td>
          <td>
            <ChanceBand counter={counter} />
          </td>
          <td className="pn-number">{counter.seen === 0 ? '–' : `${String(Math.round(counter.p50Ms))} ms`}</td>
          <td className={`pn-number${counter.errors > 0 ? ' pn-error' : ''}`}>
            {counter.errors > 0 ? <Icon name="diamond" size={11} /> : null} {counter.errors.toLocaleString('en')}
          </td>
        </tr>
      ))}
    </>
  );
}

/** Each destination of each rule: its share as expected and as seen, and whether the difference is only chance. */
export function TrafficTable(): JSX.Element {
  const counters = useAppState((state) => state.traffic.shown?.counters);
  const picked = useAppState((state) => state.inspector?.resource);
  const groups = useMemo(() => inOrder(byRule(counters ?? []), picked), [counters, picked]);
  if (counters === undefined || counters.length === 0) {
    return (
      <div className="ui-empty">
        <h3>{counters === undefined ? 'Shares will be counted here' : 'No rule was met yet'}</h3>
        <p>
          Press Play: every caller then sends a steady stream of requests. For each destination of each rule you see the
          share that is expected, the share that came, and whether the difference is more than chance allows.
        </p>
      </div>
    );
  }
  return (
    <>
      <table className="pn-table">
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col">Destination</th>
            <th scope="col" className="pn-number">
              Expected
            </th>
            <th scope="col" className="pn-number">
              Seen
            </th>
            <th scope="col" className="pn-number">
              Requests
            </th>
            <th scope="col">Within chance?</th>
            <th scope="col" className="pn-number">
              p50
            </th>
            <th scope="col" className="pn-number">
              Errors
            </th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <Rows key={`${group[0]?.resource ?? ''} ${group[0]?.path.join('.') ?? ''}`} group={group} />
          ))}
        </tbody>
      </table>
      {counters.length > MOST_ROWS ? (
        <p className="ui-note pn-table-note">
          {counters.length - MOST_ROWS} more destinations: pick a VirtualService and its rules come first.
        </p>
      ) : null}
    </>
  );
}
