import type { HTTPRoute } from '../../istio/index.ts';
import type { YamlPath } from '../../yaml/types.ts';
import type { Report } from './report.ts';

/** Which rules hold for an HTTP rule: one that hands on to a delegate, one of a delegate, or any other. */
export type HttpRouteType = 'root' | 'delegate' | 'independent';

/** What an HTTP rule does twice over. Source: validateHTTPRouteConflict. */
export function httpConflictFaults(rule: HTTPRoute, type: HttpRouteType, path: YamlPath, report: Report): void {
  const { redirect, directResponse, fault, rewrite, mirrors } = rule;
  const route = rule.route !== undefined && rule.route.length > 0;
  const name = rule.name ?? '';
  if (type === 'root') {
    if (redirect !== undefined)
      report.error('V-VS-020', [...path, 'redirect'], `The rule ${name} hands on to a delegate, so it can't redirect.`);
    if (route)
      report.error(
        'V-VS-021',
        [...path, 'route'],
        `The rule ${name} hands on to a delegate, so it can't have a route.`,
      );
    return;
  }
  if (type === 'delegate' && rule.delegate !== undefined)
    report.error('V-VS-022', [...path, 'delegate'], 'A rule of a delegate can’t hand on to another delegate.');
  const both = (id: string, key: string, here: boolean, other: string): void => {
    if (here) report.error(id, [...path, key], `A rule can't have both ${key} and ${other}.`);
  };
  if (redirect !== undefined) {
    both('V-VS-023', 'route', route, 'redirect');
    both('V-VS-024', 'fault', fault !== undefined, 'redirect');
    both('V-VS-025', 'rewrite', rewrite !== undefined, 'redirect');
    both('V-VS-026', 'directResponse', directResponse !== undefined, 'redirect');
  } else if (directResponse !== undefined) {
    both('V-VS-027', 'route', route, 'directResponse');
    both('V-VS-028', 'fault', fault !== undefined, 'directResponse');
    both('V-VS-029', 'rewrite', rewrite !== undefined, 'directResponse');
  } else if (!route) {
    report.error('V-VS-030', path, 'A rule needs a route, a redirect or a directResponse.');
  }
  both('V-VS-031', 'mirrors', rule.mirror !== undefined && (mirrors ?? []).length > 0, 'mirror');
}
