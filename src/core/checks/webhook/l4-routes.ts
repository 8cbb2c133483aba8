import { hostIsWithin } from '../../istio/index.ts';
import type {
  L4MatchAttributes,
  TCPRoute,
  TLSMatchAttributes,
  TLSRoute,
  VirtualServiceSpec,
} from '../../istio/index.ts';
import type { YamlPath } from '../../yaml/types.ts';
import { routeFaults } from './destination.ts';
import { gatewayNameFaults } from './gateway-names.ts';
import { isAddress, subnetFault } from './ip.ts';
import { gatewayHostFault, labelFaults, wildcardFault } from './names.ts';
import type { Report } from './report.ts';
import { portFault } from './values.ts';

/** Whether some TLS rule names an SNI host. */
export const hasSniHosts = (spec: VirtualServiceSpec): boolean =>
  (spec.tls ?? []).some((rule) => (rule.match ?? []).some((match) => (match.sniHosts ?? []).length > 0));

function sniFaults(sni: string, spec: VirtualServiceSpec, at: YamlPath, report: Report): void {
  // An empty list of gateways does not name the mesh, and counts as gateways here.
  const fault = (spec.gateways ?? []).includes('mesh') ? wildcardFault(sni) : gatewayHostFault(sni, true);
  if (fault !== undefined) {
    if (isAddress(sni))
      report.warning('V-VS-164', at, `"${sni}" is an IP address, which most clients never send as SNI.`);
    else report.error('V-VS-163', at, fault);
    return;
  }
  if (!(spec.hosts ?? []).some((host) => hostIsWithin(sni, host)))
    report.error('V-VS-165', at, `"${sni}" is not within the hosts of the VirtualService.`);
}

interface L4Rules {
  readonly subnet: string;
  readonly port: string;
  readonly labels: string;
}

function l4Faults(match: L4MatchAttributes | TLSMatchAttributes, path: YamlPath, rules: L4Rules, report: Report): void {
  const { port = 0 } = match;
  for (const [index, subnet] of (match.destinationSubnets ?? []).entries())
    report.check(rules.subnet, [...path, 'destinationSubnets', index], subnetFault(subnet));
  if (port !== 0) report.check(rules.port, [...path, 'port'], portFault(port));
  for (const fault of labelFaults(match.sourceLabels)) report.error(rules.labels, [...path, 'sourceLabels'], fault);
  gatewayNameFaults(match.gateways, [...path, 'gateways'], report);
}

/** Faults of a TLS rule. Source: validateTLSRoute. */
export function tlsRouteFaults(rule: TLSRoute, spec: VirtualServiceSpec, path: YamlPath, report: Report): void {
  const { match = [], route = [] } = rule;
  if (match.length === 0) report.error('V-VS-160', path, 'A TLS rule needs a match.');
  for (const [index, one] of match.entries()) {
    const at = [...path, 'match', index];
    const hosts = one.sniHosts ?? [];
    if (hosts.length === 0) report.error('V-VS-162', at, 'A TLS match needs sniHosts.');
    for (const [place, sni] of hosts.entries()) sniFaults(sni, spec, [...at, 'sniHosts', place], report);
    l4Faults(one, at, { subnet: 'V-VS-166', port: 'V-VS-167', labels: 'V-VS-168' }, report);
  }
  if (route.length === 0) report.error('V-VS-170', path, 'A TLS rule needs a route.');
  routeFaults(route, [...path, 'route'], report);
}

/** Faults of a TCP rule. Source: validateTCPRoute, whose warnings are lost. */
export function tcpRouteFaults(rule: TCPRoute, path: YamlPath, report: Report): void {
  const { match = [], route = [] } = rule;
  const errors = report.errorsOnly();
  for (const [index, one] of match.entries())
    l4Faults(one, [...path, 'match', index], { subnet: 'V-VS-181', port: 'V-VS-182', labels: 'V-VS-183' }, errors);
  if (route.length === 0) report.error('V-VS-185', path, 'A TCP rule needs a route.');
  routeFaults(route, [...path, 'route'], report);
}
