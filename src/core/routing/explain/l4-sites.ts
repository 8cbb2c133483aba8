import { hostsMatch } from '../../istio/names.ts';
import { bound } from '../compile/gateway-listeners.ts';
import { passesThrough, terminatesHttps } from '../compile/gateway-merge.ts';
import { NO_ADDRESS } from '../compile/kubernetes.ts';
import type { GatewayServer, Port, Service, VirtualServiceHead } from '../compile/model.ts';
import type { CompiledProxy } from '../compile/proxy.ts';
import { isHttp, isTls } from '../compile/protocols.ts';
import type { Push } from '../compile/push.ts';
import { labelsFit } from '../compile/read.ts';
import { virtualServicesFor } from '../compile/virtual-services.ts';
import type { Trace } from '../decide/decide.ts';
import { hostOnly } from '../decide/virtual-host.ts';
import type { Decision, Request } from '../types.ts';

/** A place where tls or tcp rules are looked at: a server of a Gateway, or a service's port in the mesh. */
export interface L4Site {
  readonly kind: 'tls' | 'tcp';
  readonly port: number;
  /** `mesh` or `namespace/name`. */
  readonly gateway: string;
  /** Of the service; of a server the VirtualServices' own hosts count. */
  readonly host?: string | undefined;
  readonly virtualServices: readonly VirtualServiceHead[];
}

/** The servers that may take a connection: that of its filter chain, else all on the port that read no HTTP. */
function gatewaySites(push: Push, proxy: CompiledProxy, { connection, chain }: Trace): readonly L4Site[] {
  return serverSites(push, proxy, (server) =>
    chain === undefined
      ? server.number === connection.port && !proxy.dropped.some((one) => one.server === server)
      : chain.entries.some((one) => one.gateway === server.gateway && one.server === server.index),
  );
}

function serverSites(push: Push, proxy: CompiledProxy, entered: (server: GatewayServer) => boolean): readonly L4Site[] {
  return push.gateways
    .filter(({ selector }) => labelsFit(selector, proxy.proxy.labels ?? {}))
    .flatMap(({ servers }) => servers)
    .filter((server) => !isHttp(server.protocol) && !terminatesHttps(server) && entered(server))
    .filter(({ tls }) => tls?.mode !== 'AUTO_PASSTHROUGH')
    .map((server) => ({
      kind: passesThrough(server) ? 'tls' : 'tcp',
      port: server.number,
      gateway: server.gatewayName,
      virtualServices: virtualServicesFor(push.virtualServices.heads, proxy.scope.namespace, server.gatewayName).filter(
        (vs) => bound(server, vs),
      ),
    }));
}

/** True where a client that dials the address, or asks for one of the names, means the service. */
function isMeant(service: Service, address: string, names: readonly string[]): boolean {
  return (
    (service.address !== NO_ADDRESS && service.address === address) ||
    names.some((name) => hostsMatch(service.hostname, name))
  );
}

function meshSites(proxy: CompiledProxy, request: Request, { connection }: Trace): readonly L4Site[] {
  const names = [hostOnly(request.host ?? ''), request.sni ?? ''].filter((name) => name !== '');
  return proxy.scope.listeners.flatMap(({ services, virtualServices, listener }) =>
    services
      .filter((service) => isMeant(service, connection.address, names))
      .flatMap((service): readonly L4Site[] => {
        const ports = listener.port === undefined ? service.ports : [listener.port];
        const port = ports.find(({ number }) => number === connection.port);
        return port === undefined || isHttp(port.protocol) ? [] : [meshSite(service, port, virtualServices)];
      }),
  );
}

function meshSite(service: Service, port: Port, virtualServices: readonly VirtualServiceHead[]): L4Site {
  return {
    kind: isTls(port.protocol) ? 'tls' : 'tcp',
    port: port.number,
    gateway: 'mesh',
    host: service.hostname,
    virtualServices: virtualServices.filter((vs) => vs.hosts.some((host) => hostsMatch(host, service.hostname))),
  };
}

/** Every place of a proxy at which tls or tcp rules are looked at, whatever the connection; none where nobody has such rules. */
export function allL4Sites(push: Push, proxy: CompiledProxy): readonly L4Site[] {
  const speaks = (vs: VirtualServiceHead): boolean => vs.tls.length > 0 || vs.tcp.length > 0;
  if (!push.virtualServices.heads.some(speaks)) return [];
  const sites =
    proxy.proxy.type === 'gateway'
      ? serverSites(push, proxy, (server) => !proxy.dropped.some((one) => one.server === server))
      : proxy.scope.listeners.flatMap(({ services, virtualServices, listener }) => {
          const speaking = virtualServices.filter(speaks);
          if (speaking.length === 0) return [];
          return services.flatMap((service) =>
            (listener.port === undefined ? service.ports : [listener.port])
              .filter(({ protocol }) => !isHttp(protocol))
              .map((port) => meshSite(service, port, speaking)),
          );
        });
  return sites.filter(({ kind, virtualServices }) => virtualServices.some((vs) => vs[kind].length > 0));
}

/** Where the rules stand that a connection could meet; the one with the rule that decided is always among them. */
export function l4Sites(
  push: Push,
  proxy: CompiledProxy,
  request: Request,
  trace: Trace,
  { rule }: Decision,
): readonly L4Site[] {
  const gateway = proxy.proxy.type === 'gateway';
  const sites = gateway ? gatewaySites(push, proxy, trace) : meshSites(proxy, request, trace);
  const kind = rule?.path[1];
  if (rule === undefined || (kind !== 'tls' && kind !== 'tcp')) return sites;
  const has = (site: L4Site): boolean =>
    site.kind === kind && site.virtualServices.some(({ resource }) => resource === rule.resource);
  if (sites.some(has)) return sites.filter(({ kind: own }) => own === kind);
  const owner = push.virtualServices.heads.filter(({ resource }) => resource === rule.resource);
  return [...sites, { kind, port: trace.connection.port, gateway: 'mesh', virtualServices: owner }];
}
