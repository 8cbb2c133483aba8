import { parseProtocol } from '../../istio/protocol.ts';
import type { Resource } from '../../istio/types.ts';
import { createdOf } from './kubernetes.ts';
import type { Port, Sidecar } from './model.ts';
import { keepPer } from '../../base/keep.ts';
import { compareAge } from './order.ts';
import { enumAt, numberAt, objectAt, objectsAt, stringAt, stringMapAt, stringsAt } from './read.ts';
import { destinationOf } from './virtual-service.ts';

/** A Sidecar resource as written. */
function readSidecar(resource: Resource): Sidecar {
  const spec = resource.spec;
  const selector = objectAt(spec, 'workloadSelector');
  const policy = objectAt(spec, 'outboundTrafficPolicy');
  return {
    resource: resource.id,
    name: resource.name,
    namespace: resource.namespace,
    created: createdOf(resource),
    selector: selector === undefined ? undefined : stringMapAt(selector, 'labels'),
    egress: objectsAt(spec, 'egress').map((entry) => {
      const port = objectAt(entry, 'port');
      const number = numberAt(port, 'number') ?? 0;
      const read: Port | undefined =
        port === undefined
          ? undefined
          : { number, name: stringAt(port, 'name'), protocol: parseProtocol(stringAt(port, 'protocol')) };
      return { port: read, bind: stringAt(entry, 'bind'), hosts: stringsAt(entry, 'hosts') };
    }),
    outboundMode:
      policy === undefined
        ? undefined
        : enumAt(policy, 'mode', ['REGISTRY_ONLY', 'ALLOW_ANY', 'ALLOW_ANY_DYNAMIC_DNS']),
    egressProxy: destinationOf(objectAt(policy, 'egressProxy'), ''),
  };
}

const readOnce = keepPer(readSidecar);

/** All Sidecar resources, oldest first. */
export function buildSidecars(resources: readonly Resource[]): readonly Sidecar[] {
  return resources
    .filter((r) => r.kind === 'Sidecar')
    .map((r) => readOnce(r))
    .sort(compareAge);
}
