import type { Gateway, ServerTLSSettings } from '../../istio/index.ts';
import type { GraphNode, ServerRow } from '../types.ts';
import { numbered, resourceNodeId, sourceAt } from './context.ts';

const TLS_TEXT: Readonly<Record<string, string>> = {
  SIMPLE: 'TLS',
  MUTUAL: 'mutual TLS',
  ISTIO_MUTUAL: 'mesh mTLS',
  OPTIONAL_MUTUAL: 'optional mutual TLS',
  PASSTHROUGH: 'passthrough',
  AUTO_PASSTHROUGH: 'auto passthrough',
};

/** What a server does with TLS, in a word. A block without `mode` is passthrough, as the enum's zero says; on HTTP only the redirect counts. */
function tlsText(tls: ServerTLSSettings | undefined, protocol: string): string | undefined {
  if (!tls) return undefined;
  if (tls.httpsRedirect) return 'redirects to HTTPS';
  return protocol.startsWith('HTTP') && protocol !== 'HTTPS' ? undefined : TLS_TEXT[tls.mode ?? 'PASSTHROUGH'];
}

// Asked for once for every VirtualService bound to it, and a function of the resource alone.
const made = new WeakMap<Gateway, GraphNode>();

/** The node of a Gateway: a row for each server, in the order written. The same resource gives the same object. */
export function gatewayNode(gateway: Gateway): GraphNode {
  let node = made.get(gateway);
  if (!node) made.set(gateway, (node = makeNode(gateway)));
  return node;
}

function makeNode(gateway: Gateway): GraphNode {
  const id = resourceNodeId(gateway);
  const name = `Gateway ${gateway.namespace}/${gateway.name}`;
  const servers = gateway.spec.servers ?? [];
  const keys = numbered(servers.map(({ port }) => `${port?.number ?? 0}${port?.name ? `-${port.name}` : ''}`));
  const rows = servers.map((server, i): ServerRow => {
    const protocol = (server.port?.protocol ?? '').toUpperCase();
    return {
      kind: 'server',
      id: `${id}/server/${keys[i] ?? i}`,
      name: `Server ${keys[i] ?? i} of ${name}`,
      port: server.port?.number ?? 0,
      protocol,
      hosts: server.hosts ?? [],
      tls: tlsText(server.tls, protocol),
      source: sourceAt(gateway, ['spec', 'servers', i]),
    };
  });
  return {
    id,
    kind: 'gateway',
    column: 'gateways',
    name,
    title: gateway.name,
    subtitle: gateway.namespace === 'default' ? '' : gateway.namespace,
    rows,
    resource: gateway.id,
    source: gateway.source,
    stale: gateway.stale,
    assumed: false,
  };
}
