import { useVirtualizer } from '@tanstack/react-virtual';
import type { JSX, RefObject } from 'react';
import type { ShareCounter } from '../../../core/simulation/types.ts';
import { HueDot, Icon } from '../../ui/index.ts';
import { ChanceBand } from './ChanceBand.tsx';

/** Height of a row, and of the line above a rule. */
const ROW = 29;
const LINE = 1;
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

function Rows({ group }: { readonly group: readonly ShareCounter[] }): JSX.Element {
  return (
    <>
      {group.map((counter, index) => (
        <tr key={counter.cluster + counter.label} className={index === 0 ? 'pn-first' : undefined}>
          {index === 0 ? (
            <th scope="rowgroup" rowSpan={group.length} title={counter.ruleName}>
              {counter.ruleName}
            </th>
          ) : null}
          <td>
            <span className="pn-destination" title={counter.label}>
              <HueDot hue={counter.hue} />
              <span>{counter.label}</span>
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

interface TableProps {
  readonly groups: readonly (readonly ShareCounter[])[];
  readonly scroller: RefObject<HTMLDivElement | null>;
}

/** The table, with only the rules in view on the page: the rows of a large mesh cost every frame some milliseconds. */
export function TrafficTable({ groups, scroller }: TableProps): JSX.Element {
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualizer gives fresh functions by design; nothing here is memoised on them
  const virtual = useVirtualizer({
    count: groups.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => ROW * (groups[index]?.length ?? 1) + LINE,
    overscan: 4,
  });
  const items = virtual.getVirtualItems();
  const rows = groups.reduce((sum, group) => sum + group.length, 0);
  return (
    <table className="pn-table" aria-rowcount={rows + 1}>
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
      <Space height={items[0]?.start ?? 0} />
      <tbody>
        {items.map(({ index }) => {
          const group = groups[index] ?? [];
          return <Rows key={`${group[0]?.resource ?? ''} ${group[0]?.path.join('.') ?? ''}`} group={group} />;
        })}
      </tbody>
      <Space height={virtual.getTotalSize() - (items.at(-1)?.end ?? 0)} />
    </table>
  );
}

function Space({ height }: { readonly height: number }): JSX.Element | null {
  if (height <= 0) return null;
  return (
    <tbody aria-hidden="true">
      <tr className="pn-space" style={{ height }} />
    </tbody>
  );
}
