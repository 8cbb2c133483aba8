import { hostsMatch } from '../../istio/index.ts';
import type { VirtualServiceSpec } from '../../istio/index.ts';
import type { YamlPath } from '../../yaml/types.ts';
import { exportToFaults } from './export-to.ts';
import { gatewayNameFaults } from './gateway-names.ts';
import { isJwtClaim } from './headers.ts';
import { httpRouteFaults } from './http-route.ts';
import { isAddress } from './ip.ts';
import { hasSniHosts, tcpRouteFaults, tlsRouteFaults } from './l4-routes.ts';
import { gatewayHostFault, wildcardFault } from './names.ts';
import type { Report } from './report.ts';
import { shadowFaults } from './shadow.ts';

function delegateFaults(spec: VirtualServiceSpec, report: Report): void {
  const gives = (id: string, key: 'gateways' | 'tls' | 'tcp'): void => {
    if ((spec[key] ?? []).length > 0)
      report.error(id, ['spec', key], `A VirtualService without hosts is a delegate, and a delegate has no ${key}.`);
  };
  gives('V-VS-001', 'gateways');
  gives('V-VS-002', 'tls');
  gives('V-VS-003', 'tcp');
}

function jwtFaults(spec: VirtualServiceSpec, report: Report): void {
  for (const [index, rule] of (spec.http ?? []).entries()) {
    for (const [place, match] of (rule.match ?? []).entries()) {
      for (const key of ['headers', 'withoutHeaders'] as const) {
        for (const name of Object.keys(match[key] ?? {}).filter(isJwtClaim)) {
          const at: YamlPath = ['spec', 'http', index, 'match', place, key, name];
          report.error('V-VS-009', at, `Claims of a JWT ("${name}") can be matched at gateways only.`);
        }
      }
    }
  }
}

function hostFaults(spec: VirtualServiceSpec, atGateways: boolean, report: Report): void {
  const hosts = spec.hosts ?? [];
  const sni = hasSniHosts(spec);
  let valid = true;
  for (const [index, host] of hosts.entries()) {
    const at = ['spec', 'hosts', index];
    const fault = atGateways ? gatewayHostFault(host, sni) : wildcardFault(host);
    if (fault !== undefined) {
      if (isAddress(host)) continue;
      report.error('V-VS-010', at, fault);
      valid = false;
    } else if (!atGateways && host === '*') {
      report.error('V-VS-011', at, 'The host "*" is allowed at gateways only, and these rules hold in the mesh.');
      valid = false;
    }
  }
  if (!valid) return;
  for (const [index, host] of hosts.entries()) {
    for (const [more, other] of hosts.slice(index + 1).entries()) {
      if (hostsMatch(host, other))
        report.error('V-VS-012', ['spec', 'hosts', index + 1 + more], `"${host}" and "${other}" overlap.`);
    }
  }
}

/** Faults of a VirtualService; `namespace` is its own. Source: ValidateVirtualService. */
export function virtualServiceFaults(spec: VirtualServiceSpec, namespace: string, report: Report): void {
  const { hosts = [], gateways = [], http = [], tls = [], tcp = [] } = spec;
  if (hosts.length === 0) delegateFaults(spec, report);
  const atGateways = gateways.length > 0 && !gateways.includes('mesh');
  gatewayNameFaults(gateways, ['spec', 'gateways'], report);
  if (!atGateways) jwtFaults(spec, report);
  hostFaults(spec, atGateways, report);
  if (http.length === 0 && tcp.length === 0 && tls.length === 0)
    report.error('V-VS-013', ['spec'], 'A VirtualService needs http, tls or tcp rules.');
  for (const [index, rule] of http.entries())
    httpRouteFaults(rule, hosts.length === 0, ['spec', 'http', index], report);
  for (const [index, rule] of tls.entries()) tlsRouteFaults(rule, spec, ['spec', 'tls', index], report);
  for (const [index, rule] of tcp.entries()) tcpRouteFaults(rule, ['spec', 'tcp', index], report);
  exportToFaults(
    spec.exportTo,
    namespace,
    { twice: 'V-VS-190', ownTwice: 'V-VS-191', nobody: 'V-VS-192', name: 'V-VS-193', everybody: 'V-VS-194' },
    report,
  );
  shadowFaults(http, 'HTTPMatchRequest', ['spec', 'http'], report);
  shadowFaults(tcp, 'L4MatchAttributes', ['spec', 'tcp'], report);
  shadowFaults(tls, 'TLSMatchAttributes', ['spec', 'tls'], report);
}
