import type { KnownPlace } from '../compile/caller-place.ts';
import type { Cluster } from '../compile/clusters.ts';
import type { DestinationRule, Subset } from '../compile/model.ts';
import { portEntry } from '../compile/policy.ts';
import type { CompiledProxy } from '../compile/proxy.ts';
import type { Push } from '../compile/push.ts';
import type { JsonObject, YamlPath } from '../../yaml/types.ts';
import type { Reason } from '../types.ts';
import { localityReasons } from './localities.ts';

interface ClusterName {
  readonly port: number;
  readonly subset: string;
  readonly host: string;
}

/** The parts of an outbound cluster's name; `undefined` for one of Envoy's own. */
function partsOf(cluster: string): ClusterName | undefined {
  const [direction, port, subset, host] = cluster.split('|');
  return direction !== 'outbound' || host === undefined
    ? undefined
    : { port: Number(port), subset: subset ?? '', host };
}

function whyMissing(push: Push, proxy: CompiledProxy, name: ClusterName): Reason {
  const service = proxy.scope.services.get(name.host);
  if (service === undefined) {
    const known = push.registry.directory.byHost.has(name.host);
    const dotted = name.host.endsWith('.svc.cluster.local')
      ? ''
      : ' Hosts with a dot are taken as written, so inside the mesh the whole name is needed.';
    return {
      text: known
        ? `${name.host} is not visible from namespace ${proxy.proxy.namespace} (exportTo, or a Sidecar's egress hosts).`
        : `No Service or ServiceEntry has the host ${name.host}.${dotted}`,
    };
  }
  const place =
    service.resource === undefined ? {} : { place: { resource: service.resource, path: ['spec', 'ports'] } };
  if (!service.ports.some((port) => port.number === name.port))
    return {
      text: `${name.host} has no port ${name.port}; it has ${service.ports.map((p) => p.number).join(', ') || 'none'}.`,
      ...place,
    };
  if (name.subset === '')
    return {
      text: `${name.host} has no endpoint on port ${name.port}, and a DNS service without any gets no cluster.`,
      ...place,
    };
  const rule = proxy.scope.ruleFor(name.host);
  if (rule === undefined)
    return {
      text: `No DestinationRule that this caller uses declares subset ${name.subset} of ${name.host}. One counts in the caller's namespace, the service's or istio-system.`,
    };
  return {
    text: `${rule.resource} applies here and declares no subset ${name.subset}${rule.subsets.length > 0 ? `; it has ${rule.subsets.map((s) => s.name).join(', ')}` : ''}.`,
    place: {
      resource: rule.resource,
      path: rule.subsets.some((s) => s.resource === rule.resource) ? ['spec', 'subsets'] : [],
    },
  };
}

/** What a cluster does beside choosing an endpoint: TLS that begins here, limits, ejections. */
function policyWords({ lb, tls, maxConnections, maxPendingRequests, maxRequests, outlierDetection }: Cluster): string {
  const own = tls.sni === '' || tls.sni.startsWith('outbound_');
  return [
    lb,
    ...(tls.tls === 'tls' ? [own ? 'TLS begins here' : `TLS begins here (for ${tls.sni})`] : []),
    ...(maxConnections > 0 ? [`at most ${maxConnections} connections`] : []),
    ...(maxPendingRequests > 0 ? [`at most ${maxPendingRequests} waiting`] : []),
    ...(maxRequests > 0 ? [`at most ${maxRequests} requests at once`] : []),
    ...(outlierDetection === undefined ? [] : ['ejects endpoints that fail']),
  ].join(', ');
}

/** The place of a destination's policy for a port: its own entry where there is one. */
function policyPath(policy: JsonObject, port: number): YamlPath {
  const path = ['spec', 'trafficPolicy'];
  const entry = portEntry(policy, port);
  const all = policy['portLevelSettings'];
  const at = entry !== undefined && Array.isArray(all) ? all.indexOf(entry) : -1;
  return at < 0 ? path : [...path, 'portLevelSettings', at];
}

/** Where a policy is written, the narrowest place first: the subset's own, the rule's, or the rule that has none. */
function policyReason(cluster: Cluster, rule: DestinationRule | undefined, subset: Subset | undefined): Reason {
  if (rule === undefined) return { text: `No DestinationRule applies: ${cluster.lb}, no limits.` };
  if (subset?.policy !== undefined)
    return {
      text: `Policy of subset ${subset.name} of ${subset.resource}: ${policyWords(cluster)}.`,
      place: { resource: subset.resource, path: ['spec', 'subsets', subset.index, 'trafficPolicy'] },
    };
  return rule.policy === undefined
    ? {
        text: `${rule.resource} sets no policy: ${cluster.lb}, no limits.`,
        place: { resource: rule.resource, path: [] },
      }
    : {
        text: `Policy of ${rule.policyOf}: ${policyWords(cluster)}.`,
        place: { resource: rule.policyOf, path: policyPath(rule.policy, cluster.port.number) },
      };
}

function described(cluster: Cluster, place: KnownPlace): readonly Reason[] {
  const rule = cluster.rule;
  const count = cluster.endpoints.length;
  const subset = rule?.subsets.find((s) => s.name === cluster.subset);
  const labels = Object.entries(subset?.labels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
  const chosen = cluster.subset === '' ? '' : ` with ${labels === '' ? 'any labels' : labels}`;
  const who =
    cluster.type === 'ORIGINAL_DST'
      ? 'goes to the address that the caller dialled'
      : count === 0
        ? `has no endpoint${chosen}`
        : `has ${count} endpoint${count === 1 ? '' : 's'}${chosen}`;
  const first: Reason = {
    text: `${cluster.name} ${who}.`,
    ...(subset !== undefined
      ? { place: { resource: subset.resource, path: ['spec', 'subsets', subset.index] } }
      : cluster.service.resource === undefined
        ? {}
        : { place: { resource: cluster.service.resource, path: [] } }),
  };
  const policy = policyReason(cluster, rule, subset);
  return [first, policy, ...localityReasons(cluster, place, policy.place)];
}

/** Why a cluster is as it is for this proxy: its endpoints and policy, or what is missing. */
export function clusterReasons(push: Push, proxy: CompiledProxy, name: string): readonly Reason[] {
  if (name === 'PassthroughCluster')
    return [{ text: 'The host is not known to the mesh: the request goes to the address that the caller dialled.' }];
  if (name === 'BlackHoleCluster')
    return [{ text: 'The mesh lets nobody call what it does not know (REGISTRY_ONLY): the connection is closed.' }];
  const cluster = proxy.clusters.get(name);
  if (cluster !== undefined) return described(cluster, proxy.place);
  const parts = partsOf(name);
  return parts === undefined ? [] : [{ text: `There is no cluster ${name}.` }, whyMissing(push, proxy, parts)];
}
