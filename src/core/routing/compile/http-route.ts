import type { JsonObject } from '../../yaml/types.ts';
import type {
  ClusterChoice,
  DirectAction,
  ForwardAction,
  MirrorPolicy,
  NoAction,
  RedirectAction,
  Route,
} from './envoy.ts';
import { NO_OPS } from './envoy.ts';
import { percentOf, translateCors, translateFault } from './filters.ts';
import { hashForDestination, hashKey } from './hash.ts';
import { joinOps, translateHeaders } from './header-ops.ts';
import { keepBy } from '../../base/keep.ts';
import type { Destination, DestinationRule, HttpMatch, HttpRule, Labels, Service, VirtualService } from './model.ts';
import { enumAt, labelsFit, numberAt, objectAt, stringAt } from './read.ts';
import { retryPolicy } from './retry.ts';
import { isCatchAll, translateMatch } from './route-match.ts';

/** For whom and where a VirtualService is compiled. */
export interface RouteContext {
  readonly namespace: string;
  readonly labels: Labels;
  /** The port that the caller names: the Gateway's server port, or the service's. */
  readonly port: number;
  /** `mesh` or `namespace/name`. */
  readonly gateway: string;
  readonly tls: boolean;
  readonly serviceFor: (host: string) => Pick<Service, 'ports' | 'externalName'> | undefined;
  readonly ruleFor: (host: string) => DestinationRule | undefined;
}

/** The cluster that a destination means; without a port it is the service's only one, else that of the listener (istiod: `GetDestinationCluster`). */
export function destinationCluster(
  destination: Destination,
  service: Pick<Service, 'ports' | 'externalName'> | undefined,
  port: number,
): string {
  if (destination.host === '') return 'UnknownService';
  const host = service !== undefined && service.externalName !== '' ? service.externalName : destination.host;
  const only = service?.ports.length === 1 ? service.ports[0]?.number : undefined;
  return `outbound|${destination.port ?? only ?? port}|${destination.subset}|${host}`;
}

function clusterOf(destination: Destination, context: RouteContext): string {
  return destinationCluster(destination, context.serviceFor(destination.host), context.port);
}

/** True where an entry's gateways, or else its source labels and namespace, fit the proxy (istiod: `sourceMatchHTTP`). */
export function sourceFits(match: HttpMatch, context: RouteContext): boolean {
  if (match.gateways.length > 0) return match.gateways.includes(context.gateway);
  return (
    labelsFit(match.sourceLabels, context.labels) &&
    (match.sourceNamespace === '' || match.sourceNamespace === context.namespace)
  );
}

function mirrorsOf(rule: HttpRule, context: RouteContext): readonly MirrorPolicy[] {
  const out: MirrorPolicy[] = [];
  if (rule.mirror !== undefined) {
    const percent =
      rule.mirrorPercentage !== undefined ? percentOf(rule.mirrorPercentage) : (rule.mirrorPercent ?? 100);
    if (percent > 0) out.push({ cluster: clusterOf(rule.mirror, context), percent });
  }
  for (const mirror of rule.mirrors ?? []) {
    const percent = mirror.percentage === undefined ? 100 : percentOf(mirror.percentage);
    if (percent > 0 && mirror.destination !== undefined)
      out.push({ cluster: clusterOf(mirror.destination, context), percent });
  }
  return out;
}

function redirectAction(redirect: JsonObject, context: RouteContext): RedirectAction | NoAction {
  const scheme = stringAt(redirect, 'scheme');
  let port = numberAt(redirect, 'port') ?? 0;
  if (
    redirect['port'] === undefined &&
    enumAt(redirect, 'derivePort', ['FROM_PROTOCOL_DEFAULT', 'FROM_REQUEST_PORT']) === 'FROM_REQUEST_PORT'
  )
    port = context.port;
  const shown = scheme || (context.tls ? 'https' : 'http');
  if ((port === 80 && shown === 'http') || (port === 443 && shown === 'https')) port = 0;
  const status = numberAt(redirect, 'redirectCode') || 301;
  if (![301, 302, 303, 307, 308].includes(status))
    return { kind: 'none', why: `redirectCode ${status} is not one that Envoy can send` };
  const prefix = stringAt(redirect, 'prefixRewrite');
  return {
    kind: 'redirect',
    host: stringAt(redirect, 'authority'),
    scheme,
    port,
    prefix,
    path: prefix === '' ? stringAt(redirect, 'uri') : '',
    status,
  };
}

/** Text of base64; what is none is read as empty. */
function decoded(text: string): string {
  const clean = text.replaceAll(/\s/g, '');
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(clean)) return '';
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  let bits = 0;
  let held = 0;
  let out = '';
  for (const char of clean.replaceAll('-', '+').replaceAll('_', '/').replaceAll('=', '')) {
    bits = (bits << 6) | alphabet.indexOf(char);
    held += 6;
    if (held >= 8) out += String.fromCharCode((bits >> (held -= 8)) & 0xff);
  }
  return out;
}

function directAction(direct: JsonObject): DirectAction {
  const body = objectAt(direct, 'body');
  const bytes = stringAt(body, 'bytes');
  return {
    kind: 'direct',
    status: numberAt(direct, 'status') ?? 0,
    body: bytes !== '' ? decoded(bytes) : stringAt(body, 'string'),
  };
}

function choicesOf(rule: HttpRule, context: RouteContext): readonly ClusterChoice[] {
  const single = rule.route.length === 1;
  return rule.route.flatMap((item) => {
    if (!single && item.weight === 0) return [];
    const headers = translateHeaders(item.headers);
    return [
      {
        cluster: clusterOf(item.destination, context),
        weight: single ? 100 : item.weight,
        destination: item.index,
        request: headers.request,
        response: headers.response,
        hostRewrite: headers.authority,
      },
    ];
  });
}

function hashesOf(rule: HttpRule, context: RouteContext): readonly string[] {
  return rule.route.flatMap((item) => {
    if (rule.route.length > 1 && item.weight === 0) return [];
    return hashKey(hashForDestination(context.ruleFor(item.destination.host), item.destination)) ?? [];
  });
}

function rewriteOf(rule: HttpRule): Pick<ForwardAction, 'prefixRewrite' | 'regexRewrite'> {
  const regex = objectAt(rule.rewrite, 'uriRegexRewrite');
  if (regex !== undefined)
    return {
      prefixRewrite: '',
      regexRewrite: { pattern: stringAt(regex, 'match'), substitution: stringAt(regex, 'rewrite') },
    };
  return { prefixRewrite: stringAt(rule.rewrite, 'uri'), regexRewrite: undefined };
}

function forwardAction(rule: HttpRule, context: RouteContext, authority: string): ForwardAction | NoAction {
  const choices = choicesOf(rule, context);
  if (choices.length === 0) return { kind: 'none', why: 'the rule has no destination with a weight' };
  const weighted = rule.route.length > 1;
  const only = weighted ? undefined : choices[0];
  const hostRewrite = stringAt(rule.rewrite, 'authority') || authority || (only?.hostRewrite ?? '');
  return {
    kind: 'forward',
    clusters: only === undefined ? choices : [{ ...only, request: NO_OPS, response: NO_OPS, hostRewrite: '' }],
    weighted,
    timeoutMs: rule.timeoutMs ?? 0,
    retry: retryPolicy(rule.retries),
    mirrors: mirrorsOf(rule, context),
    ...rewriteOf(rule),
    hostRewrite,
    hash: hashesOf(rule, context),
  };
}

function translateRoute(
  vs: VirtualService,
  rule: HttpRule,
  match: HttpMatch | undefined,
  context: RouteContext,
): Route | undefined {
  if (match !== undefined && ((match.port !== 0 && match.port !== context.port) || !sourceFits(match, context)))
    return undefined;
  const headers = translateHeaders(rule.headers);
  const redirect = rule.redirect;
  const direct = rule.directResponse;
  const action =
    redirect !== undefined
      ? redirectAction(redirect, context)
      : direct !== undefined
        ? directAction(direct)
        : forwardAction(rule, context, headers.authority);
  const only = action.kind === 'forward' && !action.weighted ? translateHeaders(rule.route[0]?.headers) : undefined;
  return {
    name: match !== undefined && match.name !== '' ? `${rule.name}.${match.name}` : rule.name,
    config: `virtual-service ${vs.namespace}/${vs.name}`,
    rule: match === undefined ? rule.ref : { ...rule.ref, match: match.index },
    root: rule.root,
    ...translateMatch(match),
    action,
    fault: translateFault(rule.fault),
    cors: translateCors(rule.cors),
    request: only === undefined ? headers.request : joinOps(headers.request, only.request),
    response: only === undefined ? headers.response : joinOps(headers.response, only.response),
  };
}

/** The routes of a VirtualService for a proxy, a port and a gateway; rules behind one that takes everything are cut off (istiod: `BuildHTTPRoutesForVirtualService`). */
function compileRules(vs: VirtualService, context: RouteContext): readonly Route[] {
  const out: Route[] = [];
  for (const rule of vs.http) {
    if (rule.match.length === 0) {
      const route = translateRoute(vs, rule, undefined, context);
      if (route !== undefined) out.push(route);
      return out;
    }
    for (const match of rule.match) {
      const route = translateRoute(vs, rule, match, context);
      if (route === undefined) continue;
      out.push(route);
      if (isCatchAll(route)) return out;
    }
  }
  return out;
}

const keepRoutes = keepBy<VirtualService, readonly Route[]>();

/** The routes of a VirtualService for a proxy, a port and a gateway: the same list, as long as neither its rules nor the services and policies that they name change. */
export function routesFor(vs: VirtualService, context: RouteContext): readonly Route[] {
  const inputs: unknown[] = [context.port, context.gateway, context.tls];
  if (vs.asksWho) inputs.push(context.namespace, context.labels);
  for (const host of vs.targets.hosts) inputs.push(context.serviceFor(host), context.ruleFor(host));
  return keepRoutes(vs, inputs, () => compileRules(vs, context));
}
