import type { ResourceId } from '../../base/ids.ts';
import type { FilterChain } from '../compile/envoy.ts';
import type { L4Match, L4Rule, VirtualServiceHead } from '../compile/model.ts';
import type { CompiledProxy } from '../compile/proxy.ts';
import type { Push } from '../compile/push.ts';
import { nameRank, prefixLength } from '../decide/connection.ts';
import type { Trace } from '../decide/decide.ts';
import type { Decision, Place, Proxy, Request, RuleRef, RuleVerdict } from '../types.ts';
import type { Failure } from './conditions.ts';
import { allL4Sites, l4Sites } from './l4-sites.ts';
import type { L4Site } from './l4-sites.ts';
import { wrongCaller, wrongGateway, wrongPort } from './off.ts';
import { ruleName } from './rules.ts';
import type { StandingRule } from './rules.ts';

/** An entry of a tls or tcp rule, before it is known what became of it. */
interface Candidate {
  readonly site: L4Site;
  readonly rule: L4Rule;
  readonly match: L4Match | undefined;
  readonly ref: RuleRef;
}

const isOf = (rule: L4Rule, taken: RuleRef | undefined): boolean =>
  taken !== undefined &&
  rule.ref.resource === taken.resource &&
  JSON.stringify(rule.ref.path) === JSON.stringify(taken.path);

const listed = (all: readonly string[]): string => all.map((one) => `\`${one}\``).join(' or ');

function verdict(
  { ref }: Candidate,
  kind: RuleVerdict['verdict'],
  { text, path = [] }: { readonly text: string; readonly path?: Failure['path'] },
  by?: RuleRef,
): RuleVerdict {
  const at = ref.match === undefined || path.length === 0 ? ref.path : [...ref.path, 'match', ref.match, ...path];
  const place: Place = { resource: ref.resource, path: at };
  return { rule: ref, name: '', verdict: kind, text, place, ...(by === undefined ? {} : { by }) };
}

function candidates(site: L4Site, vs: VirtualServiceHead): readonly Candidate[] {
  return vs[site.kind].flatMap((rule): readonly Candidate[] =>
    rule.match.length === 0
      ? [{ site, rule, match: undefined, ref: rule.ref }]
      : rule.match.map((match, index) => ({ site, rule, match, ref: { ...rule.ref, match: index } })),
  );
}

/** What an entry keeps from later ones: at a gateway its names, in the mesh the same names and ranges once more. */
function claims({ site, match }: Candidate): readonly string[] {
  if (site.kind === 'tcp' || match === undefined) return [];
  if (site.gateway !== 'mesh') return match.sniHosts;
  return [`${match.sniHosts.join()}|${match.destinationSubnets.join()}`];
}

/** Why an entry does not exist for this proxy and port, whoever stands in front of it. */
function whyOff({ site, rule, match }: Candidate, proxy: Proxy): Failure | undefined {
  if (rule.route.length === 0) return { text: 'it has no route', path: [] };
  if (match === undefined)
    return site.kind === 'tls' ? { text: 'it has no match, and without one it takes nothing', path: [] } : undefined;
  return (
    wrongPort(match.port, site.port) ??
    wrongGateway(match.gateways, site.gateway) ??
    // At a gateway nobody is asked who calls (istiod: `l4SingleMatch`).
    (site.gateway === 'mesh' ? wrongCaller(match.sourceLabels, match.sourceNamespace, proxy) : undefined)
  );
}

/** The entries of a site's VirtualServices: those that do not exist here with the reason, the others as they are. */
function entries(site: L4Site, proxy: Proxy): readonly (RuleVerdict | Candidate)[] {
  const claimed = new Map<string, Candidate>();
  let stop: Candidate | undefined;
  return site.virtualServices
    .flatMap((vs) => candidates(site, vs))
    .map((one) => {
      if (stop !== undefined && !(site.gateway !== 'mesh' && stop.rule === one.rule)) {
        const text = `${ruleName(stop.ref)} stands in front and takes every connection`;
        return verdict(one, 'off', { text }, stop.ref);
      }
      const off = whyOff(one, proxy);
      if (off !== undefined) return verdict(one, 'off', off);
      const own = claims(one);
      const first = own.map((claim) => claimed.get(claim)).find((other) => other !== undefined);
      if (first !== undefined) {
        const text = `${ruleName(first.ref)} has ${site.gateway === 'mesh' ? 'the same names' : 'one of its names'} already`;
        return verdict(one, 'off', { text, path: ['sniHosts'] }, first.ref);
      }
      for (const claim of own) claimed.set(claim, one);
      const isOpen = site.gateway !== 'mesh' || (one.match?.destinationSubnets.length ?? 0) === 0;
      if (site.kind === 'tcp' && isOpen) stop = one;
      return one;
    });
}

/** The first condition of an entry that a connection fails. */
function failure({ match, site }: Candidate, { connection, listener }: Trace): Failure | undefined {
  if (match === undefined) return undefined;
  // At a gateway ranges of addresses do not count.
  const subnets = site.gateway === 'mesh' ? match.destinationSubnets : [];
  if (subnets.length > 0 && !subnets.some((range) => prefixLength(range, connection.address) >= 0))
    return {
      text: `address is \`${connection.address}\`, the rule wants one in ${listed(subnets)}`,
      path: ['destinationSubnets'],
    };
  if (site.kind === 'tcp' || match.sniHosts.length === 0 || match.sniHosts.includes('*')) return undefined;
  const sni = connection.tls && listener?.seesTls === true ? connection.sni : '';
  if (sni !== '' && nameRank(match.sniHosts, sni) >= 0) return undefined;
  const given = !connection.tls
    ? 'this is no TLS connection'
    : sni === ''
      ? 'the client sends no server name (SNI)'
      : `server name (SNI) is \`${sni}\``;
  return { text: `${given}, the rule wants ${listed(match.sniHosts)}`, path: ['sniHosts'] };
}

/** The entry that a filter chain was made of: of the rule's entries the one with its names, else the first that fits. */
function takenOf(
  all: readonly Candidate[],
  chain: FilterChain | undefined,
  rule: RuleRef | undefined,
  trace: Trace,
): Candidate | undefined {
  const own = all.filter((one) => isOf(one.rule, rule));
  const names = chain?.match.sni.join() ?? '';
  const fitting = own.filter((one) => failure(one, trace) === undefined);
  const named = (one: Candidate): boolean =>
    (one.match?.sniHosts.includes('*') === true ? '' : (one.match?.sniHosts.join() ?? '')) === names;
  return fitting.find(named) ?? fitting[0] ?? own[0];
}

function judge(one: Candidate, taken: Candidate | undefined, trace: Trace): RuleVerdict {
  if (one === taken) {
    const whole = one.match === undefined ? 'it has no condition' : 'all its conditions hold';
    return verdict(one, 'taken', { text: `it takes the connection: ${whole}` });
  }
  const failed = failure(one, trace);
  if (failed !== undefined) return verdict(one, 'failed', failed);
  if (taken === undefined)
    return verdict(one, 'later', { text: 'not reached: another service of this port takes the connection' });
  const isBetter = one.site.kind === 'tls' && one.rule !== taken.rule;
  const how = isBetter ? 'fits the connection better' : 'takes the connection first';
  return verdict(one, 'later', { text: `not reached: ${ruleName(taken.ref)} ${how}` }, taken.ref);
}

/**
 * What became of every tls or tcp rule that a connection could meet, as they are written; the one that is taken stands before those that
 * would fit too. None where the connection carries HTTP that the proxy reads.
 */
export function l4Verdicts(
  push: Push,
  proxy: CompiledProxy,
  request: Request,
  trace: Trace,
  decision: Decision,
): readonly RuleVerdict[] {
  if (trace.chain?.http !== undefined) return [];
  const seen = new Set<string>();
  const all = l4Sites(push, proxy, request, trace, decision)
    .flatMap((site) => entries(site, proxy.proxy))
    .filter((one) => {
      const key = JSON.stringify('verdict' in one ? one.rule : one.ref);
      return !seen.has(key) && seen.add(key);
    });
  const open = all.filter((one): one is Candidate => !('verdict' in one));
  const taken = takenOf(open, trace.chain, decision.rule, trace);
  const verdicts = all.map((one) => ('verdict' in one ? one : judge(one, taken, trace)));
  const at = verdicts.findIndex(({ verdict: kind }) => kind === 'taken');
  const first = verdicts.findIndex(({ verdict: kind }) => kind === 'later');
  const moved = at < 0 ? undefined : verdicts[at];
  if (moved === undefined || first < 0 || first > at) return verdicts;
  return [...verdicts.slice(0, first), moved, ...verdicts.slice(first, at), ...verdicts.slice(at + 1)];
}

/** The tls or tcp rules that stand at one place: a server of a Gateway, or a service's port in the mesh. */
export interface StandingConnections {
  readonly kind: 'tls' | 'tcp';
  readonly port: number;
  /** `mesh` or `namespace/name`. */
  readonly gateway: string;
  readonly hosts: readonly string[];
  /** Whose rules these are, each once, in the order in which they are looked at. */
  readonly virtualServices: readonly ResourceId[];
  /** As they are written; of tls rules the one with the best server name counts, not the first. */
  readonly rules: () => readonly StandingRule[];
}

/** All tls and tcp rules that a proxy has a place for, of whichever VirtualServices. The rules of a place are made when they are asked for. */
export function standingConnections(push: Push, proxy: CompiledProxy): readonly StandingConnections[] {
  return allL4Sites(push, proxy).map((site) => {
    const virtualServices = site.virtualServices.filter((vs) => vs[site.kind].length > 0);
    return {
      kind: site.kind,
      port: site.port,
      gateway: site.gateway,
      hosts: site.host === undefined ? [...new Set(virtualServices.flatMap(({ hosts }) => hosts))] : [site.host],
      virtualServices: [...new Set(virtualServices.map(({ resource }) => resource))],
      rules: () =>
        entries(site, proxy.proxy).map((one) =>
          'verdict' in one ? { rule: one.rule, name: '', off: one.text } : { rule: one.ref, name: '' },
        ),
    };
  });
}
