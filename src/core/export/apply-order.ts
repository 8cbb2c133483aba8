import type { Resource } from '../istio/index.ts';

/**
 * What must be there before what: namespaces, then definitions and accounts, then settings, services and workloads, then Istio's
 * resources: what names nobody first, what names others last, so that no moment lacks a subset or a gateway that a route names (a route
 * to a subset that is not there yet answers 503; source: Istio's operations guide, "make-before-break").
 */
const ORDER: readonly (readonly string[])[] = [
  ['Namespace'],
  ['CustomResourceDefinition', 'StorageClass', 'PriorityClass'],
  ['ServiceAccount', 'Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'],
  ['ConfigMap', 'Secret', 'PersistentVolume', 'PersistentVolumeClaim'],
  ['Service', 'ServiceEntry', 'WorkloadEntry', 'WorkloadGroup'],
  ['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob'],
  ['PeerAuthentication', 'RequestAuthentication', 'AuthorizationPolicy', 'EnvoyFilter', 'Telemetry'],
  ['DestinationRule'],
  ['Gateway', 'Sidecar'],
  ['VirtualService'],
];

const RANKS = new Map(ORDER.flatMap((kinds, rank) => kinds.map((kind) => [kind, rank] as const)));
/** Kinds that the table does not know go between the workloads and Istio's resources. */
const UNKNOWN = 5.5;

/** The resources in the order to apply them; those of one rank stay in the order they came. Scenario documents are no resources of a cluster. */
export function applyOrder(resources: readonly Resource[]): readonly Resource[] {
  const rank = ({ kind }: Resource): number => RANKS.get(kind) ?? UNKNOWN;
  return resources.filter((one) => !isOurs(one)).sort((a, b) => rank(a) - rank(b));
}

/** Whether a resource is Meshwright's own (a Scenario): never sent to a cluster. */
export function isOurs(resource: Resource): boolean {
  return resource.apiVersion.startsWith('meshwright/');
}
