import { isService, parseProtocol, selects, serviceOfHost, servicePortProtocol } from '../istio/index.ts';
import type { AnyResource, DestinationRule, Service, ServiceEntry } from '../istio/index.ts';
import type { Named } from './naming.ts';
import type { MeshPort, MeshService, MeshSubset, MeshWorkload } from './types.ts';
import { selectWorkloads } from './workloads.ts';
import type { WorkloadIndex } from './workloads.ts';

/** All that a service is made of. Two services of equal parts are equal, so an earlier one can stand for both. */
export interface Parts {
  readonly host: string;
  /** The Service, or the ServiceEntries that share the host, the first one being the owner. */
  readonly declared: readonly (Service | ServiceEntry)[];
  readonly rules: readonly DestinationRule[];
  readonly workloads: readonly MeshWorkload[];
  /** No pods are declared where they could be, so one for each subset is taken for granted. */
  readonly assumePods: boolean;
  /** What routes name of it; its ports count for assumed hosts only. */
  readonly named: Named | undefined;
}

const made = new WeakMap<MeshService, Parts>();

const sameList = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a === b || (a.length === b.length && a.every((item, index) => item === b[index]));

const namedText = ({ named, declared }: Parts): string => {
  if (named === undefined) return '';
  const ports = declared.length > 0 ? '' : `${named.protocol} ${named.ports.join(' ')}`;
  return `${ports}\n${named.subsets.join('\n')}`;
};

function sameParts(a: Parts, b: Parts): boolean {
  return (
    (a.named === b.named || namedText(a) === namedText(b)) &&
    a.assumePods === b.assumePods &&
    sameList(a.declared, b.declared) &&
    sameList(a.rules, b.rules) &&
    sameList(a.workloads, b.workloads)
  );
}

const servicePorts = (service: Service): readonly MeshPort[] =>
  (service.spec.ports ?? []).flatMap((port) =>
    port.port === undefined
      ? []
      : [
          {
            number: port.port,
            name: port.name ?? '',
            protocol: servicePortProtocol(port),
            targetPort: port.targetPort,
          },
        ],
  );

function entryPorts(entries: readonly ServiceEntry[]): readonly MeshPort[] {
  const ports = new Map<number, MeshPort>();
  for (const entry of entries) {
    for (const { number, name = '', protocol = '', targetPort } of entry.spec.ports ?? []) {
      if (number === undefined || ports.has(number)) continue;
      ports.set(number, { number, name, protocol: parseProtocol(protocol), targetPort });
    }
  }
  return [...ports.values()];
}

function assumedPorts(named: Named | undefined): readonly MeshPort[] {
  const ports = named?.ports ?? [];
  const list = ports.length > 0 ? ports : [[80, named?.protocol ?? 'HTTP'] as const];
  return list.map(([number, protocol]) => ({ number, name: `${protocol.toLowerCase()}-${number}`, protocol }));
}

function assumedPod(
  host: string,
  namespace: string,
  name: string,
  labels: Readonly<Record<string, string>>,
): MeshWorkload {
  return { id: `assumed ${host} ${name}`, name, namespace, labels, assumed: true };
}

const endpointsKnown = new WeakMap<ServiceEntry, readonly MeshWorkload[]>();

function endpointsOf(entry: ServiceEntry): readonly MeshWorkload[] {
  let endpoints = endpointsKnown.get(entry);
  if (endpoints === undefined) {
    endpoints = (entry.spec.endpoints ?? []).map(({ address, labels = {} }, index) => ({
      id: `${entry.id} endpoint ${index}`,
      name: address ?? '',
      namespace: entry.namespace,
      labels,
      resource: entry.id,
      assumed: false,
    }));
    endpointsKnown.set(entry, endpoints);
  }
  return endpoints;
}

/** The workloads behind a service: by selector, or the endpoints of its ServiceEntries. */
export function workloadsOf(
  declared: readonly (Service | ServiceEntry)[],
  index: WorkloadIndex,
): readonly MeshWorkload[] {
  const found = declared.flatMap((owner) => {
    const any: AnyResource = owner;
    if (isService(any)) {
      return any.spec.selector === undefined ? [] : selectWorkloads(index, any.namespace, any.spec.selector, true);
    }
    const { spec, namespace } = owner as ServiceEntry; // what is no Service here is a ServiceEntry
    const labels = spec.workloadSelector?.labels;
    return labels === undefined ? endpointsOf(owner as ServiceEntry) : selectWorkloads(index, namespace, labels, true);
  });
  return declared.length > 1 ? [...new Set(found)] : found;
}

interface Pods {
  readonly workloads: readonly MeshWorkload[];
  readonly subsets: readonly MeshSubset[];
}

function podsAndSubsets(parts: Parts, place: { readonly name: string; readonly namespace: string }): Pods {
  const subsets: MeshSubset[] = [];
  const seen = new Set<string>();
  const assumed: MeshWorkload[] = [];
  for (const rule of parts.rules) {
    (rule.spec.subsets ?? []).forEach((subset, index) => {
      const { name = '', labels = {} } = subset;
      if (name === '' || seen.has(name)) return;
      seen.add(name);
      const { file, slot, path } = rule.source;
      const workloads = parts.assumePods
        ? [assumedPod(parts.host, place.namespace, `${place.name}-${name}`, labels)]
        : parts.workloads.filter((workload) => selects(labels, workload.labels));
      if (parts.assumePods) assumed.push(...workloads);
      subsets.push({
        name,
        labels,
        source: { file, slot, path: [...path, 'spec', 'subsets', index] },
        missing: false,
        workloads,
      });
    });
  }
  for (const name of parts.named?.subsets ?? []) {
    if (!seen.has(name)) subsets.push({ name, labels: {}, missing: true, workloads: [] });
  }
  if (!parts.assumePods) return { workloads: parts.workloads, subsets };
  return {
    workloads: assumed.length > 0 ? assumed : [assumedPod(parts.host, place.namespace, place.name, {})],
    subsets,
  };
}

function make(parts: Parts): MeshService {
  const { host, declared, rules } = parts;
  const owner: AnyResource | undefined = declared[0];
  const kubernetes = serviceOfHost(host);
  const common = { host, destinationRules: rules.map((rule) => rule.id) };
  const place = kubernetes ?? { name: host, namespace: owner?.namespace ?? rules[0]?.namespace ?? '' };
  const pods = podsAndSubsets(parts, place);
  if (owner === undefined) {
    return {
      ...common,
      ...place,
      origin: 'assumed',
      external: kubernetes === undefined,
      ports: assumedPorts(parts.named),
      ...pods,
    };
  }
  const declaredBy = { resource: owner.id, source: owner.source };
  if (isService(owner)) {
    return {
      ...common,
      ...place,
      origin: 'service',
      external: false,
      ...declaredBy,
      ports: servicePorts(owner),
      ...pods,
    };
  }
  const entries = declared as readonly ServiceEntry[]; // a Service always stands first and alone
  const { location, resolution = 'NONE' } = entries[0]?.spec ?? {};
  return {
    ...common,
    ...place,
    origin: 'serviceEntry',
    external: location !== 'MESH_INTERNAL',
    resolution,
    ...declaredBy,
    ports: entryPorts(entries),
    ...pods,
  };
}

/** The service that these parts make: `earlier` itself when it was made of the same. */
export function serviceOf(parts: Parts, earlier: MeshService | undefined): MeshService {
  const before = earlier === undefined ? undefined : made.get(earlier);
  if (earlier !== undefined && before !== undefined && sameParts(parts, before)) return earlier;
  const service = make(parts);
  made.set(service, parts);
  return service;
}
