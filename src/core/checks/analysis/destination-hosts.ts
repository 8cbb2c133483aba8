import { isVirtualService } from '../../istio/index.ts';
import type { VirtualServiceSpec } from '../../istio/index.ts';
import { mirrorDestinations, routeDestinations } from './destinations.ts';
import type { Placed } from './destinations.ts';
import { findService, isJudged, serviceTable } from './hosts.ts';
import { sayKept } from './kept.ts';
import type { Analyzer, Entry, Say, World } from './types.ts';

const NOT_FOUND = 'Declare a Service or ServiceEntry for it, or write the full name of one that there is.';

function checkDestination(world: World, entry: Entry, spec: VirtualServiceSpec, placed: Placed, say: Say): void {
  const { destination, path, linePath, mirror } = placed;
  const host = destination.host ?? '';
  const at = { entry, path, linePath };
  const service = findService(serviceTable(world), entry.namespace, spec.exportTo, host);
  if (service === undefined) {
    if (!isJudged(world, entry.namespace, host)) return;
    const what = mirror ? 'mirror' : 'destination';
    say({ ...at, code: 'IST0101', message: `The host "${host}" of a ${what} is not there.`, remedy: NOT_FOUND });
  } else if (destination.port === undefined) {
    if (service.ports.length < 2) return;
    const message = `"${host}" has several ports (${service.ports.join(', ')}): the destination must say which.`;
    say({ ...at, code: 'IST0112', message, remedy: 'Add port.number to the destination.' });
  } else if (!service.ports.includes(destination.port.number ?? 0)) {
    const message = `"${host}" has no port ${destination.port.number ?? 0}.`;
    say({ ...at, code: 'IST0101', message, remedy: `It has ${service.ports.join(', ') || 'no ports at all'}.` });
  }
}

/** VirtualServices that route one of their own hosts to a subset, by that host. */
function splitHosts(world: World): ReadonlyMap<string, readonly Entry[]> {
  const byHost = new Map<string, Entry[]>();
  for (const entry of world.of('VirtualService')) {
    if (!isVirtualService(entry.resource)) continue;
    const { hosts = [], http = [] } = entry.resource.spec;
    for (const { destination } of http.flatMap((rule) => rule.route ?? [])) {
      const host = destination?.host ?? '';
      if ((destination?.subset ?? '') === '' || !hosts.includes(host)) continue;
      const entries = byHost.get(host) ?? [];
      if (!entries.includes(entry)) entries.push(entry);
      byHost.set(host, entries);
    }
  }
  return byHost;
}

function checkSubsets(entry: Entry, spec: VirtualServiceSpec, split: ReturnType<typeof splitHosts>, say: Say): void {
  if ((spec.gateways ?? []).length === 0) return;
  for (const [index, rule] of (spec.http ?? []).entries()) {
    for (const [place, { destination }] of (rule.route ?? []).entries()) {
      if ((destination?.subset ?? '') !== '') continue;
      for (const other of split.get(destination?.host ?? '') ?? []) {
        say({
          code: 'IST0140',
          entry,
          path: ['spec', 'http', index, 'route', place, 'destination', 'host'],
          message: `The subsets of VirtualService ${other.fullName} are not chosen for requests through the gateways of ${entry.fullName}.`,
          remedy: 'Name the subset in this destination too.',
        });
      }
    }
  }
}

const judged: Parameters<typeof sayKept>[0] = new WeakMap();

/** Destinations that are not there, ports, subsets without effect. Source: virtualservice.DestinationHostAnalyzer. */
export const destinationHosts: Analyzer = {
  name: 'virtualservice.DestinationHostAnalyzer',
  reads: ['VirtualService', 'Service', 'ServiceEntry'],
  needs: ['Service|ServiceEntry'],
  analyze: (world, say) => {
    const table = serviceTable(world);
    const split = splitHosts(world);
    for (const entry of world.of('VirtualService')) {
      if (!isVirtualService(entry.resource)) continue;
      const { spec } = entry.resource;
      sayKept(judged, entry, [table, world.complete], (each) => {
        for (const placed of [...routeDestinations(spec), ...mirrorDestinations(spec)])
          checkDestination(world, entry, spec, placed, each);
      })(say);
      checkSubsets(entry, spec, split, say);
    }
  },
};
