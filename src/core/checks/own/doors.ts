import { isHttpProtocol, isVirtualService, resolveHost } from '../../istio/index.ts';
import type { AnyResource, VirtualService } from '../../istio/index.ts';
import { bindsMesh, boundServers } from '../../mesh/index.ts';
import type { Route } from '../../routing/compile/envoy.ts';
import { NO_OPS } from '../../routing/compile/envoy.ts';
import { candidatesFor } from '../../routing/witness/candidates.ts';
import type { Request } from '../../routing/index.ts';
import type { Conditions } from './covers.ts';
import type { Caller, View } from './view.ts';

/** A way into a VirtualService, whether or not a rule of it is there: who calls, which port and host. */
export interface Door {
  readonly caller: Caller;
  readonly port: number;
  readonly host: string;
  readonly tls: boolean;
  readonly http: boolean;
  /** The plainest request that fits some conditions here. */
  readonly request: (conditions: Conditions) => Request | undefined;
}

function doorAt(caller: Caller, at: Omit<Door, 'caller' | 'request'>): Door {
  const virtualHost = {
    name: '',
    domains: [at.host.toLowerCase()],
    routes: [],
    requireTls: false,
    sources: [],
    ignored: [],
  };
  const request = (conditions: Conditions): Request | undefined => {
    const route: Route = {
      ...conditions,
      name: '',
      config: '',
      rule: undefined,
      root: undefined,
      action: { kind: 'none', why: '' },
      fault: undefined,
      cors: undefined,
      request: NO_OPS,
      response: NO_OPS,
    };
    return candidatesFor(route, virtualHost, at.port, at.tls)[0];
  };
  return { caller, ...at, request };
}

/** The ways into a VirtualService: the servers that it is bound to, then calls within the mesh. */
export function doorsOf(view: View, vs: VirtualService): readonly Door[] {
  const doors: Door[] = boundServers(view.mesh, vs).flatMap(({ gateway, server, hosts }) => {
    const { port, tls } = gateway.spec.servers?.[server] ?? {};
    const [caller] = view.gatewayCallers(gateway);
    const [host] = hosts;
    if (caller === undefined || host === undefined || port?.number === undefined) return [];
    const protocol = (port.protocol ?? '').toUpperCase();
    const passes = (tls?.mode ?? 'PASSTHROUGH').endsWith('PASSTHROUGH');
    const https = protocol === 'HTTPS' && tls !== undefined && !passes;
    const http = https || isHttpProtocol(protocol);
    return [doorAt(caller, { port: port.number, host, tls: !isHttpProtocol(protocol) && tls !== undefined, http })];
  });
  const any: AnyResource = vs;
  if (!isVirtualService(any) || !bindsMesh(vs)) return doors;
  const caller = view.sidecarOf(vs.namespace);
  if (caller === undefined) return doors;
  for (const written of vs.spec.hosts ?? []) {
    const host = resolveHost(written, vs.namespace);
    const ports = view.mesh.services.get(host)?.ports ?? [];
    if (ports.length === 0) doors.push(doorAt(caller, { port: 80, host, tls: false, http: true }));
    for (const { number, protocol } of ports)
      doors.push(doorAt(caller, { port: number, host, tls: false, http: /^(auto|HTTP2?|GRPC.*)?$/i.test(protocol) }));
  }
  return doors;
}
