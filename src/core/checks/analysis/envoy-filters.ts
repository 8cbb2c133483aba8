import { asList, asMap, asText, rawAt } from './raw.ts';
import type { Analyzer, Entry, Say } from './types.ts';

const RELATIVE = new Set(['REMOVE', 'REPLACE', 'INSERT_BEFORE', 'INSERT_AFTER']);
const REPLACEABLE = new Set(['NETWORK_FILTER', 'HTTP_FILTER', 'VIRTUAL_HOST']);
const ROUTES = new Set(['ROUTE_CONFIGURATION', 'HTTP_ROUTE']);

/** A message of Istio on one operation. */
function wrongUse(operation: string, applyTo: string): { readonly code: string; readonly message: string } | undefined {
  if (operation === 'REPLACE' && !REPLACEABLE.has(applyTo))
    return { code: 'IST0152', message: 'REPLACE works on NETWORK_FILTER, HTTP_FILTER and VIRTUAL_HOST only.' };
  if (!ROUTES.has(applyTo)) return undefined;
  if (operation === 'ADD')
    return { code: 'IST0153', message: 'ADD does nothing on ROUTE_CONFIGURATION and HTTP_ROUTE.' };
  if (operation === 'REMOVE')
    return { code: 'IST0154', message: 'REMOVE does nothing on ROUTE_CONFIGURATION and HTTP_ROUTE.' };
  return undefined;
}

/** The filter that a patch is about: by its value's name, else by the filter that it matches. */
function filterName(patch: ReturnType<typeof asMap>): string {
  const value = asMap(asMap(patch['patch'])['value']);
  if (Object.keys(value).length === 0) return '';
  if (value['name'] !== undefined) return asText(value['name']);
  const chain = asMap(asMap(asMap(patch['match'])['listener'])['filterChain']);
  return asText(asMap(chain['filter'])['name']);
}

function checkFilter(entry: Entry, versioned: Set<string>, say: Say): void {
  const priority = rawAt(entry, 'spec', 'priority') ?? 0;
  for (const [index, each] of asList(rawAt(entry, 'spec', 'configPatches')).entries()) {
    const patch = asMap(each);
    const body = patch['patch'];
    if (body === undefined || body === null) return;
    const path = ['spec', 'configPatches', index, 'patch'];
    const at = { entry, path, linePath: [...path, 'value'] };
    const operation = asText(asMap(body)['operation']);
    const name = filterName(patch);
    const wrong = wrongUse(operation, asText(patch['applyTo']));
    if (wrong !== undefined) {
      say({ ...at, ...wrong });
    } else if (RELATIVE.has(operation) && priority === 0) {
      const message = versioned.has(name)
        ? `${operation} stands in a filter without a priority, and another patch of the same filter names a proxyVersion.`
        : 'The patch goes by its neighbours, and the filter has no priority: it may find them not there yet.';
      say({
        ...at,
        code: versioned.has(name) ? 'IST0155' : 'IST0151',
        message: message.replace(operation, 'The patch'),
      });
    }
    if (asText(asMap(asMap(patch['match'])['proxy'])['proxyVersion']) !== '') versioned.add(name);
  }
}

/** Patches that may not do what they say. Source: envoyfilter.EnvoyPatchAnalyzer. */
export const envoyFilters: Analyzer = {
  name: 'envoyfilter.EnvoyPatchAnalyzer',
  reads: ['EnvoyFilter'],
  needs: [],
  analyze: (world, say) => {
    const versioned = new Set<string>();
    for (const entry of world.of('EnvoyFilter')) checkFilter(entry, versioned, say);
  },
};
