import { put } from '../../base/lists.ts';
import { servicePortProtocol } from '../../istio/protocol.ts';
import type { Resource } from '../../istio/types.ts';
import type { JsonObject } from '../../yaml/types.ts';
import { keepListPer, keepPer } from '../../base/keep.ts';
import type { Endpoint, Labels, Port, Resolution, Service } from './model.ts';
import { labelsFit, numberAt, objectAt, objectsAt, stringAt, stringMapAt } from './read.ts';
import { localityOfLabels, localityOfNode, REGION_LABEL, splitLocality, withTopology } from './topology.ts';

export const NO_ADDRESS = '0.0.0.0';

/** A pod as an endpoint sees it. */
export interface Pod {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
  /** The labels with those that follow from where it runs, as subsets see them. */
  readonly allLabels: Labels;
  readonly address: string;
  /** `region/zone/subzone`, `''` where unknown. */
  readonly locality: string;
  /** The Node that it runs on, where it says so. */
  readonly node: string;
  /** Ports of its containers by name. */
  readonly ports: ReadonlyMap<string, number>;
}

/** When the object was made, as written; `''` where it does not say. */
export function createdOf(resource: Resource): string {
  return stringAt(objectAt(resource.value, 'metadata'), 'creationTimestamp');
}

/**
 * The addresses that a cluster would give out, as the recordings have them: the n-th of its kind, counted from 1, gets
 * `prefix.(n div 250).(n mod 250 + 1)`.
 */
function givenAddress(prefix: string, n: number): string {
  return `${prefix}.${Math.floor(n / 250)}.${(n % 250) + 1}`;
}

/** Localities by name of Node. */
export type Nodes = ReadonlyMap<string, string>;

/** The localities of all Nodes that are declared. */
export function nodesOf(resources: readonly Resource[]): Nodes {
  const nodes = resources.filter(({ kind, group }) => kind === 'Node' && group === '');
  return new Map(
    nodes.map(({ name, value }) => [name, localityOfNode(stringMapAt(objectAt(value, 'metadata'), 'labels'))]),
  );
}

/** What a pod's specification says: `spec` is that of the pod, `labels` are its own. */
function podParts(
  spec: JsonObject | undefined,
  labels: Labels,
  nodeLocality: string,
): Omit<Pod, 'name' | 'namespace' | 'address'> {
  const ports = new Map<string, number>();
  for (const container of objectsAt(spec, 'containers')) {
    for (const port of objectsAt(container, 'ports'))
      ports.set(stringAt(port, 'name'), numberAt(port, 'containerPort') ?? 0);
  }
  const locality = localityOfLabels(labels) || nodeLocality;
  const node = stringAt(spec, 'nodeName');
  return { labels, allLabels: withTopology(labels, splitLocality(locality), node), locality, node, ports };
}

function podOf(resource: Resource, n: number, nodeLocality: string): Pod {
  const address = stringAt(objectAt(resource.value, 'status'), 'podIP') || givenAddress('10.244', n);
  const { name, namespace } = resource;
  return { name, namespace, address, ...podParts(resource.spec, resource.labels, nodeLocality) };
}

function templateOf(resource: Resource): JsonObject | undefined {
  return objectAt(resource.spec, 'template');
}

/** The locality that a template's `nodeSelector` pins its pods to: only Nodes with these labels take them. */
function pinned(resource: Resource): string {
  const wanted = stringMapAt(objectAt(templateOf(resource), 'spec'), 'nodeSelector');
  return wanted[REGION_LABEL] === undefined ? '' : localityOfNode(wanted);
}

/** The n-th pod of the mesh, made from the template of a workload. */
function templatePod(resource: Resource, n: number, nodeLocality: string): Pod {
  const template = templateOf(resource);
  const labels = stringMapAt(objectAt(template, 'metadata'), 'labels');
  const { name, namespace } = resource;
  const parts = podParts(objectAt(template, 'spec'), labels, nodeLocality || pinned(resource));
  return { name, namespace, address: givenAddress('10.244', n), ...parts };
}

const TEMPLATES: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']);

/** Pods of one object at most: more change nothing about where requests go. */
const MOST_REPLICAS = 1000;

/** How many pods an object asks for: `replicas`, 1 where there is none. */
function replicasOf(resource: Resource): number {
  const written = numberAt(objectAt(resource.value, 'spec'), 'replicas') ?? 1;
  return Math.min(Math.max(0, Math.floor(written)), MOST_REPLICAS);
}

/** The pods of an object, of which the first is the n-th of the mesh, on a Node of this locality. */
const podsOfOne = keepPer((resource: Resource, n: number, nodeLocality: string): readonly Pod[] => {
  if (resource.kind === 'Pod' && resource.group === '') return [podOf(resource, n, nodeLocality)];
  if (!TEMPLATES.has(resource.kind) || resource.group !== 'apps') return [];
  return Array.from({ length: replicasOf(resource) }, (_, i) => templatePod(resource, n + i, nodeLocality));
});

/** The Node that an object's pods say that they run on. */
function nodeOf(resource: Resource): string {
  return stringAt(resource.kind === 'Pod' ? resource.spec : objectAt(templateOf(resource), 'spec'), 'nodeName');
}

/** All pods in the order of the documents: the ones declared, and those of Deployments, StatefulSets, DaemonSets and ReplicaSets. */
export function podsOf(resources: readonly Resource[], nodes: Nodes): readonly Pod[] {
  const pods: Pod[] = [];
  for (const resource of resources) {
    if (resource.kind !== 'Pod' && !TEMPLATES.has(resource.kind)) continue;
    const nodeLocality = nodes.size === 0 ? '' : (nodes.get(nodeOf(resource)) ?? '');
    pods.push(...podsOfOne(resource, pods.length + 1, nodeLocality));
  }
  return pods;
}

/** Finds the pods of a namespace that have all of some labels. */
export type PodFinder = (namespace: string, labels: Labels) => readonly Pod[];

/** A finder that looks only at pods which have the first label. */
export function podFinder(pods: readonly Pod[]): PodFinder {
  const places = new Map<string, Pod[]>();
  const keyOf = (namespace: string, label: readonly string[] = []): string => [namespace, ...label].join('\n');
  for (const pod of pods) {
    put(places, keyOf(pod.namespace), pod);
    for (const label of Object.entries(pod.labels)) put(places, keyOf(pod.namespace, label), pod);
  }
  return (namespace, labels) => {
    const [first] = Object.entries(labels);
    return (places.get(keyOf(namespace, first)) ?? []).filter((pod) => labelsFit(labels, pod.labels));
  };
}

/** A service of the registry with its endpoints. */
export interface RegisteredService {
  readonly service: Service;
  readonly endpoints: readonly Endpoint[];
}

/** What a service asks for with `trafficDistribution` or its annotation (istiod: `GetTrafficDistribution`). */
export function trafficDistributionOf(written: string, annotations: Labels): Service['trafficDistribution'] {
  if (written === 'PreferClose' || written === 'PreferSameZone') return 'zone';
  if (written === 'PreferSameNode') return 'node';
  const text = (annotations['networking.istio.io/traffic-distribution'] ?? '').toLowerCase();
  if (text === 'preferclose' || text === 'prefersamezone') return 'zone';
  return text === 'prefersamenode' ? 'node' : '';
}

function exportToOf(resource: Resource): readonly string[] {
  const text = resource.annotations['networking.istio.io/exportTo'] ?? '';
  return text === '' ? ['*'] : text.split(',').map((part) => part.trim());
}

function portOf(port: JsonObject): Port {
  const number = numberAt(port, 'port') ?? 0;
  const name = stringAt(port, 'name');
  const appProtocol = stringAt(port, 'appProtocol');
  return {
    number,
    name,
    protocol: servicePortProtocol({
      port: number,
      name,
      protocol: stringAt(port, 'protocol'),
      ...(appProtocol === '' ? {} : { appProtocol }),
    }),
  };
}

function targetPortOf(port: JsonObject, pod: Pod): number | undefined {
  const target = port['targetPort'];
  if (typeof target === 'number') return target;
  if (typeof target === 'string' && target !== '') return /^\d+$/.test(target) ? Number(target) : pod.ports.get(target);
  return numberAt(port, 'port');
}

function endpointsOf(spec: JsonObject, pods: readonly Pod[]): readonly Endpoint[] {
  const out: Endpoint[] = [];
  for (const pod of pods) {
    const mutualTls = pod.labels['security.istio.io/tlsMode'] === 'istio';
    const named = new Set<string>();
    for (const port of objectsAt(spec, 'ports')) {
      // Of ports that share a name only the first one's endpoints are kept, for all of them.
      if (named.has(stringAt(port, 'name'))) continue;
      named.add(stringAt(port, 'name'));
      const number = targetPortOf(port, pod);
      if (number !== undefined)
        out.push({
          address: pod.address,
          port: number,
          portName: stringAt(port, 'name'),
          labels: pod.allLabels,
          weight: 1,
          locality: pod.locality,
          mutualTls,
        });
    }
  }
  return out;
}

function convert(resource: Resource, n: number): Service {
  const spec = resource.spec;
  const selector = stringMapAt(spec, 'selector');
  const externalName = stringAt(spec, 'type') === 'ExternalName' ? stringAt(spec, 'externalName') : '';
  const clusterIp = stringAt(spec, 'clusterIP');
  const headless = clusterIp === 'None';
  const resolution: Resolution = externalName !== '' ? 'alias' : headless ? 'passthrough' : 'static';
  return {
    hostname: `${resource.name}.${resource.namespace}.svc.cluster.local`,
    name: resource.name,
    namespace: resource.namespace,
    created: createdOf(resource),
    kubernetes: true,
    external: externalName !== '',
    resolution,
    address: headless || externalName !== '' ? NO_ADDRESS : clusterIp || givenAddress('10.96', n),
    ports: objectsAt(spec, 'ports').map(portOf),
    exportTo: exportToOf(resource),
    trafficDistribution: trafficDistributionOf(stringAt(spec, 'trafficDistribution'), resource.annotations),
    labels: resource.labels,
    selector: Object.keys(selector).length > 0 ? selector : undefined,
    externalName,
    aliases: [],
    resource: resource.id,
    assumed: false,
  };
}

const converted = keepPer(convert);
const chosenPods = keepListPer<Pod>();
/** With the endpoints that are assumed where it has none of its own. */
const registered = keepPer(
  (resource: Resource, service: Service, pods: readonly Pod[], assumed: readonly Endpoint[]): RegisteredService => {
    const endpoints = endpointsOf(resource.spec, pods);
    return { service, endpoints: endpoints.length > 0 ? endpoints : assumed };
  },
);
const NOBODY: readonly Pod[] = [];
const NO_ENDPOINTS: readonly Endpoint[] = [];

/**
 * A Kubernetes Service (the n-th of the documents, counted from 1) as istiod's registry takes it in (istiod: `kube.ConvertService`).
 * `assumed` are its endpoints if it has none.
 */
export function kubernetesService(
  resource: Resource,
  n: number,
  pods: PodFinder,
  assumed: readonly Endpoint[] = NO_ENDPOINTS,
): RegisteredService {
  const service = converted(resource, n);
  // Of a service that is exported to nobody istiod does not even keep the endpoints.
  const hidden = service.selector === undefined || service.exportTo.includes('~');
  const chosen = hidden ? NOBODY : chosenPods(resource, pods(resource.namespace, service.selector));
  return registered(resource, service, chosen, assumed);
}
