import { isVirtualService } from '../../istio/index.ts';
import type { VirtualServiceSpec } from '../../istio/index.ts';
import { allDestinations } from './destinations.ts';
import type { Placed } from './destinations.ts';
import { findService, isJudged, serviceTable } from './hosts.ts';
import type { KnownService, ServiceTable } from './hosts.ts';
import { sayKept } from './kept.ts';
import type { Analyzer, Entry, Say, World } from './types.ts';

const NOT_FOUND = 'Declare a Service or ServiceEntry for it, or write the full name of one that there is.';

/** What a destination means: a service, or nothing, of which the documents can tell that it is not there or can't. */
type Meaning = KnownService | 'missing' | 'unknown';

function checkDestination(entry: Entry, placed: Placed, service: Meaning | undefined, say: Say): void {
  if (service === undefined || service === 'unknown') return;
  const { destination, path, linePath, mirror } = placed;
  const host = destination.host ?? '';
  const at = { entry, path, linePath };
  if (service === 'missing') {
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

/** What each destination of a VirtualService means now. Two lists of the same meanings have the same messages. */
function meanings(world: World, table: ServiceTable, entry: Entry, spec: VirtualServiceSpec): readonly Meaning[] {
  return allDestinations(spec).map(({ destination: { host = '' } }) => {
    const service = findService(table, entry.namespace, spec.exportTo, host);
    return service ?? (isJudged(world, entry.namespace, host) ? 'missing' : 'unknown');
  });
}

const NO_HOSTS: readonly string[] = [];
const splits = new WeakMap<VirtualServiceSpec, readonly string[]>();

/** The own hosts that a VirtualService routes to subsets of themselves; kept with the spec. */
function ownSplits(spec: VirtualServiceSpec): readonly string[] {
  let known = splits.get(spec);
  if (known === undefined) {
    const { hosts = [], http = [] } = spec;
    const found = new Set<string>();
    for (const { destination } of http.flatMap((rule) => rule.route ?? [])) {
      const host = destination?.host ?? '';
      if ((destination?.subset ?? '') !== '' && hosts.includes(host)) found.add(host);
    }
    splits.set(spec, (known = found.size === 0 ? NO_HOSTS : [...found]));
  }
  return known;
}

/** VirtualServices that route one of their own hosts to a subset, by that host. */
function splitHosts(world: World): ReadonlyMap<string, readonly Entry[]> {
  const byHost = new Map<string, Entry[]>();
  for (const entry of world.of('VirtualService')) {
    if (!isVirtualService(entry.resource)) continue;
    for (const host of ownSplits(entry.resource.spec)) {
      const entries = byHost.get(host);
      if (entries === undefined) byHost.set(host, [entry]);
      else entries.push(entry);
    }
  }
  return byHost;
}

function checkSubsets(entry: Entry, spec: VirtualServiceSpec, split: ReturnType<typeof splitHosts>, say: Say): void {
  if ((spec.gateways ?? []).length === 0 || split.size === 0) return;
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
      const meant = meanings(world, table, entry, spec);
      sayKept(judged, entry, meant, (each) => {
        for (const [at, placed] of allDestinations(spec).entries()) checkDestination(entry, placed, meant[at], each);
      })(say);
      checkSubsets(entry, spec, split, say);
    }
  },
};
