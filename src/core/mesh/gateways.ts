import { resourceId } from '../base/ids.ts';
import {
  hostsForNamespace,
  intersectHosts,
  isGateway,
  MESH_GATEWAY,
  resolveGateway,
  resolveHost,
  sanitizeServerHosts,
} from '../istio/index.ts';
import type { AnyResource, Gateway, VirtualService } from '../istio/index.ts';
import type { Mesh } from './types.ts';

/** A server of a Gateway that a VirtualService is bound to, and the hosts that both have, the narrower of each pair. */
export interface BoundServer {
  readonly gateway: Gateway;
  /** Index in `spec.servers`. */
  readonly server: number;
  readonly hosts: readonly string[];
}

/** Whether a VirtualService holds at sidecars: it names `mesh`, or no gateway at all. Delegates hold where their roots do. */
export function bindsMesh(vs: VirtualService): boolean {
  const { gateways, hosts } = vs.spec;
  if (hosts === undefined || hosts.length === 0) return false;
  return gateways === undefined || gateways.length === 0 || gateways.includes(MESH_GATEWAY);
}

/** The Gateways that a VirtualService names and that are there, each once, in its order. */
export function boundGateways(mesh: Mesh, vs: VirtualService): readonly Gateway[] {
  const names = new Set(
    (vs.spec.gateways ?? [])
      .filter((name) => name !== '' && name !== MESH_GATEWAY)
      .map((name) => resolveGateway(name, vs.namespace)),
  );
  return [...names].flatMap((name) => {
    const gateway: AnyResource | undefined = mesh.byId.get(resourceId(`Gateway ${name}`));
    return gateway !== undefined && isGateway(gateway) ? [gateway] : [];
  });
}

/** The hosts that a server and a VirtualService have in common; none means that it is not bound there. */
export function commonHosts(gateway: Gateway, server: number, vs: VirtualService): readonly string[] {
  const hosts = gateway.spec.servers?.[server]?.hosts ?? [];
  const usable = hostsForNamespace(sanitizeServerHosts(hosts, gateway.namespace), vs.namespace);
  return intersectHosts(
    usable,
    (vs.spec.hosts ?? []).map((host) => resolveHost(host, vs.namespace)),
  );
}

/** The servers that a VirtualService is bound to: of the Gateways that it names, those with a host in common. */
export function boundServers(mesh: Mesh, vs: VirtualService): readonly BoundServer[] {
  return boundGateways(mesh, vs).flatMap((gateway) =>
    (gateway.spec.servers ?? []).flatMap((_, server) => {
      const hosts = commonHosts(gateway, server, vs);
      return hosts.length > 0 ? [{ gateway, server, hosts }] : [];
    }),
  );
}
