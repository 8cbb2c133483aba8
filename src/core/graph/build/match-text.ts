import type { HTTPMatchRequest, L4MatchAttributes, StringMatch, TLSMatchAttributes } from '../../istio/specs.ts';

const ANY = 'any request';

/** A string condition as short text: `x`, `x*`, `~x`; `undefined` where only presence is asked for. */
function stringText(match: StringMatch): string | undefined {
  if (match.exact !== undefined) return match.exact;
  if (match.prefix !== undefined) return `${match.prefix}*`;
  if (match.regex !== undefined) return `~${match.regex}`;
  return undefined;
}

function namedText(name: string, match: StringMatch): string {
  const text = stringText(match);
  return text === undefined ? `${name} present` : `${name}: ${text}`;
}

function withoutText(name: string, match: StringMatch): string {
  const text = stringText(match);
  return text === undefined || text === '~*' ? `no ${name}` : `not ${name}: ${text}`;
}

function queryText(name: string, match: StringMatch): string {
  const text = stringText(match);
  return text === undefined ? `?${name}` : `?${name}=${text}`;
}

function sourceTexts(
  match: Pick<HTTPMatchRequest, 'port' | 'sourceLabels' | 'sourceNamespace' | 'gateways'>,
): string[] {
  const texts: string[] = [];
  if (match.port) texts.push(`port ${match.port}`);
  if (match.gateways?.length) return [...texts, `at ${match.gateways.join(', ')}`];
  if (match.sourceLabels && Object.keys(match.sourceLabels).length > 0)
    texts.push(`from ${labelText(match.sourceLabels)}`);
  if (match.sourceNamespace) texts.push(`from namespace ${match.sourceNamespace}`);
  return texts;
}

/** `app=web,version=v1`, in the order written. */
export function labelText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}

/**
 * One condition set of an HTTP rule as short text: `/productpage`, `/api/v1/products*`, `GET · /x`, `end-user: jason`, `~regex`.
 * What stands in `gateways` hides labels and namespace, as Istio then ignores them (sourceMatchHTTP in pilot's route.go).
 */
export function httpMatchText(match: HTTPMatchRequest): string {
  const texts: string[] = [];
  const method = match.method && stringText(match.method);
  if (method !== undefined) texts.push(method);
  const uri = match.uri && stringText(match.uri);
  if (uri !== undefined) texts.push(match.ignoreUriCase ? `${uri} (any case)` : uri);
  for (const [name, value] of Object.entries(match.queryParams ?? {})) texts.push(queryText(name, value));
  for (const [name, value] of Object.entries(match.headers ?? {})) texts.push(namedText(name, value));
  for (const [name, value] of Object.entries(match.withoutHeaders ?? {})) texts.push(withoutText(name, value));
  const authority = match.authority && stringText(match.authority);
  if (authority !== undefined) texts.push(`host ${authority}`);
  const scheme = match.scheme && stringText(match.scheme);
  if (scheme !== undefined) texts.push(`${scheme}://`);
  texts.push(...sourceTexts(match));
  return texts.length > 0 ? texts.join(' · ') : ANY;
}

/** One condition set of a TLS or TCP rule as short text: `sni a.com`, `port 443`, `to 10.1.0.0/16`. */
export function layer4MatchText(match: L4MatchAttributes & TLSMatchAttributes): string {
  const texts: string[] = [];
  if (match.sniHosts?.length) texts.push(`sni ${match.sniHosts.join(', ')}`);
  if (match.destinationSubnets?.length) texts.push(`to ${match.destinationSubnets.join(', ')}`);
  texts.push(...sourceTexts(match));
  return texts.length > 0 ? texts.join(' · ') : ANY;
}

/**
 * Takes everything that reaches it, so that Istio compiles no later rule of the same VirtualService (IsCatchAllRoute in pilot's
 * route.go; notes ): prefix `/` or no path, or regex `.*`, and no header, query, method, authority or scheme condition.
 */
export function isCatchAll(match: HTTPMatchRequest): boolean {
  if (isConditional(match)) return false;
  const uri = match.uri;
  const path = uri === undefined || stringText(uri) === undefined || uri.prefix === '/' || uri.regex === '.*';
  const empty = (map: object | undefined): boolean => map === undefined || Object.keys(map).length === 0;
  return (
    path &&
    empty(match.headers) &&
    empty(match.withoutHeaders) &&
    empty(match.queryParams) &&
    !match.method &&
    !match.authority &&
    !match.scheme
  );
}

/** Holds for some proxies or ports only: for the others Istio leaves the condition set out altogether. */
export function isConditional(
  match: Pick<HTTPMatchRequest, 'port' | 'sourceLabels' | 'sourceNamespace' | 'gateways'>,
): boolean {
  return sourceTexts(match).length > 0;
}
