import type { GraphNode, RuleRow } from '../../../../core/graph/types.ts';
import { getAppState } from '../../../state/index.ts';
import { HueDot, Icon, type Choice } from '../../../ui/index.ts';

export interface DestinationChoice {
  readonly choice: Choice;
  readonly to: { readonly host: string; readonly subset?: string };
}

function choicesOf(node: GraphNode, taken: ReadonlySet<string>): readonly DestinationChoice[] {
  const { host } = node;
  if (host === undefined) return [];
  const whole: DestinationChoice = {
    choice: {
      id: host,
      label: node.title,
      hint: host === node.title ? node.subtitle : host,
      before: <Icon name={node.kind === 'external' ? 'external' : 'service'} />,
    },
    to: { host },
  };
  const subsets = node.rows.flatMap((row): readonly DestinationChoice[] =>
    row.kind === 'subset'
      ? [
          {
            choice: {
              id: `${host} ${row.title}`,
              label: `${node.title} ${row.title}`,
              hint: row.missing ? 'missing' : undefined,
              words: host,
              before: <HueDot hue={row.hue} missing={row.missing} />,
            },
            to: { host, subset: row.title },
          },
        ]
      : [],
  );
  return [whole, ...subsets].filter(({ choice }) => !taken.has(choice.label));
}

/** The hosts and subsets that a rule could go to as well: those of the services that it goes to already first. */
export function destinationChoices(rule: RuleRow): readonly DestinationChoice[] {
  const taken = new Set(rule.destinations.map(({ label }) => label));
  const names = new Set(rule.destinations.map(({ host }) => host.split('.')[0]));
  const all = [...getAppState().nodes.values()].filter(({ kind }) => kind === 'service' || kind === 'external');
  const near = (node: GraphNode): number => (names.has(node.host?.split('.')[0]) ? 0 : 1);
  return all
    .sort((a, b) => near(a) - near(b) || a.title.localeCompare(b.title))
    .flatMap((node) => choicesOf(node, taken));
}
