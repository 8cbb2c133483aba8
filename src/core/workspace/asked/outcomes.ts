import type { CompiledProxy } from '../../routing/index.ts';
import type { Decision, Outcome } from '../../routing/types.ts';
import type { RuleRow } from '../../graph/types.ts';
import type { SaidOutcome } from './types.ts';
import { clusterLabel } from './way.ts';

/** Envoy's response flags in words. */
const FLAGS: Readonly<Record<string, string>> = {
  NR: 'no rule takes it',
  UH: 'no healthy endpoint',
  NC: 'no such cluster',
  UF: 'no connection to the endpoint',
  UC: 'the endpoint closes the connection',
  UT: 'the workload takes longer than the timeout',
  URX: 'all retries used up',
  UO: 'circuit breaker open',
  FI: 'fault injected',
  DI: 'delay injected',
  RL: 'rate limited',
};

function flagWords(flags: string): string {
  return flags
    .split(',')
    .map((flag) => (FLAGS[flag] === undefined ? flag : `${FLAGS[flag]} (${flag})`))
    .join(', ');
}

/** How many stand behind it, whether this caller reaches them or not: locality and health decide who takes one request. */
function countWords(proxy: CompiledProxy, name: string): string {
  const cluster = proxy.clusters.get(name);
  if (!cluster || cluster.type === 'ORIGINAL_DST') return '';
  const { external } = cluster.service;
  const count = cluster.endpoints.length;
  return `, which has ${count === 0 ? 'no' : String(count)} ${external ? 'endpoint' : 'pod'}${count === 1 ? '' : 's'}`;
}

function wordsOf(outcome: Outcome, label: string, proxy: CompiledProxy, hasRule: boolean): string {
  const { cluster, flags, details, location, upstream } = outcome;
  if (outcome.error !== undefined) return outcome.error;
  if (location !== undefined) return `redirected to ${location}`;
  if (upstream !== undefined || (flags === undefined && cluster !== undefined)) {
    const from = cluster === undefined ? '' : `from ${label}${countWords(proxy, cluster)}`;
    const flagged = flags === undefined || flags === '' ? '' : `, ${flagWords(flags)}`;
    return `${from}${flagged}`.replace(/^, /, '');
  }
  // Without a rule of anybody's it is istiod's own answer for hosts that nobody declared.
  if (details === 'direct_response') return hasRule ? 'answered by the rule itself' : 'host not known to the mesh';
  const where = label === '' ? '' : ` for ${label}`;
  if (flags !== undefined && flags !== '') return `${flagWords(flags)}${where}`;
  return details ?? '';
}

function titleOf({ status, error, flags }: Outcome): string {
  if (status !== undefined && status !== 0) return String(status);
  return error !== undefined || (flags !== undefined && flags !== '') ? 'refused' : 'connected';
}

function linesOf(upstream: Outcome['upstream']): readonly string[] {
  if (!upstream) return [];
  const headers = Object.entries(upstream.headers ?? {}).map(([name, value]) => `${name}: ${value}`);
  return [`${upstream.method} ${upstream.path}`, `host: ${upstream.host}`, ...headers];
}

/** Outcomes for people, likeliest first. `row` is the rule's on the canvas: names and colours are those of its destinations there. */
export function saidOutcomes(
  { outcomes, rule }: Decision,
  proxy: CompiledProxy,
  row: RuleRow | undefined,
): readonly SaidOutcome[] {
  return outcomes
    .map((outcome): SaidOutcome => {
      const destination = row?.destinations[outcome.destination ?? -1];
      const label = destination?.label ?? (outcome.cluster === undefined ? '' : clusterLabel(outcome.cluster));
      const title = titleOf(outcome);
      const status = outcome.status ?? 0;
      return {
        probability: outcome.probability,
        title,
        words: wordsOf(outcome, label, proxy, rule !== undefined),
        label,
        hue: destination?.hue ?? -1,
        tone: title === 'refused' || status >= 500 ? 'error' : status >= 400 ? 'warn' : 'ok',
        status: outcome.status,
        cluster: outcome.cluster,
        location: outcome.location,
        lines: linesOf(outcome.upstream),
      };
    })
    .sort((a, b) => b.probability - a.probability);
}
