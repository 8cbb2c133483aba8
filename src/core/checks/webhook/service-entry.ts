import { isHttpProtocol } from '../../istio/index.ts';
import type { ServiceEntrySpec } from '../../istio/index.ts';
import { exportToFaults } from './export-to.ts';
import { isAddress, subnetFault } from './ip.ts';
import { fqdnFault, labelFaults, partialWildcardFault, wildcardFault } from './names.ts';
import type { Report } from './report.ts';
import { isEmptySelector, selectorFaults } from './selector.ts';
import { isTlsProtocol, portFault, portNameFault, protocolFault } from './values.ts';
import { endpointPortFaults, workloadEntryFaults } from './workload-entry.ts';

type Labels = Readonly<Record<string, string>>;
const TCP_FAMILY = new Set(['TCP', 'HTTPS', 'TLS', 'MONGO', 'REDIS', 'MYSQL']);
const DYNAMIC_PROTOCOLS = new Set(['HTTP', 'TLS', 'GRPC', 'HTTP2']);

function hostFaults(spec: ServiceEntrySpec, report: Report): void {
  const hosts = spec.hosts ?? [];
  if (hosts.length === 0) report.error('V-SE-004', ['spec'], 'A ServiceEntry needs at least one host.');
  for (const [index, host] of hosts.entries()) {
    const at = ['spec', 'hosts', index];
    if (host === '*') {
      report.error('V-SE-005', at, `A ServiceEntry can't stand for all hosts ("${host}").`);
      continue;
    }
    report.check('V-SE-006', at, wildcardFault(host));
    const partial = spec.resolution === 'DYNAMIC_DNS' ? undefined : partialWildcardFault(host);
    if (partial !== undefined) report.warning('V-SE-007', at, partial);
  }
}

function addressFaults(spec: ServiceEntrySpec, report: Report): void {
  const addresses = spec.addresses ?? [];
  for (const [index, address] of addresses.entries())
    report.check('V-SE-008', ['spec', 'addresses', index], subnetFault(address));
  const { resolution = 'NONE' } = spec;
  if (addresses.some((address) => address.includes('/')) && resolution !== 'NONE' && resolution !== 'STATIC')
    report.error(
      'V-SE-009',
      ['spec', 'addresses'],
      'CIDR blocks are allowed with the resolutions NONE and STATIC only.',
    );
}

/** Whether istiod gives the entry an address of its own. Source: ShouldV2AutoAllocateIPFromConfig, the feature being on. */
function isAllocated(spec: ServiceEntrySpec, labels: Labels): boolean {
  return (
    (spec.resolution ?? 'NONE') !== 'NONE' &&
    labels['networking.istio.io/enable-autoallocate-ip']?.toLowerCase() !== 'false' &&
    (spec.addresses ?? []).length === 0
  );
}

function portFaults(spec: ServiceEntrySpec, labels: Labels, report: Report): ReadonlySet<string> {
  const names = new Set<string>();
  const numbers = new Set<number>();
  const needsAddress = (spec.addresses ?? []).length === 0 && !isAllocated(spec, labels);
  for (const [index, port] of (spec.ports ?? []).entries()) {
    const at = ['spec', 'ports', index];
    const { name = '', number = 0, protocol = '', targetPort = 0 } = port;
    if (names.has(name)) report.error('V-SE-011', [...at, 'name'], `There are two ports named "${name}".`);
    if (numbers.has(number)) report.error('V-SE-012', [...at, 'number'], `Port ${number} stands here twice.`);
    names.add(name);
    numbers.add(number);
    if (targetPort !== 0) report.check('V-SE-013', [...at, 'targetPort'], portFault(targetPort));
    if (needsAddress && (protocol === '' || protocol === 'TCP'))
      report.warning('V-SE-014', at, 'A TCP port needs addresses where istiod allocates none.');
    report.check('V-SE-015', [...at, 'name'], portNameFault(name));
    report.check('V-SE-016', [...at, 'protocol'], protocolFault(protocol));
    report.check('V-SE-017', [...at, 'number'], portFault(number));
  }
  return names;
}

function dnsFaults(spec: ServiceEntrySpec, resolution: string, ports: ReadonlySet<string>, report: Report): void {
  const { hosts = [], endpoints = [], addresses = [] } = spec;
  if (endpoints.length === 0) {
    const index = hosts.findIndex((host) => fqdnFault(host) !== undefined);
    const host = hosts[index];
    if (host !== undefined) {
      const message = `With ${resolution} and no endpoints, hosts must be full names. ${fqdnFault(host)}`;
      report.error('V-SE-040', ['spec', 'hosts', index], message);
    }
  }
  if (resolution === 'DNS_ROUND_ROBIN' && endpoints.length > 1)
    report.error('V-SE-041', ['spec', 'endpoints'], `With ${resolution} there can be one endpoint at most.`);
  for (const [index, endpoint] of endpoints.entries()) {
    const at = ['spec', 'endpoints', index];
    const { address = '' } = endpoint;
    if (!isAddress(address) && fqdnFault(address) !== undefined)
      report.error(
        'V-SE-043',
        [...at, 'address'],
        `The address "${address}" is neither an IP address nor a host name.`,
      );
    for (const fault of labelFaults(endpoint.labels)) report.error('V-SE-044', [...at, 'labels'], fault);
    endpointPortFaults(
      endpoint.ports,
      ports,
      at,
      { unknown: 'V-SE-045', name: 'V-SE-046', number: 'V-SE-046' },
      report,
    );
  }
  const tcp = (spec.ports ?? []).some((port) => TCP_FAMILY.has((port.protocol ?? '').toUpperCase()));
  if (addresses.length > 0 && tcp && hosts.length > 1)
    report.warning('V-SE-047', ['spec', 'hosts'], 'With addresses and a TCP port there can be one host only.');
}

function dynamicFaults(spec: ServiceEntrySpec, labels: Labels, report: Report): void {
  const { hosts = [], ports = [] } = spec;
  if (hosts.length === 0) report.error('V-SE-050', ['spec'], 'With DYNAMIC_DNS at least one wildcard host is needed.');
  for (const [index, host] of hosts.entries()) {
    if (!host.startsWith('*'))
      report.error('V-SE-051', ['spec', 'hosts', index], 'With DYNAMIC_DNS a host must begin with a wildcard.');
  }
  for (const [rule, key] of [
    ['V-SE-052', 'addresses'],
    ['V-SE-053', 'endpoints'],
  ] as const) {
    if ((spec[key] ?? []).length > 0)
      report.error(rule, ['spec', key], `With DYNAMIC_DNS there can be no ${key}: hosts tell where requests go.`);
  }
  for (const [index, { protocol = '' }] of ports.entries()) {
    if (!DYNAMIC_PROTOCOLS.has(protocol.toUpperCase()))
      report.error('V-SE-054', ['spec', 'ports', index], 'With DYNAMIC_DNS ports are HTTP, HTTP2, GRPC or TLS.');
  }
  if (!['MESH_EXTERNAL', 'MESH_INTERNAL'].includes(spec.location ?? 'MESH_EXTERNAL'))
    report.error('V-SE-055', ['spec', 'location'], 'With DYNAMIC_DNS it is MESH_EXTERNAL or MESH_INTERNAL.');
  const waypoint = labels['istio.io/use-waypoint'] ?? '';
  if (spec.location === 'MESH_INTERNAL' && waypoint !== '' && waypoint.toLowerCase() !== 'none')
    report.error('V-SE-056', ['spec', 'location'], 'With DYNAMIC_DNS and a waypoint it can’t be MESH_INTERNAL.');
}

function resolutionFaults(spec: ServiceEntrySpec, labels: Labels, ports: ReadonlySet<string>, report: Report): void {
  const { resolution = 'NONE', endpoints = [] } = spec;
  switch (resolution) {
    case 'NONE':
      if (endpoints.length > 0)
        report.error('V-SE-020', ['spec', 'endpoints'], 'With the resolution NONE there can be no endpoints.');
      if (spec.workloadSelector !== undefined)
        report.warning(
          'V-SE-021',
          ['spec', 'workloadSelector'],
          'With the resolution NONE a workloadSelector does nothing.',
        );
      return;
    case 'STATIC':
      for (const [index, endpoint] of endpoints.entries())
        workloadEntryFaults(endpoint, ports, ['spec', 'endpoints', index], report);
      return;
    case 'DNS':
    case 'DNS_ROUND_ROBIN':
      return dnsFaults(spec, resolution, ports, report);
    case 'DYNAMIC_DNS':
      return dynamicFaults(spec, labels, report);
    default:
      // Only a number can be none of these.
      report.error('V-SE-057', ['spec', 'resolution'], 'There is no such resolution.');
  }
}

/** Faults of a ServiceEntry; `namespace` and `labels` are its own. Source: ValidateServiceEntry. */
export function serviceEntryFaults(spec: ServiceEntrySpec, namespace: string, labels: Labels, report: Report): void {
  const { workloadSelector: selector, hosts = [], ports = [], resolution = 'NONE' } = spec;
  const selected = Object.entries(selector?.labels ?? {});
  if (selected.some(([key, value]) => key === '' || `${key}${value}`.includes('*'))) {
    // Nothing else is looked at.
    return selectorFaults(selector?.labels, ['spec', 'workloadSelector', 'labels'], 'V-SE-001', report);
  }
  if (selector !== undefined && isEmptySelector(selector.labels))
    report.warning(
      'V-SE-002',
      ['spec', 'workloadSelector'],
      'A workloadSelector without labels takes every workload of the namespace.',
    );
  if (selector !== undefined && (spec.endpoints ?? []).length > 0)
    report.error('V-SE-003', ['spec', 'endpoints'], 'There can be a workloadSelector or endpoints, not both.');
  hostFaults(spec, report);
  addressFaults(spec, report);
  const names = portFaults(spec, labels, report);
  resolutionFaults(spec, labels, names, report);
  const plain = ports.findIndex(({ protocol = '' }) => !isHttpProtocol(protocol) && !isTlsProtocol(protocol));
  if (resolution !== 'NONE' && hosts.length > 1 && plain >= 0)
    report.error('V-SE-060', ['spec', 'ports', plain], 'With several hosts every port must be HTTP or TLS.');
  exportToFaults(
    spec.exportTo,
    namespace,
    {
      twice: 'V-SE-070',
      ownTwice: 'V-SE-071',
      nobody: 'V-SE-072',
      name: 'V-SE-072',
      everybody: 'V-SE-073',
      nobodyBeside: 'V-SE-074',
    },
    report,
  );
}
