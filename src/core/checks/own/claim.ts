import { sameItems } from '../../base/lists.ts';
import type { Decision, Engine, Outcome, Proxy, Request, RuleRef } from '../../routing/index.ts';
import { ruleName } from '../../routing/index.ts';
import type { Claim } from './types.ts';

const covers = (asked: RuleRef, ref: RuleRef | undefined): boolean =>
  ref?.resource === asked.resource &&
  ref.path.join('/') === asked.path.join('/') &&
  (asked.match === undefined || ref.match === asked.match);

const takes = (decision: Decision, rule: RuleRef): boolean =>
  covers(rule, decision.rule) || covers(rule, decision.root);

const clustersOf = (outcomes: readonly Outcome[]): readonly string[] =>
  [...new Set(outcomes.flatMap(({ cluster }) => cluster ?? []))].sort();

/** Whether the engine's decision on a request is what a claim says. That istiod crashes is no matter of a decision: true. */
export function claimHolds(engine: Engine, proxy: Proxy, request: Request, claim: Claim): boolean {
  if (claim.crash === true) return true;
  const decision = engine.decide(proxy, request);
  const { outcomes } = decision;
  const some = (field: 'details' | 'flags' | 'location' | 'attempts'): boolean =>
    claim[field] === undefined || outcomes.some((outcome) => outcome[field] === claim[field]);
  const { notServer, cluster } = claim;
  return (
    // What Envoy would refuse as a whole proves nothing.
    !outcomes.some(({ error }) => error?.startsWith('configuration refused') === true) &&
    (claim.rule === undefined || takes(decision, claim.rule)) &&
    (claim.notRule === undefined || !takes(decision, claim.notRule)) &&
    (claim.notOf === undefined ||
      (decision.rule?.resource !== claim.notOf && decision.root?.resource !== claim.notOf)) &&
    (notServer === undefined || decision.gateway !== notServer.gateway || decision.server !== notServer.server) &&
    (claim.status === undefined || outcomes.every(({ status }) => (status ?? 0) === claim.status)) &&
    some('details') &&
    some('flags') &&
    some('location') &&
    some('attempts') &&
    (claim.path === undefined || outcomes.some(({ upstream }) => upstream?.path === claim.path)) &&
    (claim.clusters === undefined || sameItems(clustersOf(outcomes), claim.clusters)) &&
    (claim.hash === undefined || sameItems(decision.route?.hash ?? [], claim.hash)) &&
    (cluster === undefined ||
      engine
        .clustersOf(proxy)
        .some(({ name, config }) => name === cluster.name && config?.endsWith(` ${cluster.notBy}`) !== true))
  );
}

function outcomeText(outcome: Outcome): string {
  const { status = 0, flags, details, cluster, location, error, attempts, upstream } = outcome;
  if (error !== undefined) return error;
  if (location !== undefined) return `${status} to ${location}`;
  const where = cluster === undefined ? '' : ` from ${cluster}`;
  const why = [flags, details].filter((part) => part !== undefined && part !== '').join(' ');
  const tries = (attempts ?? 1) > 1 ? ` after ${attempts ?? 1} tries` : '';
  const seen = upstream === undefined ? '' : `, which sees ${upstream.path}`;
  return `${status}${why === '' ? '' : ` (${why})`}${where}${tries}${seen}`;
}

const MOST = 3;

/** What becomes of a request, in a line: the rule that takes it and what comes back. */
export function answerText({ rule, virtualHost, outcomes }: Decision): string {
  const taken =
    rule === undefined ? (virtualHost === undefined ? '' : `no rule of ${virtualHost}; `) : `${ruleName(rule)}; `;
  const shown = outcomes.slice(0, MOST).map((outcome) => {
    const share = outcomes.length === 1 ? '' : `${Math.round(outcome.probability * 1000) / 10} %: `;
    return `${share}${outcomeText(outcome)}`;
  });
  return `${taken}${shown.join(', ')}${outcomes.length > MOST ? ', …' : ''}`;
}
