import type { WorkloadEntrySpec } from '../../istio/index.ts';
import type { YamlPath } from '../../yaml/types.ts';
import { isAddress } from './ip.ts';
import { fqdnFault, labelFaults, unixAddressFault } from './names.ts';
import type { Report } from './report.ts';
import { portFault, portNameFault } from './values.ts';

const UNIX = 'unix://';

/** Ids of the rules on an endpoint's ports. */
export interface EndpointPortRules {
  readonly unknown: string;
  readonly name: string;
  readonly number: string;
}

/** Faults of an endpoint's ports; `known` are the ports of its ServiceEntry. */
export function endpointPortFaults(
  ports: Readonly<Record<string, number>> | undefined,
  known: ReadonlySet<string> | undefined,
  path: YamlPath,
  rules: EndpointPortRules,
  report: Report,
): void {
  for (const [name, port] of Object.entries(ports ?? {})) {
    const at = [...path, 'ports', name];
    if (known?.has(name) === false)
      report.error(rules.unknown, at, `Port ${port} of the endpoint is none of the ServiceEntry's ports.`);
    report.check(rules.name, at, portNameFault(name));
    report.check(rules.number, at, portFault(port));
  }
}

/** Faults of a workload by itself, or, with `servicePorts`, of an endpoint of a STATIC ServiceEntry. Source: validateWorkloadEntry. */
export function workloadEntryFaults(
  spec: WorkloadEntrySpec,
  servicePorts: ReadonlySet<string> | undefined,
  path: YamlPath,
  report: Report,
): void {
  const { address = '', network = '', ports = {} } = spec;
  const at = [...path, 'address'];
  if (address === '') {
    if (network === '') return report.error('V-WE-001', path, 'A workload needs an address.');
    report.warning('V-WE-002', path, `The workload in the network "${network}" has no address.`);
  }
  const unix = address.startsWith(UNIX);
  if (unix) {
    report.check('V-WE-003', at, unixAddressFault(address.slice(UNIX.length)));
    if (Object.keys(ports).length > 0)
      report.error('V-WE-004', [...path, 'ports'], `The socket ${address} can't have ports.`);
  } else if (address !== '' && !isAddress(address)) {
    if (servicePorts !== undefined) report.error('V-WE-005', at, `The address "${address}" is no IP address.`);
    else if (fqdnFault(address) !== undefined)
      report.error('V-WE-005', at, `The address "${address}" is neither an IP address nor a host name.`);
  }
  endpointPortFaults(ports, servicePorts, path, { unknown: 'V-WE-009', name: 'V-WE-006', number: 'V-WE-007' }, report);
  for (const fault of labelFaults(spec.labels)) report.error('V-WE-008', [...path, 'labels'], fault);
  if (unix && servicePorts !== undefined && servicePorts.size !== 1)
    report.error('V-WE-009', at, 'With a socket as endpoint the ServiceEntry must have one port.');
}
