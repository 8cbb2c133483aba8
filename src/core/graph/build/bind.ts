import { resourceId } from '../../base/ids.ts';
import type { Gateway, Server, VirtualService } from '../../istio/index.ts';
import { hostsForNamespace, hostsMatch, isGateway, MESH_GATEWAY, sanitizeServerHosts } from '../../istio/index.ts';
import type { GraphEdge, GraphNode } from '../types.ts';
import type { View } from './context.ts';
import { gatewayNode } from './gateway.ts';
import { ghostNode } from './ghost.ts';
import type { RuleView } from './rules.ts';

interface Bound {
  readonly node: GraphNode;
  readonly resource: VirtualService;
  readonly hosts: readonly string[];
  /** `namespace/name`, or `mesh`. */
  readonly gateways: readonly string[];
  readonly rules: readonly RuleView[];
}

/** The rules that a server asks for (notes R-205): HTTP where it sees requests, TLS where it passes through, else TCP. */
function protocolOf(server: Server): RuleView['protocol'] {
  const protocol = (server.port?.protocol ?? '').toUpperCase();
  const passes =
    server.tls !== undefined && ['PASSTHROUGH', 'AUTO_PASSTHROUGH'].includes(server.tls.mode ?? 'PASSTHROUGH');
  if (protocol === 'HTTPS') return passes ? 'tls' : 'http';
  if (protocol.startsWith('HTTP') || protocol.startsWith('GRPC')) return 'http';
  return passes ? 'tls' : 'tcp';
}

function serversFor(gateway: Gateway, bound: Bound): number[] {
  const fits = (gateway.spec.servers ?? []).flatMap((server, i) => {
    const hosts = hostsForNamespace(
      sanitizeServerHosts(server.hosts ?? [], gateway.namespace),
      bound.resource.namespace,
    );
    return bound.hosts.some((host) => hosts.some((open) => hostsMatch(host, open)))
      ? [{ i, protocol: protocolOf(server) }]
      : [];
  });
  const asked = fits.filter(({ protocol }) => bound.rules.some((rule) => rule.protocol === protocol));
  return (asked.length > 0 ? asked : fits).map(({ i }) => i);
}

/**
 * Edges from the servers that let a VirtualService's hosts in. A gateway that lets none of them in has one from its head, marked
 * missing; one that is not there is a ghost.
 */
export function bindEdges(
  view: View,
  bound: Bound,
  out: { readonly edges: GraphEdge[]; readonly ghosts: Map<string, GraphNode> },
): void {
  const to = { node: bound.node.id };
  for (const name of bound.gateways) {
    if (name === MESH_GATEWAY) continue;
    const found = view.resource(resourceId(`Gateway ${name}`));
    if (!found || !isGateway(found)) {
      const ghost = ghostNode('gateways', `Gateway ${name}`, name.slice(name.indexOf('/') + 1), 'no such gateway');
      out.ghosts.set(ghost.id, ghost);
      out.edges.push({
        id: `bind/${ghost.id}>${to.node}`,
        kind: 'bind',
        from: { node: ghost.id },
        to,
        hue: -1,
        missing: true,
      });
      continue;
    }
    const gateway = gatewayNode(found);
    const rows = serversFor(found, bound).map((i) => gateway.rows[i]?.id);
    if (rows.length === 0) {
      out.edges.push({
        id: `bind/${gateway.id}>${to.node}`,
        kind: 'bind',
        from: { node: gateway.id },
        to,
        hue: -1,
        missing: true,
      });
    }
    for (const row of rows) {
      out.edges.push({
        id: `bind/${row}>${to.node}`,
        kind: 'bind',
        from: { node: gateway.id, row },
        to,
        hue: -1,
        missing: false,
      });
    }
  }
}
