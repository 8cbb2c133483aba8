import type { GraphNode, GraphRow, RuleRow } from '../../../core/graph/types.ts';
import type { ProblemCount } from '../../state/index.ts';
import { percentText } from '../gestures/shares.ts';

/** What a row says, in a sentence: for people who listen, and as the tooltip. */
export function rowWords(row: GraphRow): string {
  switch (row.kind) {
    case 'server':
      return [
        `Port ${String(row.port)} ${row.protocol}`,
        `hosts ${row.hosts.join(', ')}`,
        ...(row.tls === undefined ? [] : [`TLS ${row.tls}`]),
      ].join(', ');
    case 'rule':
      return ruleWords(row);
    case 'rest':
      return `Everything else: ${row.label}`;
    case 'subset':
      return [
        row.missing ? 'No such subset' : podWords(row.pods),
        ...(row.policy === undefined ? [] : [row.policy]),
      ].join(', ');
    case 'port':
      return [`Port ${String(row.port)} ${row.protocol}`, ...(row.note === undefined ? [] : [row.note])].join(', ');
  }
}

const podWords = (pods: number): string => (pods === 0 ? 'no pods' : pods === 1 ? '1 pod' : `${String(pods)} pods`);

function ruleWords(row: RuleRow): string {
  const when = row.matches.length === 0 ? 'Any request' : `When ${row.matches.join(' or ')}`;
  const where =
    row.destinations.length > 1
      ? row.destinations.map((each) => `${each.label} ${percentText(each.share)}`).join(', ')
      : row.target.replace(/^→\s*/, '');
  return [
    ...(row.title === undefined ? [] : [`“${row.title}”`]),
    `${when}: ${where === '' ? 'nowhere' : where}`,
    ...row.chips,
  ].join(', ');
}

/** `2 problems`; empty where there are none. */
export function problemWords({ errors, warnings }: ProblemCount): string {
  const count = errors + warnings;
  return count === 0 ? '' : count === 1 ? '1 problem' : `${String(count)} problems`;
}

/** What a node says beside its name: kind of thing, rows, and what is special about it. */
export function nodeWords(node: GraphNode, problems: ProblemCount, joined?: string): string {
  const rules = node.rows.filter((row) => row.kind === 'rule').length;
  return [
    ...(node.host === undefined ? [] : [`host ${node.host}`]),
    ...(rules === 0 ? [] : [rules === 1 ? '1 rule' : `${String(rules)} rules`]),
    ...(node.assumed ? ['assumed: something names it, no document declares it'] : []),
    ...(node.stale ? ['as it was before its text broke'] : []),
    ...(node.note === undefined ? [] : [node.note]),
    ...(problemWords(problems) === '' ? [] : [problemWords(problems)]),
    ...(joined === undefined ? [] : [joined]),
  ].join(', ');
}
