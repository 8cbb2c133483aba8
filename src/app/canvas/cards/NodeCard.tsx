import type { NodeProps } from '@xyflow/react';
import { memo, type ReactNode } from 'react';
import { headHeight } from '../../../core/graph/index.ts';
import type { GraphNode, GraphRow } from '../../../core/graph/types.ts';
import { useAppState, type ProblemCount } from '../../state/index.ts';
import { Icon, type IconName } from '../../ui/index.ts';
import { rowPlace } from '../scene/measure.ts';
import { useCanvas } from '../ui-state.ts';
import { JoinedStrip } from './JoinedStrip.tsx';
import { NameInput } from './NameInput.tsx';
import { problemsOfNode, problemsOfRow } from './problems.ts';
import { PortLine, RestLine, ServerLine, SubsetLine } from './rows.tsx';
import { RuleLine } from './RuleLine.tsx';
import type { CardNode } from '../window.ts';
import { useItem } from './use-item.ts';
import { nodeWords, problemWords, rowWords } from './words.ts';

function iconOf(node: GraphNode): IconName {
  if (node.kind !== 'caller') return node.kind;
  return node.caller?.kind === 'workload' ? 'workload' : 'internet';
}

interface CardProps {
  readonly node: GraphNode;
  readonly dragging: boolean;
}

/** A node of the graph as a card: head and rows, each at the place that the core gives it. */
export const NodeCard = memo(function NodeCard({ id, dragging }: NodeProps<CardNode>): ReactNode {
  const node = useAppState((state) => state.nodes.get(id));
  return (
    node && (
      <>
        <Card node={node} dragging={dragging} />
        <JoinedStrip node={node} />
      </>
    )
  );
});

const Card = memo(function Card({ node, dragging }: CardProps): ReactNode {
  const { errors, warnings } = useAppState((state) => problemsOfNode(state.problems, node));
  const joined = useAppState((state) => state.joinedNotes.get(node.id)?.words);
  const item = useItem(node.id, node.name, nodeWords(node, { errors, warnings }, joined));
  const renaming = useCanvas((state) => state.renaming === node.id);
  const rowPicked = useAppState((state) => node.rows.some((row) => state.selection.ids.includes(row.id)));
  const reason = useCanvas((state) => state.faded.get(node.id));
  const tooltip = [node.name, node.host, node.note, reason]
    .filter((part) => part !== undefined && part !== '')
    .join('\n');
  const head = headHeight(node);
  return (
    <div
      {...item}
      className="cv-card"
      data-kind={node.kind}
      data-stale={node.stale ? '' : undefined}
      data-assumed={node.assumed ? '' : undefined}
      data-dragging={dragging ? '' : undefined}
      data-within={rowPicked ? '' : undefined}
      title={node.rows.length === 0 ? tooltip : undefined}
    >
      <div className="cv-head" style={{ height: head }} title={tooltip}>
        <Icon name={iconOf(node)} />
        {renaming ? <NameInput node={node} /> : <span className="cv-title">{node.title}</span>}
        {node.stale && (
          <span className="cv-badge" data-tone="stale">
            stale
          </span>
        )}
        <Badge errors={errors} warnings={warnings} />
        {node.kind === 'ghost' ? (
          <span className="cv-note">{node.note}</span>
        ) : (
          node.subtitle !== '' && <span className="cv-subtitle">{node.subtitle}</span>
        )}
      </div>
      {node.rows.map((row, index) => (
        <Row key={row.id} node={node} row={row} last={index === node.rows.length - 1} />
      ))}
    </div>
  );
});

/** How many errors there are, or, where there are none, how many warnings. */
function Badge({ errors, warnings }: ProblemCount): ReactNode {
  const count = errors > 0 ? errors : warnings;
  if (count === 0) return null;
  return (
    <span className="cv-badge" data-tone={errors > 0 ? 'error' : 'warn'}>
      {count}
    </span>
  );
}

interface RowProps {
  readonly node: GraphNode;
  readonly row: GraphRow;
  readonly last: boolean;
}

const Row = memo(function Row({ node, row, last }: RowProps): ReactNode {
  const count = useAppState((state) => problemsOfRow(state.problems, row));
  const item = useItem(row.id, row.name, [rowWords(row), problemWords(count)].filter((part) => part !== '').join(', '));
  const place = rowPlace(node, row);
  const drag = useCanvas((state) => (state.drag?.rule === row.id ? 'moving' : undefined));
  const reason = item['data-faded'] === undefined ? undefined : item['aria-description'];
  return (
    <div
      {...item}
      className="cv-row"
      data-row={row.kind}
      data-last={last ? '' : undefined}
      data-drag={drag}
      style={{ top: place.top, height: place.height }}
      title={reason ?? rowWords(row)}
    >
      {lineOf(node, row)}
      <Badge {...count} />
    </div>
  );
});

function lineOf(node: GraphNode, row: GraphRow): ReactNode {
  switch (row.kind) {
    case 'server':
      return <ServerLine row={row} />;
    case 'rule':
      return <RuleLine node={node} row={row} />;
    case 'rest':
      return <RestLine row={row} />;
    case 'subset':
      return <SubsetLine row={row} />;
    case 'port':
      return <PortLine row={row} />;
  }
}
