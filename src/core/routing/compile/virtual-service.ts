import type { Resource } from '../../istio/types.ts';
import type { Json, JsonObject } from '../../yaml/types.ts';
import { resolveGateway, resolveHost } from '../../istio/names.ts';
import type { RuleRef } from '../types.ts';
import { createdOf } from './kubernetes.ts';
import type {
  Destination,
  HttpMatch,
  HttpRule,
  L4Match,
  L4Rule,
  MatchMap,
  RouteDestination,
  StringMatch,
  Target,
  VirtualService,
} from './model.ts';
import {
  durationAt,
  flagAt,
  isObject,
  NOTHING,
  numberAt,
  objectAt,
  objectsAt,
  stringAt,
  stringMapAt,
  stringsAt,
} from './read.ts';

/** A StringMatch as written; `{}` asks for presence. */
export function stringMatch(value: Json | undefined): StringMatch | undefined {
  if (!isObject(value)) return undefined;
  for (const kind of ['exact', 'prefix', 'regex'] as const) {
    const text = value[kind];
    if (typeof text === 'string') return { kind, value: text };
  }
  return { kind: 'present' };
}

function matchMap(from: JsonObject, key: string): MatchMap {
  const out: Record<string, StringMatch> = {};
  for (const [name, value] of Object.entries(objectAt(from, key) ?? NOTHING))
    out[name] = stringMatch(value) ?? { kind: 'present' };
  return out;
}

function gatewaysAt(from: JsonObject, namespace: string): readonly string[] {
  return stringsAt(from, 'gateways').map((name) => resolveGateway(name, namespace));
}

function httpMatch(from: JsonObject, index: number, owner: RuleRef, namespace: string): HttpMatch {
  return {
    name: stringAt(from, 'name'),
    uri: stringMatch(from['uri']),
    scheme: stringMatch(from['scheme']),
    method: stringMatch(from['method']),
    authority: stringMatch(from['authority']),
    headers: matchMap(from, 'headers'),
    withoutHeaders: matchMap(from, 'withoutHeaders'),
    queryParams: matchMap(from, 'queryParams'),
    ignoreUriCase: flagAt(from, 'ignoreUriCase'),
    port: numberAt(from, 'port') ?? 0,
    sourceLabels: stringMapAt(from, 'sourceLabels'),
    sourceNamespace: stringAt(from, 'sourceNamespace'),
    gateways: gatewaysAt(from, namespace),
    index,
    owner,
  };
}

/** A destination as written in an object of `namespace`. */
export function destinationOf(from: JsonObject | undefined, namespace: string): Destination | undefined {
  if (from === undefined) return undefined;
  const port = objectAt(from, 'port');
  return {
    host: resolveHost(stringAt(from, 'host'), namespace),
    subset: stringAt(from, 'subset'),
    port: port === undefined ? undefined : (numberAt(port, 'number') ?? 0),
  };
}

function destinationsOf(from: JsonObject, namespace: string): readonly RouteDestination[] {
  return objectsAt(from, 'route').map((item, index) => ({
    destination: destinationOf(objectAt(item, 'destination'), namespace) ?? { host: '', subset: '', port: undefined },
    weight: numberAt(item, 'weight') ?? 0,
    headers: objectAt(item, 'headers'),
    index,
  }));
}

function httpRule(from: JsonObject, index: number, resource: Resource): HttpRule {
  const namespace = resource.namespace;
  const mirrors = objectsAt(from, 'mirrors');
  const ref: RuleRef = { resource: resource.id, path: ['spec', 'http', index] };
  return {
    ref,
    name: stringAt(from, 'name'),
    match: objectsAt(from, 'match').map((match, at) => httpMatch(match, at, ref, namespace)),
    route: destinationsOf(from, namespace),
    redirect: objectAt(from, 'redirect'),
    directResponse: objectAt(from, 'directResponse'),
    delegate: objectAt(from, 'delegate'),
    rewrite: objectAt(from, 'rewrite'),
    timeoutMs: durationAt(from, 'timeout'),
    retries: objectAt(from, 'retries'),
    fault: objectAt(from, 'fault'),
    mirror: destinationOf(objectAt(from, 'mirror'), namespace),
    mirrorPercent: numberAt(from, 'mirrorPercent') ?? numberAt(from, 'mirror_percent'),
    mirrorPercentage: objectAt(from, 'mirrorPercentage'),
    mirrors:
      mirrors.length === 0
        ? undefined
        : mirrors.map((mirror) => ({
            destination: destinationOf(objectAt(mirror, 'destination'), namespace),
            percentage: objectAt(mirror, 'percentage'),
          })),
    cors: objectAt(from, 'corsPolicy'),
    headers: objectAt(from, 'headers'),
  };
}

function l4Match(from: JsonObject, namespace: string): L4Match {
  return {
    sniHosts: stringsAt(from, 'sniHosts'),
    destinationSubnets: stringsAt(from, 'destinationSubnets'),
    port: numberAt(from, 'port') ?? 0,
    sourceLabels: stringMapAt(from, 'sourceLabels'),
    sourceNamespace: stringAt(from, 'sourceNamespace'),
    gateways: gatewaysAt(from, namespace),
  };
}

function l4Rules(resource: Resource, key: 'tls' | 'tcp'): readonly L4Rule[] {
  return objectsAt(resource.spec, key).map((rule, index) => ({
    ref: { resource: resource.id, path: ['spec', key, index] },
    match: objectsAt(rule, 'match').map((match) => l4Match(match, resource.namespace)),
    route: destinationsOf(rule, resource.namespace),
  }));
}

/** What follows from rules: where they send, copies included, and whether they ask who calls. */
export function factsOf(
  rules: Pick<VirtualService, 'http' | 'tls' | 'tcp'>,
): Pick<VirtualService, 'targets' | 'asksWho'> {
  const all: Target[] = [];
  const add = (to: Destination | undefined, namespaces: readonly string[]): void => {
    if (to !== undefined) all.push({ host: to.host, port: to.port, namespaces });
  };
  for (const rule of [...rules.http, ...rules.tls, ...rules.tcp]) {
    const namespaces = rule.match.map((m) => m.sourceNamespace).filter((ns) => ns !== '');
    for (const item of rule.route) add(item.destination, namespaces);
    if (!('mirror' in rule)) continue;
    add(rule.mirror, namespaces);
    for (const mirror of rule.mirrors ?? []) add(mirror.destination, namespaces);
  }
  const hosts = [...new Set(all.map(({ host }) => host))];
  const asksNamespace = all.some(({ namespaces }) => namespaces.length > 0);
  const asksWho = rules.http.some((rule) =>
    rule.match.some((m) => m.sourceNamespace !== '' || Object.keys(m.sourceLabels).length > 0),
  );
  return { targets: { all, hosts, asksNamespace }, asksWho };
}

/** A VirtualService with its short names resolved (istiod: `ResolveVirtualServiceShortnames`). Its delegates are still to be put in. */
export function readVirtualService(resource: Resource): VirtualService {
  const spec = resource.spec;
  const gateways = gatewaysAt(spec, resource.namespace);
  const exportTo = stringsAt(spec, 'exportTo');
  const rules = {
    http: objectsAt(spec, 'http').map((rule, index) => httpRule(rule, index, resource)),
    tls: l4Rules(resource, 'tls'),
    tcp: l4Rules(resource, 'tcp'),
  };
  return {
    resource: resource.id,
    name: resource.name,
    namespace: resource.namespace,
    created: createdOf(resource),
    hosts: stringsAt(spec, 'hosts').map((host) => resolveHost(host, resource.namespace)),
    gateways: gateways.length === 0 ? ['mesh'] : gateways,
    exportTo: exportTo.length === 0 ? ['*'] : exportTo.map((to) => (to === '.' ? resource.namespace : to)),
    ...rules,
    ...factsOf(rules),
  };
}
