import { ROOT_NAMESPACE } from '../../istio/index.ts';
import { asList, asMap, asText, rawAt } from './raw.ts';
import type { Analyzer, Entry, Say, World } from './types.ts';

const INJECTION = 'istio-injection';
const REVISION = 'istio.io/rev';
const DATAPLANE = 'istio.io/dataplane-mode';

/** Says what is odd about a namespace's labels; gives whether its pods get sidecars by the old label. */
function checkNamespace(entry: Entry, say: Say): boolean {
  const { labels } = entry.resource;
  const injection = labels[INJECTION];
  const others = injection === undefined || injection === 'enabled' ? [REVISION, DATAPLANE] : [];
  const given = [INJECTION, ...others].filter((name) => labels[name] !== undefined);
  if (given.length > 1) {
    const message = `The namespace has several labels that say how its pods join the mesh: ${given.join(', ')}.`;
    say({ code: 'IST0123', entry, path: ['metadata', 'labels'], message, remedy: 'Keep one of them.' });
  }
  if (labels[DATAPLANE] === 'ambient') return false;
  if ((injection ?? '') === '' && labels[REVISION] === undefined) {
    const message = 'Pods of this namespace get no sidecar.';
    const remedy = `Label it ${INJECTION}=enabled, or ${INJECTION}=disabled if that is meant.`;
    say({ code: 'IST0102', entry, path: ['metadata', 'name'], linePath: ['metadata', 'name'], message, remedy });
  }
  return injection === 'enabled';
}

function lacksProxy(entry: Entry): boolean {
  const { labels, annotations } = entry.resource;
  const inject = labels['sidecar.istio.io/inject'] ?? annotations['sidecar.istio.io/inject'] ?? '';
  if (inject.toLowerCase() === 'false' || rawAt(entry, 'spec', 'hostNetwork') === true) return false;
  const containers = ['containers', 'initContainers'].flatMap((key) => asList(rawAt(entry, 'spec', key)).map(asMap));
  const proxy = containers.find((container) => asText(container['name']) === 'istio-proxy');
  return asText(proxy?.['image']) === '';
}

/** Namespaces and pods outside of the mesh. Source: injection.Analyzer. */
export const injection: Analyzer = {
  name: 'injection.Analyzer',
  reads: ['Namespace', 'Pod'],
  needs: [],
  analyze: (world, say) => {
    const injected = new Set<string>();
    for (const entry of world.of('Namespace'))
      if (entry.name !== ROOT_NAMESPACE && checkNamespace(entry, say)) injected.add(entry.name);
    for (const entry of world.of('Pod')) {
      if (!injected.has(entry.namespace) || !lacksProxy(entry)) continue;
      const message = `The pod ${entry.fullName} has no sidecar, though its namespace gives them.`;
      say({ code: 'IST0103', entry, path: ['spec', 'containers'], message, remedy: 'Start it anew.' });
    }
  },
};

const PROXY_USER = 1337;

function runsAsProxy(entry: Entry, spec: readonly string[]): boolean {
  const asUser = (value: ReturnType<typeof asMap>): boolean =>
    asMap(value['securityContext'])['runAsUser'] === PROXY_USER;
  const containers = asList(rawAt(entry, ...spec, 'containers')).map(asMap);
  const own = containers.filter(({ name }) => name !== 'istio-proxy' && name !== 'istio-operator');
  return asUser(asMap(rawAt(entry, ...spec))) || own.some(asUser);
}

function checkUsers(world: World, kind: string, spec: readonly string[], say: Say): void {
  for (const entry of world.of(kind)) {
    const { labels } = entry.resource;
    if (labels['istio'] !== undefined || labels['release'] === 'istio' || !runsAsProxy(entry, spec)) continue;
    const message = `The user ${PROXY_USER} is the sidecar's: the traffic of others by that name bypasses it.`;
    say({ code: 'IST0144', entry, path: spec, message, remedy: 'Run as another user.' });
  }
}

/** Workloads that run as the sidecar's user. Source: deployment.ApplicationUIDAnalyzer. */
export const applicationUsers: Analyzer = {
  name: 'applicationUID.Analyzer',
  reads: ['Pod', 'Deployment'],
  needs: [],
  analyze: (world, say) => {
    checkUsers(world, 'Pod', ['spec'], say);
    checkUsers(world, 'Deployment', ['spec', 'template', 'spec'], say);
  },
};

/** An istiod that fetches keys from wherever a RequestAuthentication says. Source: authn.BlockedCIDRsAnalyzer. */
export const blockedCidrs: Analyzer = {
  name: 'authn.BlockedCIDRsAnalyzer',
  reads: ['RequestAuthentication', 'Deployment'],
  needs: [],
  analyze: (world, say) => {
    const names = world.of('RequestAuthentication').map(({ fullName }) => fullName);
    if (names.length === 0) return;
    for (const entry of world.of('Deployment')) {
      if (entry.resource.labels['app'] !== 'istiod') continue;
      const path = ['spec', 'template', 'spec', 'containers'];
      const variables = asList(rawAt(entry, ...path)).flatMap((each) => asList(asMap(each)['env']).map(asMap));
      const set = variables.some(({ name, value }) => name === 'BLOCKED_CIDRS_IN_JWKS_URIS' && asText(value) !== '');
      if (set) continue;
      const message = `BLOCKED_CIDRS_IN_JWKS_URIS is not set, and ${names.length} RequestAuthentications may name any address.`;
      say({ code: 'IST0175', entry, path, message });
    }
  },
};
