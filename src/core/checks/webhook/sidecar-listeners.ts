import { isHttpProtocol } from '../../istio/index.ts';
import type { SidecarPort, SidecarSpec } from '../../istio/index.ts';
import type { YamlPath } from '../../yaml/types.ts';
import { connectionPoolFaults } from './connection-pool.ts';
import { addressFault } from './ip.ts';
import { goInteger, scopedHostFaults, unixAddressFault } from './names.ts';
import type { Report } from './report.ts';
import { serverTlsFaults } from './server-tls.ts';
import { isTlsProtocol, portFault, portNameFault, protocolFault } from './values.ts';

type Ingress = NonNullable<SidecarSpec['ingress']>[number];
type Egress = NonNullable<SidecarSpec['egress']>[number];
const UNIX = 'unix://';
const LOCAL = new Set(['', '127.0.0.1', '0.0.0.0', '::1', '::']);

/** Host and port of `host:port` or `[host]:port`; `undefined` with Go's reason. Source: net.SplitHostPort. */
function splitHostPort(text: string): readonly [string, string] | string {
  const colon = text.lastIndexOf(':');
  const missing = `"${text}" has no port.`;
  if (colon < 0) return missing;
  if (!text.startsWith('[')) {
    const host = text.slice(0, colon);
    if (host.includes(':')) return `"${text}" has too many colons.`;
    return /[[\]]/.test(text) ? `"${text}" has a bracket in the wrong place.` : [host, text.slice(colon + 1)];
  }
  const end = text.indexOf(']');
  if (end < 0) return `In "${text}" a bracket is not closed.`;
  if (end + 1 === text.length) return missing;
  if (end + 1 !== colon) return text.charAt(end + 1) === ':' ? `"${text}" has too many colons.` : missing;
  return /[[\]]/.test(text.slice(1, end) + text.slice(end + 1))
    ? `"${text}" has a bracket in the wrong place.`
    : [text.slice(1, end), text.slice(colon + 1)];
}

function endpointFaults(endpoint: string, at: YamlPath, report: Report): void {
  if (endpoint === '') return;
  if (endpoint.startsWith(UNIX)) return report.check('V-SC-015', at, unixAddressFault(endpoint.slice(UNIX.length)));
  const split = splitHostPort(endpoint);
  if (typeof split === 'string') report.error('V-SC-015', at, split);
  const [host, text] = typeof split === 'string' ? ['', ''] : split;
  if (!LOCAL.has(host))
    report.error(
      'V-SC-015',
      at,
      'The endpoint is 127.0.0.1, 0.0.0.0, [::1], [::] or nothing with :PORT, or unix://PATH.',
    );
  const port = goInteger(text);
  report.check(
    'V-SC-015',
    at,
    port === undefined ? `The port "${text}" of the endpoint is no number.` : portFault(port),
  );
}

const NOT_HERE = ['subjectAltNames', 'httpsRedirect', 'credentialName', 'credentialNames', 'tlsCertificates'] as const;

function ingressTlsFaults(listener: Ingress, path: YamlPath, report: Report): void {
  const { tls, port } = listener;
  if (tls === undefined) return;
  const refuse = (message: string): void => report.error('V-SC-016', path, message);
  for (const key of NOT_HERE) {
    const value = tls[key];
    if (
      value === true ||
      (typeof value === 'object' && value.length > 0) ||
      (typeof value === 'string' && value !== '')
    )
      refuse(`A sidecar's listener can't have ${key}.`);
  }
  if (tls.mode === 'ISTIO_MUTUAL' || tls.mode === 'AUTO_PASSTHROUGH')
    refuse(`A sidecar's listener can't have the mode ${tls.mode}.`);
  if (!isTlsProtocol(port?.protocol ?? '')) refuse('A server can have tls settings for HTTPS and TLS only.');
  serverTlsFaults(tls, path, report);
}

/** Faults of what a sidecar takes in. Source: ValidateSidecar. */
export function ingressFaults(listeners: readonly Ingress[], report: Report): void {
  const numbers = new Set<number>();
  for (const [index, listener] of listeners.entries()) {
    const path = ['spec', 'ingress', index];
    const { port, bind = '', connectionPool } = listener;
    if (port === undefined) {
      report.error('V-SC-010', path, 'An ingress listener needs a port.');
      continue;
    }
    const { number = 0, name = '', protocol = '', targetPort = 0 } = port;
    const at = [...path, 'port'];
    if (targetPort > 0) report.error('V-SC-011', [...at, 'targetPort'], 'targetPort does nothing in a Sidecar.');
    if (name !== '') report.check('V-SC-012', [...at, 'name'], portNameFault(name));
    report.check('V-SC-012', [...at, 'protocol'], protocolFault(protocol));
    report.check('V-SC-012', [...at, 'number'], portFault(number));
    if (bind !== '') report.check('V-SC-013', [...path, 'bind'], addressFault(bind));
    if (numbers.has(number)) report.error('V-SC-014', [...at, 'number'], 'Two listeners have the same port.');
    numbers.add(number);
    endpointFaults(listener.defaultEndpoint ?? '', [...path, 'defaultEndpoint'], report);
    ingressTlsFaults(listener, [...path, 'tls'], report);
    connectionPoolFaults(connectionPool, [...path, 'connectionPool'], report);
    if (connectionPool?.http !== undefined && !isHttpProtocol(protocol)) {
      const message = `HTTP settings do nothing on port ${number} ("${name}"), whose protocol is ${protocol}.`;
      report.warning('V-SC-018', [...path, 'connectionPool', 'http'], message);
    }
  }
}

function egressPortFaults(listener: Egress, port: SidecarPort, path: YamlPath, report: Report): void {
  const { bind = '', captureMode = 'DEFAULT' } = listener;
  const { number = 0, name = '', protocol = '', targetPort = 0 } = port;
  const at = [...path, 'port'];
  const check = (place: YamlPath, message: string | undefined): void => report.check('V-SC-022', place, message);
  if (targetPort > 0) check([...at, 'targetPort'], 'targetPort does nothing in a Sidecar.');
  if (name !== '') check([...at, 'name'], portNameFault(name));
  check([...at, 'protocol'], protocolFault(protocol));
  if (number !== 0) {
    check([...at, 'number'], portFault(number));
    if (bind !== '') check([...path, 'bind'], addressFault(bind));
    return;
  }
  check(
    [...path, 'bind'],
    bind.startsWith(UNIX)
      ? unixAddressFault(bind.slice(UNIX.length))
      : 'Without a port number the bind must be unix://PATH.',
  );
  if (captureMode === 'IPTABLES') check([...path, 'captureMode'], 'A socket can’t be captured with IPTABLES.');
}

function hostWarnings(hosts: readonly string[], own: string, path: YamlPath, report: Report): void {
  const byNamespace = new Map<string, Set<string>>();
  for (const [index, text] of hosts.entries()) {
    const slash = text.indexOf('/');
    if (slash >= 0 && !text.startsWith('~')) {
      const namespace = text.startsWith('./') ? own : text.slice(0, slash);
      const host = text.slice(slash + 1);
      const seen = byNamespace.get(namespace) ?? new Set();
      if (host === '*' ? seen.size > 0 : seen.has(host) || seen.has('*'))
        report.warning('V-SC-026', [...path, index], `"${text}" is covered already, or covers others.`);
      byNamespace.set(namespace, seen.add(host));
    }
    for (const [, fault] of scopedHostFaults(text, false)) report.error('V-SC-025', [...path, index], fault);
  }
  if (byNamespace.get('*')?.has('*') === true && byNamespace.size !== 1)
    report.warning('V-SC-027', path, '"*/*" is everything: other hosts beside it do nothing.');
}

/** Faults of what a sidecar can reach; `namespace` is its own. Source: ValidateSidecar. */
export function egressFaults(listeners: readonly Egress[], namespace: string, report: Report): void {
  const numbers = new Set<number>();
  const sockets = new Set<string>();
  let catchAll = false;
  for (const [index, listener] of listeners.entries()) {
    const path = ['spec', 'egress', index];
    const { port, hosts = [], bind = '' } = listener;
    if (port === undefined) {
      if (catchAll) {
        report.error('V-SC-021', path, 'There can be one egress listener without a port only.');
        continue;
      }
      catchAll = index === listeners.length - 1;
      if (!catchAll) report.error('V-SC-021', path, 'An egress listener without a port must be the last one.');
    } else {
      egressPortFaults(listener, port, path, report);
      const number = port.number ?? 0;
      if (number === 0) {
        if (sockets.has(bind)) report.error('V-SC-023', [...path, 'bind'], 'Two listeners have the same socket.');
        sockets.add(bind);
      } else {
        if (numbers.has(number)) report.error('V-SC-023', [...path, 'port'], 'Two listeners have the same port.');
        numbers.add(number);
      }
    }
    if (hosts.length === 0) report.error('V-SC-024', path, 'An egress listener needs at least one host.');
    hostWarnings(hosts, namespace, [...path, 'hosts'], report);
  }
}
