import { parseProtocol } from '../../istio/protocol.ts';
import type { Resource } from '../../istio/types.ts';
import type { JsonObject } from '../../yaml/types.ts';
import { isIpAddress } from '../../istio/names.ts';
import { createdOf, NO_ADDRESS, trafficDistributionOf } from './kubernetes.ts';
import { keepListPer, keepPer } from '../../base/keep.ts';
import type { Pod, PodFinder, RegisteredService } from './kubernetes.ts';
import type { Endpoint, Labels, Resolution, Service } from './model.ts';
import { enumAt, labelsFit, numberAt, objectAt, objectsAt, stringAt, stringMapAt, stringsAt } from './read.ts';
import { localityOfLabels, splitLocality, withTopology } from './topology.ts';

const RESOLUTIONS = ['NONE', 'STATIC', 'DNS', 'DNS_ROUND_ROBIN', 'DYNAMIC_DNS'];
const OURS: Readonly<Record<string, Resolution>> = {
  NONE: 'passthrough',
  STATIC: 'static',
  DNS: 'dns',
  DNS_ROUND_ROBIN: 'dnsRoundRobin',
  DYNAMIC_DNS: 'dynamicDns',
};

/** A workload that a ServiceEntry's `workloadSelector` may choose, or an item of its `endpoints`. */
interface Instance {
  readonly name: string;
  readonly address: string;
  readonly labels: Labels;
  readonly ports: JsonObject | undefined;
  readonly weight: number;
  readonly locality: string;
  readonly mutualTls: boolean;
}

function instanceOf(entry: JsonObject, name: string, labels: Labels): Instance {
  const mode = labels['security.istio.io/tlsMode'];
  const locality = stringAt(entry, 'locality') || localityOfLabels(labels);
  return {
    name,
    address: stringAt(entry, 'address'),
    labels: withTopology(labels, splitLocality(locality)),
    ports: objectAt(entry, 'ports'),
    weight: numberAt(entry, 'weight') || 1,
    locality,
    mutualTls: mode === undefined ? stringAt(entry, 'serviceAccount') !== '' : mode === 'istio',
  };
}

function selectedInstances(selector: Labels, pods: readonly Pod[], entries: readonly Resource[]): readonly Instance[] {
  const out: Instance[] = [];
  for (const pod of pods) {
    const mutualTls = pod.labels['security.istio.io/tlsMode'] === 'istio';
    out.push({
      name: pod.name,
      address: pod.address,
      labels: pod.allLabels,
      ports: undefined,
      weight: 1,
      locality: pod.locality,
      mutualTls,
    });
  }
  for (const entry of entries) {
    const labels = { ...stringMapAt(entry.spec, 'labels'), ...entry.labels };
    if (labelsFit(selector, labels)) out.push(instanceOf(entry.spec, entry.name, labels));
  }
  return out;
}

function endpointPort(instance: Instance, port: JsonObject): number {
  return (
    numberAt(instance.ports, stringAt(port, 'name')) || numberAt(port, 'targetPort') || numberAt(port, 'number') || 0
  );
}

function endpointsOf(instances: readonly Instance[], ports: readonly JsonObject[]): readonly Endpoint[] {
  return instances.flatMap((instance) =>
    ports.map((port) => ({
      address: instance.address,
      port: endpointPort(instance, port),
      portName: stringAt(port, 'name'),
      labels: instance.labels,
      weight: instance.weight,
      locality: instance.locality,
      mutualTls: instance.mutualTls,
    })),
  );
}

/** Addresses as istiod binds them: a range of one address is that address, what is neither is left out. */
function addressesOf(spec: JsonObject): readonly string[] {
  const written = stringsAt(spec, 'addresses');
  if (written.length === 0) return [NO_ADDRESS];
  return written.flatMap((address) => {
    if (isIpAddress(address)) return [address];
    const [base = '', bits = ''] = address.split('/');
    if (!isIpAddress(base) || !/^\d+$/.test(bits)) return [];
    return [bits === (base.includes(':') ? '128' : '32') ? base : address];
  });
}

const declared = keepPer(
  (resource: Resource, pods: readonly Pod[], entries: readonly Resource[]): readonly RegisteredService[] => {
    const spec = resource.spec;
    const resolution = OURS[enumAt(spec, 'resolution', RESOLUTIONS)] ?? 'passthrough';
    const ports = objectsAt(spec, 'ports');
    const selector = objectAt(spec, 'workloadSelector');
    const labels = stringMapAt(selector, 'labels');
    const exportTo = stringsAt(spec, 'exportTo');
    const written = objectsAt(spec, 'endpoints');
    const byHostName =
      written.length === 0 && selector === undefined && (resolution === 'dns' || resolution === 'dnsRoundRobin');
    const instances =
      selector !== undefined
        ? selectedInstances(labels, pods, entries)
        : written.map((entry, index) => instanceOf(entry, `${resource.name}-${index}`, stringMapAt(entry, 'labels')));
    const out: RegisteredService[] = [];
    for (const hostname of stringsAt(spec, 'hosts')) {
      const reached = byHostName
        ? [
            {
              name: hostname,
              address: hostname,
              labels: {},
              ports: undefined,
              weight: 1,
              locality: '',
              mutualTls: false,
            },
          ]
        : instances;
      for (const address of addressesOf(spec)) {
        const service: Service = {
          hostname,
          name: hostname,
          namespace: resource.namespace,
          created: createdOf(resource),
          kubernetes: false,
          external: enumAt(spec, 'location', ['MESH_EXTERNAL', 'MESH_INTERNAL']) === 'MESH_EXTERNAL',
          resolution,
          address,
          ports: ports.map((port) => ({
            number: numberAt(port, 'number') ?? 0,
            name: stringAt(port, 'name'),
            protocol: parseProtocol(stringAt(port, 'protocol')),
          })),
          exportTo: exportTo.length === 0 ? ['*'] : exportTo,
          trafficDistribution: trafficDistributionOf('', resource.annotations),
          labels: resource.labels,
          selector: selector === undefined ? undefined : labels,
          externalName: '',
          aliases: [],
          resource: resource.id,
          assumed: false,
        };
        out.push({ service, endpoints: endpointsOf(reached, ports) });
      }
    }
    return out;
  },
);

const chosenPods = keepListPer<Pod>();
const chosenEntries = keepListPer<Resource>();
const NOBODY: readonly never[] = [];

/**
 * The services that a ServiceEntry declares, one for each host and address, with their endpoints (istiod: `convertServices`).
 * `entries` are the WorkloadEntries of the mesh.
 */
export function entryServices(
  resource: Resource,
  pods: PodFinder,
  entries: readonly Resource[],
): readonly RegisteredService[] {
  const selector = objectAt(resource.spec, 'workloadSelector');
  if (selector === undefined) return declared(resource, NOBODY, NOBODY);
  const { namespace } = resource;
  return declared(
    resource,
    chosenPods(resource, pods(namespace, stringMapAt(selector, 'labels'))),
    chosenEntries(
      resource,
      entries.filter((entry) => entry.namespace === namespace),
    ),
  );
}
