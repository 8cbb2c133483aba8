import { isHttpProtocol } from '../../istio/index.ts';
import type { GatewaySpec, Server } from '../../istio/index.ts';
import type { YamlPath } from '../../yaml/types.ts';
import { addressFault } from './ip.ts';
import { isLabel, scopedHostFaults, unixAddressFault } from './names.ts';
import type { ScopedHostPart } from './names.ts';
import type { Report } from './report.ts';
import { serverTlsFaults } from './server-tls.ts';
import { AUTO_PROTOCOL, isTlsProtocol, parseProtocol, portFault } from './values.ts';

const UNIX = 'unix://';
const HOST_RULES: Readonly<Record<ScopedHostPart, string>> = {
  empty: 'V-GW-005',
  namespace: 'V-GW-006',
  short: 'V-GW-007',
  host: 'V-GW-008',
  partial: 'V-GW-009',
};
const portText = (port: NonNullable<Server['port']>): string => `${port.number ?? 0} ${port.protocol ?? ''}`;

/** Whether the port is in order, warnings apart. */
function portFaults(server: Server, path: YamlPath, report: Report): boolean {
  const { port, bind = '' } = server;
  const at = [...path, 'port'];
  if (port === undefined) {
    report.error('V-GW-010', path, 'A server needs a port.');
    return false;
  }
  const { number = 0, protocol = '', name = '', targetPort = 0 } = port;
  const protocolKnown = parseProtocol(protocol) !== AUTO_PROTOCOL;
  if (!protocolKnown)
    report.error(
      'V-GW-011',
      [...at, 'protocol'],
      `"${protocol}" is no protocol of a gateway, such as HTTP, HTTPS, TLS or TCP.`,
    );
  const fault = number > 0 || !bind.startsWith(UNIX) ? portFault(number) : undefined;
  report.check('V-GW-012', [...at, 'number'], fault);
  if (targetPort > 0) report.error('V-GW-013', [...at, 'targetPort'], 'targetPort does nothing at a gateway.');
  if (name === '') report.error('V-GW-014', at, `The port needs a name (${portText(port)}).`);
  return protocolKnown && fault === undefined && targetPort === 0 && name !== '';
}

function bindFaults({ port, bind = '' }: Server, path: YamlPath, report: Report): void {
  if (!bind.startsWith(UNIX)) {
    if (bind !== '') report.check('V-GW-017', [...path, 'bind'], addressFault(bind));
    return;
  }
  report.check('V-GW-015', [...path, 'bind'], unixAddressFault(bind.slice(UNIX.length)));
  if (port !== undefined && (port.number ?? 0) !== 0)
    report.error(
      'V-GW-016',
      [...path, 'port', 'number'],
      `A socket has no port (${portText(port)} ${port.name ?? ''}).`,
    );
}

function protocolFaults({ port, tls }: Server, path: YamlPath, report: Report): void {
  const protocol = port?.protocol ?? '';
  if (isTlsProtocol(protocol)) {
    if (tls === undefined) report.error('V-GW-018', path, 'A server for HTTPS or TLS needs tls settings.');
    return;
  }
  if (tls === undefined) return;
  const at = [...path, 'tls'];
  if (!isHttpProtocol(protocol))
    return report.error('V-GW-020', at, 'A server can have tls settings for HTTPS and TLS only.');
  const mode = tls.mode ?? 'PASSTHROUGH';
  const files = [tls.caCertificates, tls.privateKey, tls.serverCertificate].some((file) => (file ?? '') !== '');
  if (files || (mode !== 'PASSTHROUGH' && mode !== 'AUTO_PASSTHROUGH'))
    report.error('V-GW-019', at, 'A server for plain HTTP can have no tls settings but httpsRedirect.');
}

function serverFaults(server: Server, path: YamlPath, report: Report): void {
  const hosts = server.hosts ?? [];
  if (hosts.length === 0) report.error('V-GW-004', path, 'A server needs at least one host.');
  for (const [index, host] of hosts.entries()) {
    for (const [part, fault] of scopedHostFaults(host, true))
      report.error(HOST_RULES[part], [...path, 'hosts', index], fault);
  }
  const good = portFaults(server, path, report);
  bindFaults(server, path, report);
  serverTlsFaults(server.tls, [...path, 'tls'], report);
  if (good) protocolFaults(server, path, report);
}

/** Faults of a Gateway named `name`. Source: ValidateGateway. */
export function gatewayFaults(spec: GatewaySpec, name: string, report: Report): void {
  if (!isLabel(name)) report.error('V-GW-001', ['metadata', 'name'], `"${name}" can't be the name of a Gateway.`);
  const servers = spec.servers ?? [];
  if (servers.length === 0) report.error('V-GW-002', ['spec'], 'A Gateway needs at least one server.');
  for (const [index, server] of servers.entries()) serverFaults(server, ['spec', 'servers', index], report);
  const names = new Set<string>();
  for (const [index, { port, tls }] of servers.entries()) {
    if (port === undefined) continue;
    const at = ['spec', 'servers', index];
    const portName = port.name ?? '';
    if (names.has(portName))
      report.error('V-GW-021', [...at, 'port', 'name'], `Two servers have a port named "${portName}".`);
    names.add(portName);
    if (tls?.httpsRedirect === true && !isHttpProtocol(port.protocol ?? ''))
      report.warning('V-GW-022', [...at, 'tls', 'httpsRedirect'], 'httpsRedirect does something on HTTP servers only.');
  }
}
