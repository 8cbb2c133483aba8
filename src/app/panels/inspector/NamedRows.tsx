import type { JSX, KeyboardEvent } from 'react';
import type { GraphNode, GraphRow, RuleRow } from '../../../core/graph/types.ts';
import { actions } from '../../state/index.ts';
import { Button, HueDot, IconButton, TextBox } from '../../ui/index.ts';

interface Props {
  readonly node: GraphNode;
  readonly editable: boolean;
}

function move(rule: RuleRow, to: number): void {
  if (rule.source) void actions.gesture({ kind: 'moveRule', rule: rule.source, to }, 'panel');
}

function RuleLine({
  rule,
  place,
  count,
  editable,
}: {
  readonly rule: RuleRow;
  readonly place: number;
  readonly count: number;
  readonly editable: boolean;
}): JSX.Element {
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined;
    const to = place + (by ?? 0);
    if (by === undefined || !editable || to < 0 || to >= count) return;
    event.preventDefault();
    event.stopPropagation();
    move(rule, to);
  };
  return (
    <li className="pn-row" onKeyDown={onKeyDown}>
      <span className="pn-row-number">{rule.number}</span>
      <button type="button" className="pn-link-quiet" aria-label={rule.name} onClick={() => actions.select([rule.id])}>
        {rule.matches.length === 0 ? 'any request' : rule.matches.join(' or ')}
        <span className="pn-dim">
          {' '}
          {rule.target === '' ? rule.destinations.map(({ label }) => label).join(', ') : rule.target}
        </span>
      </button>
      <IconButton
        icon="arrowUp"
        label={`Move rule ${String(rule.number)} up`}
        command="rule.moveUp"
        disabled={!editable || place === 0}
        onClick={() => move(rule, place - 1)}
      />
      <IconButton
        icon="arrowDown"
        label={`Move rule ${String(rule.number)} down`}
        command="rule.moveDown"
        disabled={!editable || place === count - 1}
        onClick={() => move(rule, place + 1)}
      />
    </li>
  );
}

function Rules({ node, editable }: Props): JSX.Element {
  const rules = node.rows.filter((row): row is RuleRow => row.kind === 'rule');
  const { resource } = node;
  return (
    <section className="pn-rows" aria-label="Rules">
      <h3 className="pn-heading">Rules, in the order that Istio tries them</h3>
      <ol>
        {rules.map((rule) => {
          const sameProtocol = rules.filter(({ protocol }) => protocol === rule.protocol);
          return (
            <RuleLine
              key={rule.id}
              rule={rule}
              place={sameProtocol.indexOf(rule)}
              count={sameProtocol.length}
              editable={editable}
            />
          );
        })}
      </ol>
      <Button
        icon="plus"
        disabled={!editable || resource === undefined}
        onClick={() => resource !== undefined && void actions.gesture({ kind: 'addRule', resource }, 'panel')}
      >
        Rule
      </Button>
    </section>
  );
}

function Subsets({ node, editable }: Props): JSX.Element {
  const subsets = node.rows.filter((row): row is Extract<GraphRow, { kind: 'subset' }> => row.kind === 'subset');
  const host = node.host ?? '';
  const add = async (text: string): Promise<string | undefined> =>
    text.trim() === ''
      ? undefined
      : (await actions.gesture({ kind: 'addSubset', host, name: text.trim() }, 'panel'))?.message;
  return (
    <section className="pn-rows" aria-label="Subsets">
      <h3 className="pn-heading">Subsets</h3>
      <ul>
        {subsets.map((row) => (
          <li key={row.id} className="pn-row">
            <HueDot hue={row.hue} missing={row.missing} />
            <button
              type="button"
              className="pn-link-quiet"
              aria-label={row.name}
              onClick={() => actions.select([row.id])}
            >
              {row.title}
              <span className="pn-dim">
                {row.missing ? ' missing' : ` ${String(row.pods)} ${row.pods === 1 ? 'pod' : 'pods'}`}
                {row.policy === undefined ? '' : ` · ${row.policy}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <TextBox
        key={subsets.length}
        label="Add a subset"
        value=""
        placeholder="name of a new subset"
        disabled={!editable}
        onCommit={add}
      />
    </section>
  );
}

/** The rows of a node as a list: the rules of a VirtualService with what moves them, the subsets of a service with what adds one. */
export function NamedRows({ node, editable }: Props): JSX.Element | null {
  if (node.kind === 'virtualService') return <Rules node={node} editable={editable} />;
  if ((node.kind === 'service' || node.kind === 'external') && node.host !== undefined)
    return <Subsets node={node} editable={editable} />;
  return null;
}
