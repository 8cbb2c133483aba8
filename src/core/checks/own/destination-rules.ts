import { isDestinationRule, resolveHost, ROOT_NAMESPACE } from '../../istio/index.ts';
import type { AnyResource, DestinationRule } from '../../istio/index.ts';
import { buildDestinationRules, pickRule, rulesForService } from '../../routing/compile/destination-rules.ts';
import type { DestinationRules } from '../../routing/compile/destination-rules.ts';
import type { DestinationRule as Compiled, Service } from '../../routing/compile/model.ts';
import type { Request } from '../../routing/index.ts';
import { partsOf } from './clusters.ts';
import { lostKey } from './entries.ts';
import type { Say } from './types.ts';
import { latestOf } from './view.ts';
import type { Caller, View } from './view.ts';

const ELSEWHERE = 'somewhere-else';

/** A service that callers know, and one of those who do. */
function serviceFor(view: View, host: string): { readonly service: Service; readonly caller: Caller } | undefined {
  for (const caller of view.callers) {
    const service = caller.compiled.scope.services.get(host);
    if (service !== undefined) return { service, caller };
  }
  return undefined;
}

/** A request to a service from within the mesh. */
function requestTo(service: Service): Request | undefined {
  const port = service.ports.find(({ protocol }) => /^(HTTP|GRPC)/.test(protocol) && protocol !== 'HTTPS');
  return port === undefined ? undefined : { port: port.number, host: service.hostname, method: 'GET', path: '/' };
}

function clientsOf(rule: DestinationRule, service: Service): readonly string[] {
  const named = (rule.spec.exportTo ?? []).filter((to) => !/^[.*~]$/.test(to));
  return [...new Set([rule.namespace, service.namespace, ROOT_NAMESPACE, ELSEWHERE, ...named])];
}

interface Judged {
  readonly view: View;
  readonly rule: DestinationRule;
  readonly host: string;
  readonly service: Service;
  readonly caller: Caller;
  readonly request: Request;
}

function sayUnused({ rule, host, service, caller, request }: Judged, instead: Compiled | undefined, say: Say): void {
  const why =
    instead === undefined
      ? `a rule counts in its callers' namespace, the service's (${service.namespace}) or ${ROOT_NAMESPACE}`
      : `${instead.resource} is the one that counts`;
  const [port] = service.ports;
  say({
    code: 'MW-DR-UNUSED',
    resource: rule.id,
    path: ['spec', 'host'],
    message: `No caller uses this rule for ${host}: ${why}.`,
    remedy:
      instead === undefined ? `Move it to namespace ${service.namespace}.` : 'Put both into one rule, or delete one.',
    proxy: caller.proxy,
    request,
    claim: {
      cluster: { name: `outbound|${port?.number ?? 0}||${service.hostname}`, notBy: `${rule.namespace}/${rule.name}` },
    },
  });
}

function sayMerged({ view, rule, host, service, caller, request }: Judged, chosen: Compiled, say: Say): void {
  if (chosen.resource === rule.id) return;
  const before = chosen.from
    .slice(0, chosen.from.indexOf(rule.id))
    .flatMap((id) => view.mesh.byId.get(id) ?? [])
    .flatMap((one: AnyResource) => (isDestinationRule(one) ? [one] : []));
  const base = {
    code: 'MW-DR-MERGED',
    resource: rule.id,
    proxy: caller.proxy,
    request,
    claim: {
      cluster: {
        name: `outbound|${service.ports[0]?.number ?? 0}||${service.hostname}`,
        notBy: `${rule.namespace}/${rule.name}`,
      },
    },
  } as const;
  const withPolicy = before.find(({ spec }) => spec.trafficPolicy !== undefined);
  if (rule.spec.trafficPolicy !== undefined && withPolicy !== undefined)
    say({
      ...base,
      path: ['spec', 'trafficPolicy'],
      message: `This policy is dropped: ${withPolicy.id} is for ${host} too, and of two rules of one host the older one's policy counts (then by name).`,
      remedy: 'Put both into one rule.',
    });
  for (const [index, { name }] of (rule.spec.subsets ?? []).entries()) {
    const owner = before.find(({ spec }) => spec.subsets?.some((subset) => subset.name === name) === true);
    if (owner === undefined) continue;
    say({
      ...base,
      path: ['spec', 'subsets', index],
      message: `This subset is dropped: ${owner.id} has one named ${name ?? ''} for ${host} already.`,
      remedy: 'Give it another name, or put both rules into one.',
    });
  }
}

function judge(judged: Judged, all: DestinationRules, say: Say): void {
  const { rule, service } = judged;
  const picked = clientsOf(rule, service).map((client) => pickRule(rulesForService(all, client, service), client, {}));
  const chosen = picked.find((one) => one?.from.includes(rule.id) === true);
  if (chosen !== undefined) sayMerged(judged, chosen, say);
  else
    sayUnused(
      judged,
      picked.find((one) => one !== undefined),
      say,
    );
}

/** DestinationRules that no caller uses, and parts of some that are dropped when two are joined. */
export function destinationRules(view: View, say: Say): void {
  const resources = view.mesh.byKind.get('DestinationRule') ?? [];
  const latest = latestOf(view.mesh, 'DestinationRule');
  if (resources.length === 0) return;
  const byHost = new Map<string, DestinationRule[]>();
  for (const any of latest) {
    if (!isDestinationRule(any) || any.stale || any.shape.length > 0) continue;
    const host = resolveHost(any.spec.host ?? '', any.namespace);
    byHost.set(host, [...(byHost.get(host) ?? []), any]);
  }
  let all: DestinationRules | undefined;
  for (const [host, rules] of byHost) {
    const [first] = rules;
    if (host === '' || host.includes('*') || first === undefined) continue;
    const known = serviceFor(view, host);
    // One rule of its host beside its service is always used.
    if (
      known === undefined ||
      (rules.length === 1 && first.namespace === known.service.namespace && first.spec.exportTo === undefined)
    )
      continue;
    const request = requestTo(known.service);
    if (request === undefined) continue;
    all ??= buildDestinationRules(resources.filter((one) => latest.includes(one)));
    for (const rule of rules)
      if (rule.spec.workloadSelector === undefined) judge({ view, rule, host, request, ...known }, all, say);
  }
}

/** `host subset` of all subsets that rules name, those left out that no request reaches. */
function namedSubsets(view: View, lost: ReadonlySet<string>): ReadonlySet<string> {
  const named = new Set<string>();
  for (const vs of view.virtualServices) {
    const add = (destination: { readonly host?: string; readonly subset?: string } | undefined): void => {
      if (destination?.subset !== undefined && destination.subset !== '')
        named.add(`${resolveHost(destination.host ?? '', vs.namespace)} ${destination.subset}`);
    };
    for (const [index, rule] of (vs.spec.http ?? []).entries()) {
      if (lost.has(lostKey(vs.id, index))) continue;
      for (const { destination } of rule.route ?? []) add(destination);
      add(rule.mirror);
      for (const { destination } of rule.mirrors ?? []) add(destination);
    }
    for (const rule of [...(vs.spec.tls ?? []), ...(vs.spec.tcp ?? [])])
      for (const { destination } of rule.route ?? []) add(destination);
  }
  return named;
}

/** Subsets that no rule sends to, where rules choose among the other subsets of the host and nothing goes past them. */
export function unusedSubsets(view: View, say: Say, lost: ReadonlySet<string>): void {
  const named = namedSubsets(view, lost);
  const sites = new Map(
    view.sites
      .filter(({ caller }) => caller.proxy.type === 'sidecar')
      .flatMap((site) => site.host.domains.map((domain) => [domain, site] as const)),
  );
  for (const rule of latestOf(view.mesh, 'DestinationRule')) {
    if (!isDestinationRule(rule) || rule.stale || rule.shape.length > 0) continue;
    const host = resolveHost(rule.spec.host ?? '', rule.namespace);
    const site = sites.get(host.toLowerCase());
    const subsets = rule.spec.subsets ?? [];
    if (site === undefined || !subsets.some(({ name }) => named.has(`${host} ${name ?? ''}`))) continue;
    if (subsets.every(({ name = '' }) => name === '' || named.has(`${host} ${name}`))) continue;
    const request = { port: site.port, host, method: 'GET', path: '/' };
    const decision = view.engine.decide(site.caller.proxy, request);
    const reached = decision.outcomes.flatMap(({ cluster }) => cluster ?? []);
    if (decision.rule === undefined || reached.length === 0) continue;
    for (const [index, { name = '' }] of subsets.entries()) {
      if (named.has(`${host} ${name}`) || name === '') continue;
      if (reached.some((cluster) => partsOf(cluster)?.subset === name)) continue;
      say({
        code: 'MW-SUBSET-UNUSED',
        resource: rule.id,
        path: ['spec', 'subsets', index],
        message: `No rule here sends anything to subset ${name}: all calls of ${host} go by rules that name others.`,
        remedy: 'Send a share to it, or delete it.',
        proxy: site.caller.proxy,
        request,
        claim: { rule: decision.rule, clusters: [...new Set(reached)].sort() },
      });
    }
  }
}
