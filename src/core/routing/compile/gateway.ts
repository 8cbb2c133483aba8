import { sanitizeServerHosts } from '../../istio/names.ts';
import { parseProtocol } from '../../istio/protocol.ts';
import type { Resource } from '../../istio/types.ts';
import type { JsonObject } from '../../yaml/types.ts';
import { createdOf } from './kubernetes.ts';
import { keepPer } from '../../base/keep.ts';
import type { Gateway, GatewayServer } from './model.ts';
import { compareAge } from './order.ts';
import { enumAt, flagAt, numberAt, objectAt, objectsAt, stringAt, stringMapAt, stringsAt } from './read.ts';

const MODES = ['PASSTHROUGH', 'SIMPLE', 'MUTUAL', 'AUTO_PASSTHROUGH', 'ISTIO_MUTUAL', 'OPTIONAL_MUTUAL'];

function serverOf(from: JsonObject, index: number, resource: Resource): GatewayServer | undefined {
  const port = objectAt(from, 'port');
  if (port === undefined) return undefined;
  const tls = objectAt(from, 'tls');
  return {
    index,
    gateway: resource.id,
    gatewayName: `${resource.namespace}/${resource.name}`,
    number: numberAt(port, 'number') ?? 0,
    portName: stringAt(port, 'name'),
    protocol: parseProtocol(stringAt(port, 'protocol')),
    bind: stringAt(from, 'bind'),
    hosts: sanitizeServerHosts(stringsAt(from, 'hosts'), resource.namespace),
    tls:
      tls === undefined ? undefined : { mode: enumAt(tls, 'mode', MODES), httpsRedirect: flagAt(tls, 'httpsRedirect') },
  };
}

const readOnce = keepPer((resource: Resource): Gateway => ({
  resource: resource.id,
  name: resource.name,
  namespace: resource.namespace,
  created: createdOf(resource),
  selector: stringMapAt(resource.spec, 'selector'),
  servers: objectsAt(resource.spec, 'servers').flatMap((server, index) => serverOf(server, index, resource) ?? []),
}));

/** All Gateways, oldest first. */
export function buildGateways(resources: readonly Resource[]): readonly Gateway[] {
  const gateways = resources.filter((r) => r.kind === 'Gateway' && r.group === 'networking.istio.io');
  return gateways.map((resource) => readOnce(resource)).sort(compareAge);
}
