import type { Delegate, Destination, HTTPRoute, RouteDestination, VirtualService } from '../../istio/index.ts';
import { chipsOf, answerOf } from './chips.ts';
import { httpMatchText, isCatchAll, isConditional, layer4MatchText } from './match-text.ts';

/** A mirror's destination and where it stands below the rule. */
export interface MirrorView {
  readonly destination: Destination;
  readonly path: readonly (string | number)[];
}

/** A rule of any protocol, reduced to what the canvas shows. */
export interface RuleView {
  readonly protocol: 'http' | 'tls' | 'tcp';
  readonly index: number;
  readonly key: string;
  readonly title: string | undefined;
  readonly matches: readonly string[];
  readonly route: readonly RouteDestination[];
  readonly chips: readonly string[];
  readonly answer: string | undefined;
  readonly delegate: Delegate | undefined;
  readonly mirrors: readonly MirrorView[];
  /** Nothing that reaches it goes on to a later rule. */
  readonly takesAll: boolean;
  /** Istio leaves it out for some proxies, ports or gateways. */
  readonly conditional: boolean;
  /** Callers that its conditions name. */
  readonly sources: readonly { readonly namespace: string; readonly labels: Readonly<Record<string, string>> }[];
}

function mirrorsOf(rule: HTTPRoute): MirrorView[] {
  const mirrors: MirrorView[] = [];
  if (rule.mirror?.host !== undefined) mirrors.push({ destination: rule.mirror, path: ['mirror'] });
  rule.mirrors?.forEach(({ destination }, i) => {
    if (destination?.host !== undefined) mirrors.push({ destination, path: ['mirrors', i] });
  });
  return mirrors;
}

interface SourceConditions {
  readonly sourceLabels?: Readonly<Record<string, string>>;
  readonly sourceNamespace?: string;
  readonly gateways?: readonly string[];
}

function sourcesOf(matches: readonly SourceConditions[], namespace: string): RuleView['sources'] {
  return matches.flatMap(({ sourceLabels, sourceNamespace, gateways }) =>
    !gateways?.length && (sourceNamespace || Object.keys(sourceLabels ?? {}).length > 0)
      ? [{ namespace: sourceNamespace || namespace, labels: sourceLabels ?? {} }]
      : [],
  );
}

function httpRule(rule: HTTPRoute, index: number, namespace: string): RuleView {
  const matches = rule.match ?? [];
  return {
    protocol: 'http',
    index,
    key: JSON.stringify(rule),
    title: rule.name,
    matches: matches.map(httpMatchText),
    route: rule.route ?? [],
    chips: chipsOf(rule),
    answer: answerOf(rule),
    delegate: rule.delegate,
    mirrors: mirrorsOf(rule),
    takesAll: matches.length === 0 ? !rule.delegate : matches.some(isCatchAll),
    conditional: matches.length > 0 && matches.every(isConditional),
    sources: sourcesOf(matches, namespace),
  };
}

/** The rules of a VirtualService: http, tls and tcp, each in the order written, which is the order that Istio keeps. */
export function rulesOfVirtualService(virtualService: VirtualService): RuleView[] {
  const { spec, namespace } = virtualService;
  const plain = { title: undefined, chips: [], answer: undefined, delegate: undefined, mirrors: [] };
  const layer4 =
    (protocol: 'tls' | 'tcp') =>
    (rule: NonNullable<typeof spec.tcp>[number] & NonNullable<typeof spec.tls>[number], index: number): RuleView => ({
      ...plain,
      protocol,
      index,
      key: JSON.stringify(rule),
      matches: (rule.match ?? []).map(layer4MatchText),
      route: rule.route ?? [],
      takesAll: protocol === 'tcp' && (rule.match ?? []).length === 0,
      conditional: (rule.match ?? []).length > 0 && (rule.match ?? []).every(isConditional),
      sources: sourcesOf(rule.match ?? [], namespace),
    });
  return [
    ...(spec.http ?? []).map((rule, index) => httpRule(rule, index, namespace)),
    ...(spec.tls ?? []).map(layer4('tls')),
    ...(spec.tcp ?? []).map(layer4('tcp')),
  ];
}

/** What becomes of everything that no rule takes; `undefined` where nothing is left over (or the question is the root's, of a delegate). */
export function restOf(
  virtualService: VirtualService,
  rules: readonly RuleView[],
  inMesh: boolean,
): { readonly outcome: 'notFound' | 'service' | 'passthrough' | 'none'; readonly label: string } | undefined {
  if ((virtualService.spec.hosts ?? []).length === 0) return undefined;
  const http = rules.filter(({ protocol }) => protocol === 'http');
  const toService = { outcome: 'service', label: 'the service itself' } as const;
  const closed = { outcome: 'none', label: 'connection closed' } as const;
  if (http.length > 0) {
    if (http.some(({ takesAll }) => takesAll)) return undefined;
    return inMesh && http.every(({ conditional }) => conditional) ? toService : { outcome: 'notFound', label: '404' };
  }
  if (rules.some(({ protocol }) => protocol === 'tls'))
    return inMesh ? { outcome: 'passthrough', label: 'passthrough' } : closed;
  if (rules.length > 0) return rules.some(({ takesAll }) => takesAll) ? undefined : inMesh ? toService : closed;
  return inMesh ? toService : { outcome: 'notFound', label: '404' };
}
