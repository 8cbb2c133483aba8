import type { DestinationRule, LoadBalancerSettings, SourceRef, TrafficPolicy } from '../../istio/index.ts';
import { isDeployment, isDestinationRule } from '../../istio/index.ts';
import type { MeshService, MeshSubset, MeshWorkload } from '../../mesh/types.ts';
import type { GraphNode, PortRow, SubsetRow } from '../types.ts';
import { numbered, serviceNodeId, type View } from './context.ts';

function balancerText(settings: LoadBalancerSettings | undefined): string | undefined {
  if (settings?.consistentHash) return 'consistent hash';
  const simple = settings?.simple;
  return simple === undefined || simple === 'UNSPECIFIED' ? undefined : simple.toLowerCase().replace('_', ' ');
}

/** The policy that holds for a subset, in a word or two: its own where it has one, else the whole host's. */
function policyText(own: TrafficPolicy | undefined, whole: TrafficPolicy | undefined): string | undefined {
  const words = [
    balancerText(own?.loadBalancer ?? whole?.loadBalancer),
    (own?.outlierDetection ?? whole?.outlierDetection) && 'ejects',
    (own?.connectionPool ?? whole?.connectionPool) && 'limits',
  ];
  return words.filter(Boolean).join(' · ') || undefined;
}

/** Pods behind a subset: a Deployment counts its replicas, everything else one. */
function podsOf(view: View, workloads: readonly MeshWorkload[]): number {
  return workloads.reduce((sum, workload) => {
    const resource = workload.resource === undefined ? undefined : view.resource(workload.resource);
    return sum + (resource && isDeployment(resource) ? (resource.spec.replicas ?? 1) : 1);
  }, 0);
}

function subsetRow(
  view: View,
  id: string,
  owner: string,
  at: { subset: MeshSubset; hue: number; rules: readonly DestinationRule[] },
): SubsetRow {
  const { subset, hue, rules } = at;
  const rule = subset.source && rules.find(({ source }) => source.slot === subset.source?.slot);
  const own = rule?.spec.subsets?.find(({ name }) => name === subset.name)?.trafficPolicy;
  return {
    kind: 'subset',
    id,
    name: `Subset ${owner} ${subset.name}`,
    title: subset.name,
    hue,
    missing: subset.missing,
    policy: subset.missing ? undefined : policyText(own, rule?.spec.trafficPolicy),
    pods: podsOf(view, subset.workloads),
    source: subset.source,
  };
}

/** `:9080`, `:80 :443`, `:80 :443 and 3 more`. */
function portsText(service: MeshService): string {
  const texts = service.ports.map(({ number }) => `:${number}`);
  return texts.length <= 2 ? texts.join(' ') : `${texts.slice(0, 2).join(' ')} and ${texts.length - 2} more`;
}

function portRows(service: MeshService, id: string, name: string): PortRow[] {
  const keys = numbered(service.ports.map(({ number }) => String(number)));
  const note = [service.resolution, 'external'].filter(Boolean).join(', ');
  return service.ports.map((port, i) => ({
    kind: 'port',
    id: `${id}/port/${keys[i] ?? i}`,
    name: `Port ${keys[i] ?? i} of ${name}`,
    port: port.number,
    protocol: port.protocol,
    note: i === 0 ? note : undefined,
  }));
}

/** The DestinationRules that shape a host, as the mesh lists them. */
export function rulesOf(view: View, service: MeshService): DestinationRule[] {
  return service.destinationRules.flatMap((id) => {
    const resource = view.resource(id);
    return resource && isDestinationRule(resource) ? [resource] : [];
  });
}

// The documents of DestinationRules, which have no node of their own, by the node that they shape.
const aliases = new WeakMap<GraphNode, readonly SourceRef[]>();

/** Documents besides its own that speak of a node: the DestinationRules for its host. */
export function aliasesOf(node: GraphNode): readonly SourceRef[] {
  return aliases.get(node) ?? [];
}

/** Notes the DestinationRules of a node, also where the node from before is kept in place of a new one that says the same. */
export function setAliases(node: GraphNode, sources: readonly SourceRef[]): void {
  aliases.set(node, sources);
}

/** The node of a host: a service with its subsets, or an external entry with its ports before them. */
export function serviceNode(view: View, service: MeshService): GraphNode {
  const id = serviceNodeId(view, service);
  const resource = service.resource === undefined ? undefined : view.resource(service.resource);
  const rules = rulesOf(view, service);
  const declared =
    resource?.kind === 'ServiceEntry' ? `ServiceEntry ${resource.namespace}/${resource.name}` : undefined;
  const plain = service.namespace === '' ? service.host : `${service.namespace}/${service.name}`;
  const several = id.includes('/host/');
  const name = declared ? (several ? `${declared} ${service.host}` : declared) : `Service ${plain}`;
  const owner = declared ? service.host : plain;
  const subsets = service.subsets.map((subset, hue) =>
    subsetRow(view, `${id}/subset/${subset.name}`, owner, { subset, hue, rules }),
  );
  const away =
    service.namespace !== '' && service.namespace !== 'default' && !service.external ? service.namespace : '';
  return {
    id,
    kind: service.external ? 'external' : 'service',
    column: service.external ? 'external' : 'services',
    name,
    title: declared ? service.host : service.name,
    subtitle: service.external ? '' : [portsText(service), away].filter(Boolean).join(' · '),
    rows: service.external ? [...portRows(service, id, name), ...subsets] : subsets,
    resource: service.resource,
    source: service.source ?? resource?.source,
    host: service.host,
    stale: resource?.stale ?? false,
    assumed: service.origin === 'assumed',
  };
}
