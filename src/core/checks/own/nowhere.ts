import { resolveGateway } from '../../istio/index.ts';
import type { VirtualService } from '../../istio/index.ts';
import { bindsMesh, boundServers } from '../../mesh/index.ts';
import { translateMatch } from '../../routing/compile/route-match.ts';
import { readVirtualService } from '../../routing/compile/virtual-service.ts';
import type { YamlPath } from '../../yaml/types.ts';
import { doorsOf } from './doors.ts';
import type { Door } from './doors.ts';
import type { Say } from './types.ts';
import type { View } from './view.ts';

const EVERYTHING = translateMatch(undefined);

interface Bound {
  readonly view: View;
  readonly vs: VirtualService;
  readonly doors: readonly Door[];
  /** Of all Gateways, `namespace/name`. */
  readonly names: ReadonlySet<string>;
  readonly say: Say;
}

/** Whether every gateway that it names is among the documents. */
function knowsGateways({ names, vs }: Bound): boolean {
  return (vs.spec.gateways ?? []).every((name) => name === 'mesh' || names.has(resolveGateway(name, vs.namespace)));
}

interface Told {
  readonly path: YamlPath;
  readonly message: string;
  readonly remedy: string;
  /** Of the rule in `spec.http`, and of its match entry. */
  readonly index: number;
  readonly match?: number;
}

function tell({ vs, say }: Bound, door: Door, { index, match, ...words }: Told): void {
  const plain = door.request(EVERYTHING);
  if (plain === undefined) return;
  const rule = { resource: vs.id, path: ['spec', 'http', index] };
  const request = door.http || !door.tls ? plain : { ...plain, protocol: 'https' as const, sni: door.host };
  say({
    code: 'MW-RULE-NOWHERE',
    resource: vs.id,
    ...words,
    proxy: door.caller.proxy,
    request,
    claim: { notRule: match === undefined ? rule : { ...rule, match } },
  });
}

/** HTTP rules that only servers get which don't speak HTTP. */
function closedServers(bound: Bound): boolean {
  const { vs, view, doors } = bound;
  const [door] = doors;
  if (bindsMesh(vs) || door === undefined || doors.some(({ http }) => http) || !vs.spec.http?.length) return false;
  const [server] = boundServers(view.mesh, vs);
  const mode = server?.gateway.spec.servers?.[server.server]?.tls?.mode ?? '';
  const passes = door.tls && (mode === '' || mode.endsWith('PASSTHROUGH'));
  const gateway = server?.gateway.id ?? 'the Gateway';
  tell(bound, door, {
    path: ['spec', 'http'],
    index: 0,
    message: passes
      ? `These rules are never used: ${gateway} passes TLS on unopened on port ${door.port}, so nobody there sees a path or a header.`
      : `These rules are never used: ${gateway} takes plain connections on port ${door.port}, not HTTP.`,
    remedy: passes
      ? 'Route by sniHosts under tls, or let the Gateway end TLS (mode: SIMPLE).'
      : 'Route under tcp, or set the protocol to HTTP.',
  });
  return true;
}

/** Match entries for a gateway or a port that the VirtualService does not have. */
function strangers(bound: Bound): void {
  const { vs, view, doors } = bound;
  const resource = view.mesh.byId.get(vs.id);
  const [door] = doors.filter(({ http }) => http);
  if (resource === undefined || door === undefined) return;
  const { gateways, http, hosts } = readVirtualService(resource);
  const ports = new Set(doors.map(({ port }) => port));
  // Inside the mesh a host that no document declares may have any port.
  const knowsPorts =
    knowsGateways(bound) &&
    (!bindsMesh(vs) ||
      hosts.every((host) => {
        const service = view.mesh.services.get(host);
        return service !== undefined && service.origin !== 'assumed';
      }));
  for (const [index, rule] of http.entries()) {
    for (const match of rule.match) {
      const at = ['spec', 'http', index, 'match', match.index];
      if (match.gateways.length > 0 && !match.gateways.some((name) => gateways.includes(name))) {
        const message = `This match is for ${match.gateways.join(', ')}, and the VirtualService is not bound there, only to ${gateways.join(', ')}: it never holds.`;
        const remedy = 'Name the gateway under spec.gateways too.';
        tell(bound, door, { path: [...at, 'gateways'], message, remedy, index, match: match.index });
      } else if (match.port !== 0 && knowsPorts && !ports.has(match.port)) {
        const message = `This match is for port ${match.port}, and callers come by ${[...ports].join(', ')} only: it never holds.`;
        const remedy = "Name the port of the service or of the Gateway's server.";
        tell(bound, door, { path: [...at, 'port'], message, remedy, index, match: match.index });
      }
    }
  }
}

/** Rules and matches that exist for nobody: the gateway, the port or the protocol leaves them out. */
export function nowhere(view: View, say: Say): void {
  const names = new Set(view.gateways.map(({ namespace, name }) => `${namespace}/${name}`));
  for (const vs of view.virtualServices) {
    if (!vs.spec.http?.length || !vs.spec.hosts?.length) continue;
    // Inside the mesh only a match for a port or a gateway can miss.
    const asks = vs.spec.http.some(
      ({ match }) => match?.some(({ port, gateways }) => port || gateways?.length) === true,
    );
    if (!asks && bindsMesh(vs)) continue;
    const bound: Bound = { view, vs, doors: doorsOf(view, vs), names, say };
    if (!knowsGateways(bound) || !closedServers(bound)) strangers(bound);
  }
}
