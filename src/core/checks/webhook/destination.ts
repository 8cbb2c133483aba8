import type { Destination, RouteDestination } from '../../istio/index.ts';
import type { YamlPath } from '../../yaml/types.ts';
import { headerFaults } from './headers.ts';
import type { HeaderRules } from './headers.ts';
import { isLabel, wildcardFault } from './names.ts';
import type { Report } from './report.ts';
import { portFault } from './values.ts';

/** What is wrong with a subset's name. Source: validateSubsetName. */
export function subsetNameFault(name: string): string | undefined {
  if (name === '') return 'A subset needs a name.';
  return isLabel(name) ? undefined : `"${name}" can't be the name of a subset.`;
}

/** Faults of a destination. Source: validateDestination. */
export function destinationFaults(destination: Destination | undefined, path: YamlPath, report: Report): void {
  if (destination === undefined) return;
  const host = destination.host ?? '';
  if (host === '*') report.error('V-VS-150', [...path, 'host'], 'Requests can’t go to the host "*".');
  else report.check('V-VS-151', [...path, 'host'], wildcardFault(host));
  if (destination.subset !== undefined && destination.subset !== '')
    report.check('V-VS-152', [...path, 'subset'], subsetNameFault(destination.subset));
  if (destination.port !== undefined)
    report.check('V-VS-153', [...path, 'port', 'number'], portFault(destination.port.number ?? 0));
}

const DESTINATION_HEADERS: HeaderRules = {
  set: 'V-VS-064',
  remove: 'V-VS-065',
  response: 'V-VS-066',
  value: 'V-VS-067',
};

/** Faults of the destinations of a rule, HTTP, TLS or TCP. Source: validateHTTPRouteDestinations, validateRouteDestinations. */
export function routeFaults(
  route: readonly (RouteDestination & { readonly headers?: Parameters<typeof headerFaults>[0] })[] | undefined,
  path: YamlPath,
  report: Report,
): void {
  let total = 0;
  for (const [index, { destination, weight = 0, headers }] of (route ?? []).entries()) {
    const at = [...path, index];
    if (destination === undefined) report.error('V-VS-142', at, 'A destination is missing.');
    headerFaults(headers, [...at, 'headers'], DESTINATION_HEADERS, report);
    destinationFaults(destination, [...at, 'destination'], report);
    if (weight < 0) report.error('V-VS-143', [...at, 'weight'], `The weight ${weight} is less than 0.`);
    // Istio adds up in 32 bits.
    total = (total + weight) | 0;
  }
  if ((route ?? []).length > 1 && total === 0) report.error('V-VS-144', path, 'The weights add up to 0.');
}
