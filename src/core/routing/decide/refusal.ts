import type { Route, RouteConfig, VirtualHost } from '../compile/envoy.ts';
import { keepMap, keepPer } from '../../base/keep.ts';
import type { StringMatch } from '../compile/model.ts';
import { regexOf } from './regex.ts';

const known = new WeakMap<RouteConfig, { readonly why: string | undefined }>();
const problemOfRoutes = keepPer((routes: readonly Route[]): string | undefined => {
  for (const route of routes) {
    const problem = problemOf(route);
    if (problem !== undefined) return problem;
  }
  return undefined;
});

function badRegex(matches: readonly StringMatch[]): string | undefined {
  return matches.find((m) => m.kind === 'regex' && regexOf(m.value) === undefined && m.value !== '')?.kind === 'regex'
    ? `the regular expression ${JSON.stringify(matches.flatMap((m) => (m.kind === 'regex' && regexOf(m.value) === undefined ? [m.value] : []))[0])} is not one that RE2 reads`
    : undefined;
}

function problemOf(route: Route): string | undefined {
  if (route.action.kind === 'none') return route.action.why;
  const own: StringMatch[] = route.path.kind === 'regex' ? [{ kind: 'regex', value: route.path.value }] : [];
  const rewrite = route.action.kind === 'forward' ? route.action.regexRewrite : undefined;
  if (rewrite !== undefined) own.push({ kind: 'regex', value: rewrite.pattern });
  return badRegex([
    ...own,
    ...route.headers.map((h) => h.match),
    ...route.query.map((q) => q.match),
    ...(route.cors?.origins ?? []),
  ]);
}

/** Looks again only at the virtual hosts that are not those of before, for all configurations of one shape. */
const checks = keepPer((_shape: object) => keepMap(({ routes }: VirtualHost) => problemOfRoutes(routes)));

/** Why Envoy would refuse a route configuration as a whole (and keep the one before); `undefined` where it takes it. */
export function refusal(config: RouteConfig): string | undefined {
  const found = known.get(config);
  if (found !== undefined) return found.why;
  const problem = checks(config.shape ?? config)(config.virtualHosts).find((one) => one !== undefined);
  const why = problem === undefined ? undefined : `configuration refused: ${problem}`;
  known.set(config, { why });
  return why;
}
