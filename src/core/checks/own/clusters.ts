import { resolveHost } from '../../istio/index.ts';
import type { ClusterChoice, ForwardAction, Route } from '../../routing/compile/envoy.ts';
import { clusterState } from '../../routing/decide/forward.ts';
import type { Proxy, RuleRef } from '../../routing/index.ts';
import type { YamlPath } from '../../yaml/types.ts';
import { keyOf } from './entries.ts';
import { witnessOn } from './requests.ts';
import type { OwnFinding, Say } from './types.ts';
import type { Caller, Site, View } from './view.ts';

interface ClusterName {
  readonly port: number;
  readonly subset: string;
  readonly host: string;
}

export function partsOf(cluster: string): ClusterName | undefined {
  const [direction, port, subset, host] = cluster.split('|');
  return direction !== 'outbound' || host === undefined
    ? undefined
    : { port: Number(port), subset: subset ?? '', host };
}

interface Why {
  readonly text: string;
  readonly remedy: string;
}

/** Why a caller has no such cluster; `undefined` where the documents can't know. */
function whyMissing(view: View, caller: Caller, name: ClusterName): Why | undefined {
  const { host, port, subset } = name;
  const meshService = view.mesh.services.get(host);
  if (meshService === undefined || meshService.origin === 'assumed') return undefined;
  const service = caller.compiled.scope.services.get(host);
  const from = `namespace ${caller.proxy.namespace}`;
  if (service === undefined)
    return {
      text: `${host} is hidden from ${from}`,
      remedy: "Look at the service's exportTo, and at the egress hosts of the Sidecar there.",
    };
  if (service.resolution === 'alias') return undefined;
  if (!service.ports.some((one) => one.number === port)) {
    const ports = service.ports.map((one) => one.number).join(', ');
    return {
      text: `${host} has no port ${port}${ports === '' ? '' : `, only ${ports}`}`,
      remedy: 'Name a port of the service in the destination.',
    };
  }
  if (subset === '') return undefined;
  const rule = caller.compiled.scope.ruleFor(host);
  if (rule?.subsets.some((one) => one.name === subset) === true) return undefined;
  const elsewhere = (view.mesh.byKind.get('DestinationRule') ?? []).filter(
    (resource) => resolveHost(String(resource.spec['host'] ?? ''), resource.namespace) === host,
  );
  if (rule === undefined && elsewhere.length === 0 && !view.complete) return undefined;
  if (rule !== undefined)
    return {
      text: `${rule.resource} is the one that callers of ${from} use, and it has no subset ${subset}`,
      remedy: `Add the subset to ${rule.resource}.`,
    };
  return elsewhere.length === 0
    ? { text: `no DestinationRule of ${host} declares subset ${subset}`, remedy: 'Add one.' }
    : {
        text: `no DestinationRule that callers of ${from} use declares subset ${subset}`,
        remedy: `Put it into the service's namespace (${service.namespace}): a rule elsewhere counts for callers of its own namespace only.`,
      };
}

/** Why a cluster that is there has nobody to send to; `undefined` where the documents can't know. */
function whyEmpty(view: View, caller: Caller, cluster: string): Why | undefined {
  const found = caller.compiled.clusters.get(cluster);
  if (found === undefined || found.service.assumed) return undefined;
  const { service, subset } = found;
  if (service.resolution === 'passthrough' && caller.proxy.type === 'gateway' && !service.kubernetes)
    return {
      text: `${service.hostname} has resolution NONE: a gateway does not know where the caller wanted to go`,
      remedy: 'Set resolution: DNS in its ServiceEntry, or give it endpoints.',
    };
  if (!view.complete) return undefined;
  return {
    text: `${service.hostname} has no endpoint${subset === '' ? '' : ` in subset ${subset}`} on port ${found.port.number}`,
    remedy: 'Compare the labels that are selected with those of the pods, and the name of the target port.',
  };
}

const sameLabels = (a: Proxy['labels'], b: Proxy['labels']): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The other callers that may be meant: a gateway's pods may stand in one of several namespaces. */
function others(view: View, { proxy }: Caller): readonly Caller[] {
  return view.callers.filter(
    (other) =>
      proxy.type === 'gateway' && other.proxy.type === 'gateway' && sameLabels(other.proxy.labels, proxy.labels),
  );
}

const pathOf = (rule: RuleRef, choice: ClusterChoice): YamlPath => [
  ...rule.path,
  'route',
  choice.destination,
  'destination',
];

interface Seen {
  readonly view: View;
  readonly site: Site;
  readonly route: Route;
  readonly rule: RuleRef;
}

/** 503 by a choice of a route: which code, and why. */
function failing({ view, site, route, rule }: Seen, choice: ClusterChoice): OwnFinding | undefined {
  const state = clusterState(site.caller.compiled, choice.cluster);
  const name = partsOf(choice.cluster);
  if (state === 'ready' || name === undefined || choice.weight === 0) return undefined;
  if (others(view, site.caller).some(({ compiled }) => clusterState(compiled, choice.cluster) !== state))
    return undefined;
  const path = pathOf(rule, choice);
  const { resource } = rule;
  if (
    ['host', 'subset', 'port'].some((key) => view.said(resource, [...path, key], /^(IST0101|IST0112|KIA1101|KIA1107)$/))
  )
    return undefined;
  if (view.said(resource, [...path, 'port', 'number'], /^IST0101$/)) return undefined;
  const missing = state === 'missing';
  const why = missing ? whyMissing(view, site.caller, name) : whyEmpty(view, site.caller, choice.cluster);
  const request = why === undefined ? undefined : witnessOn(site, route);
  if (why === undefined || request === undefined) return undefined;
  const [code, flags, details] = missing
    ? (['MW-NO-CLUSTER', 'NC', 'cluster_not_found'] as const)
    : (['MW-NO-ENDPOINT', 'UH', 'no_healthy_upstream'] as const);
  return {
    code,
    resource,
    path,
    message: `Requests that go here get 503 (${details}): ${why.text}.`,
    remedy: why.remedy,
    proxy: site.caller.proxy,
    request,
    // A fault in front of the route may answer instead, now and then.
    claim: { rule, details, ...(route.fault?.delay === undefined ? { flags } : {}) },
  };
}

function lostMirrors({ view, site, route, rule }: Seen, action: ForwardAction, say: Say): void {
  for (const { cluster } of action.mirrors) {
    const name = partsOf(cluster);
    if (name === undefined || clusterState(site.caller.compiled, cluster) !== 'missing') continue;
    const why = whyMissing(view, site.caller, name);
    const [choice] = action.clusters;
    const request = why === undefined ? undefined : witnessOn(site, route);
    if (why === undefined || request === undefined || choice === undefined) continue;
    if (others(view, site.caller).some(({ compiled }) => clusterState(compiled, cluster) !== 'missing')) continue;
    const path = mirrorPath(view, rule, name);
    if (['', 'host', 'subset', 'port'].some((key) => view.said(rule.resource, [...path, key], /^(IST|KIA)/))) continue;
    say({
      code: 'MW-MIRROR-LOST',
      resource: rule.resource,
      path,
      message: `No copy arrives, and nobody is told: ${why.text}.`,
      remedy: why.remedy,
      proxy: site.caller.proxy,
      request,
      claim: { rule },
    });
  }
}

/** Where a copy's destination is written: under `mirror`, or in the list. */
function mirrorPath(view: View, rule: RuleRef, name: ClusterName): YamlPath {
  const vs = view.virtualServices.find(({ id }) => id === rule.resource);
  const at = rule.path[2];
  const listed = typeof at === 'number' ? (vs?.spec.http?.[at]?.mirrors ?? []) : [];
  const index = listed.findIndex(
    ({ destination }) =>
      resolveHost(destination?.host ?? '', vs?.namespace ?? '') === name.host &&
      (destination?.subset ?? '') === name.subset,
  );
  return index < 0 ? [...rule.path, 'mirror'] : [...rule.path, 'mirrors', index, 'destination'];
}

/** Routes that end in 503, and copies that arrive nowhere. */
export function clusters(view: View, say: Say): void {
  const told = new Set<string>();
  for (const site of view.sites) {
    for (const route of site.host.routes) {
      const { action, rule } = route;
      if (action.kind !== 'forward' || rule === undefined) continue;
      const whole: RuleRef = { resource: rule.resource, path: rule.path };
      const seen = { view, site, route, rule: whole };
      for (const choice of action.clusters) {
        if (choice.destination < 0 || clusterState(site.caller.compiled, choice.cluster) === 'ready') continue;
        const key = `${keyOf(whole)} ${choice.destination}`;
        const finding = told.has(key) ? undefined : failing(seen, choice);
        if (finding === undefined) continue;
        told.add(key);
        say(finding);
      }
      if (action.mirrors.length === 0) continue;
      const key = `${keyOf(whole)} mirror`;
      if (told.has(key)) continue;
      lostMirrors(seen, action, (finding) => {
        told.add(key);
        say(finding);
      });
    }
  }
}
