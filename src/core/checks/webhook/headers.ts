import type { HeaderOperations, Headers } from '../../istio/index.ts';
import type { YamlPath } from '../../yaml/types.ts';
import { headerValueFault } from './header-value.ts';
import type { Report } from './report.ts';

const TOKEN = /^[!#$%&'*+\-.^_`|~A-Za-z0-9]+$/;
const PSEUDO = new Set([':method', ':scheme', ':authority', ':path', ':status']);
const CLAIM = '@request.auth.claims';

/** Whether a header's name stands for a claim of a JWT: `@request.auth.claims.x` or `@request.auth.claims[x]`. Source: jwt.ToRoutingClaim. */
export function isJwtClaim(name: string): boolean {
  if (!name.toLowerCase().startsWith(CLAIM)) return false;
  const rest = name.slice(CLAIM.length);
  return (rest.startsWith('.') && rest.length > 1) || (rest.startsWith('[') && rest.endsWith(']') && rest.length > 2);
}

const MISSING = 'A header has no name.';
const unusable = (name: string): string => `"${name}" can't be the name of a header.`;

/** What is wrong with the name of a header to match. Source: ValidateHTTPHeaderNameOrJwtClaimRoute. */
export function matchNameFault(name: string): string | undefined {
  if (name === '') return MISSING;
  return isJwtClaim(name) || PSEUDO.has(name) || TOKEN.test(name) ? undefined : unusable(name);
}

/** What is wrong with a header's name in a CORS policy. Source: ValidateCORSHTTPHeaderName. */
export function corsNameFault(name: string): string | undefined {
  if (name === '') return MISSING;
  return name === '*' || TOKEN.test(name) ? undefined : unusable(name);
}

/** Whether a header is the authority. */
export const isAuthority = (name: string): boolean => [':authority', 'host'].includes(name.toLowerCase());

/** Names to set on requests: none that begin with `:` but the authority. Source: ValidateHTTPHeaderWithAuthorityOperationName. */
function setNameFault(name: string): string | undefined {
  if (name === '') return MISSING;
  return name.startsWith(':') && !isAuthority(name)
    ? `"${name}" begins with a colon, so it can't be changed.`
    : undefined;
}

/** Names to remove, and names on answers. Source: ValidateHTTPHeaderOperationName. */
function operationNameFault(name: string): string | undefined {
  if (name === '') return MISSING;
  if (name.toLowerCase() === 'host') return `"${name}" can't be changed here.`;
  return name.startsWith(':') ? `"${name}" begins with a colon, so it can't be changed.` : undefined;
}

/** Ids of the rules on header changes: names on requests, names to remove, names on answers, values. */
export interface HeaderRules {
  readonly set: string;
  readonly remove: string;
  readonly response: string;
  readonly value: string;
}

/** Faults of header changes, of a route or of one destination. Source: validateHTTPRoute, validateHTTPRouteDestinations. */
export function headerFaults(headers: Headers | undefined, path: YamlPath, rules: HeaderRules, report: Report): void {
  const sides = [
    { key: 'request', nameFault: setNameFault, set: rules.set, remove: rules.remove },
    { key: 'response', nameFault: operationNameFault, set: rules.response, remove: rules.response },
  ] as const;
  for (const side of sides) {
    const operations: HeaderOperations | undefined = headers?.[side.key];
    const at = [...path, side.key];
    for (const verb of ['add', 'set'] as const) {
      for (const [name, value] of Object.entries(operations?.[verb] ?? {})) {
        report.check(side.set, [...at, verb, name], side.nameFault(name));
        report.check(rules.value, [...at, verb, name], headerValueFault(value));
      }
    }
    for (const [index, name] of (operations?.remove ?? []).entries())
      report.check(side.remove, [...at, 'remove', index], operationNameFault(name));
  }
}
