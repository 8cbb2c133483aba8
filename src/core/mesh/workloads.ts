import type { AnyResource, DeploymentSpec, Pod, Resource, WorkloadEntry } from '../istio/index.ts';
import { isPod, isWorkloadEntry, selects } from '../istio/index.ts';
import type { MeshWorkload } from './types.ts';

/** The kinds whose objects are workloads, or make some. */
const WORKLOAD_KINDS = ['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'WorkloadEntry'];
const ENTRIES = 'WorkloadEntry';

/** Workloads by namespace and label, to find those of a selector without looking at all. */
export interface WorkloadIndex {
  readonly lists: readonly (readonly Resource[] | undefined)[];
  readonly byLabel: ReadonlyMap<string, readonly Found[]>;
  readonly namespaces: ReadonlySet<string>;
  readonly matches: WeakMap<object, readonly MeshWorkload[]>;
}
interface Found {
  readonly workload: MeshWorkload;
  readonly entry: boolean;
}

const known = new WeakMap<Resource, MeshWorkload>();

function make(resource: Resource): MeshWorkload {
  const any: AnyResource = resource;
  const { id, name, namespace } = resource;
  const common = { id, name, namespace, resource: id, assumed: false };
  if (isPod(any)) return { ...common, labels: (any satisfies Pod).labels };
  // A WorkloadEntry's own labels win over those in its spec (R-1009).
  if (isWorkloadEntry(any))
    return { ...common, labels: { ...(any satisfies WorkloadEntry).spec.labels, ...any.labels } };
  // The other kinds of WORKLOAD_KINDS all have a Deployment's template.
  const spec = any.spec as DeploymentSpec;
  return { ...common, labels: spec.template?.metadata?.labels ?? {}, pods: spec.replicas ?? 1 };
}

/** The workload that a Pod, a Deployment (or its like) or a WorkloadEntry stands for; the same one for the same resource. */
export function workloadOf(resource: Resource): MeshWorkload {
  let workload = known.get(resource);
  if (workload === undefined) {
    workload = make(resource);
    known.set(resource, workload);
  }
  return workload;
}

/** Indexes the workloads of all resources; gives the earlier index where none of them changed. */
export function indexWorkloads(
  byKind: ReadonlyMap<string, readonly Resource[]>,
  previous: WorkloadIndex | undefined,
): WorkloadIndex {
  const lists = WORKLOAD_KINDS.map((kind) => byKind.get(kind));
  if (previous !== undefined && lists.every((list, index) => list === previous.lists[index])) return previous;
  const byLabel = new Map<string, Found[]>();
  const namespaces = new Set<string>();
  for (const list of lists) {
    for (const resource of list ?? []) {
      const found = { workload: workloadOf(resource), entry: resource.kind === ENTRIES };
      namespaces.add(resource.namespace);
      for (const [key, value] of Object.entries(found.workload.labels)) {
        const place = `${resource.namespace}\n${key}\n${value}`;
        const there = byLabel.get(place);
        if (there === undefined) byLabel.set(place, [found]);
        else there.push(found);
      }
    }
  }
  return { lists, byLabel, namespaces, matches: new WeakMap() };
}

/**
 * The workloads of a namespace that carry all of a selector's labels; none for an empty selector, as for a Kubernetes Service.
 * `entries` also takes WorkloadEntries. Found once for each selector object.
 */
export function selectWorkloads(
  index: WorkloadIndex,
  namespace: string,
  selector: Readonly<Record<string, string>>,
  entries: boolean,
): readonly MeshWorkload[] {
  const earlier = index.matches.get(selector);
  if (earlier !== undefined) return earlier;
  let shortest: readonly Found[] | undefined;
  for (const [key, value] of Object.entries(selector)) {
    const list = index.byLabel.get(`${namespace}\n${key}\n${value}`) ?? [];
    if (shortest === undefined || list.length < shortest.length) shortest = list;
  }
  const found = (shortest ?? [])
    .filter(({ workload, entry }) => (entries || !entry) && selects(selector, workload.labels))
    .map(({ workload }) => workload);
  index.matches.set(selector, found);
  return found;
}
