import type { AnyResource } from '../../istio/index.ts';
import { specFaultsOf } from '../webhook/index.ts';
import type { Fault } from '../webhook/index.ts';
import type { Analyzer } from './types.ts';

const KINDS = [
  'Gateway',
  'VirtualService',
  'DestinationRule',
  'ServiceEntry',
  'WorkloadEntry',
  'WorkloadGroup',
  'Sidecar',
  'EnvoyFilter',
  'Telemetry',
  'RequestAuthentication',
  'AuthorizationPolicy',
];

const byNamespace = new WeakMap<AnyResource, Map<string, readonly Fault[]>>();

/** The faults of an object as istioctl sees it: with its name and this namespace, and without labels. Kept with the object. */
function faultsOf(resource: AnyResource, namespace: string): readonly Fault[] {
  let kept = byNamespace.get(resource);
  if (kept === undefined) byNamespace.set(resource, (kept = new Map<string, readonly Fault[]>()));
  let faults = kept.get(namespace);
  if (faults === undefined) {
    faults = specFaultsOf(resource, { namespace, labels: {} });
    kept.set(namespace, faults);
  }
  return faults;
}

/** The webhook's rules as messages, each fault one. Source: schema.ValidationAnalyzer. */
export const validation: Analyzer = {
  name: 'schema.ValidationAnalyzer',
  reads: KINDS,
  needs: [],
  analyze: (world, say) => {
    for (const kind of KINDS) {
      for (const entry of world.of(kind)) {
        for (const { code, path, message, lost } of faultsOf(entry.resource, entry.namespace))
          if (!lost) say({ code, entry, path, message });
      }
    }
  },
};
