import {
  isDestinationRule,
  isGateway,
  isServiceEntry,
  isSidecar,
  isVirtualService,
  isWorkloadEntry,
} from '../../istio/index.ts';
import type { AnyResource } from '../../istio/index.ts';
import { destinationRuleFaults } from './destination-rule.ts';
import { gatewayFaults } from './gateway.ts';
import { metadataFault } from './metadata.ts';
import { faultList } from './report.ts';
import type { Fault, Report } from './report.ts';
import { serviceEntryFaults } from './service-entry.ts';
import { envoyFilterFaults, policySelectorFaults } from './policies.ts';
import { sidecarFaults } from './sidecar.ts';
import { virtualServiceFaults } from './virtual-service.ts';
import { workloadEntryFaults } from './workload-entry.ts';
import { workloadGroupFaults } from './workload-group.ts';

export type { Fault } from './report.ts';

/** What the rules see beside the spec: istioctl analyze passes the name and the namespace as written, nothing else. */
export interface FaultScope {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

function specFaults(resource: AnyResource, scope: FaultScope, report: Report): void {
  const { namespace, labels } = scope;
  if (isVirtualService(resource)) virtualServiceFaults(resource.spec, namespace, report);
  else if (isDestinationRule(resource)) destinationRuleFaults(resource.spec, namespace, report);
  else if (isGateway(resource)) gatewayFaults(resource.spec, resource.name, report);
  else if (isServiceEntry(resource)) serviceEntryFaults(resource.spec, namespace, labels, report);
  else if (isWorkloadEntry(resource)) workloadEntryFaults(resource.spec, undefined, ['spec'], report);
  else if (isSidecar(resource)) sidecarFaults(resource.spec, namespace, report);
  else if (resource.group.endsWith('istio.io')) otherFaults(resource, report);
}

function otherFaults({ kind, value }: AnyResource, report: Report): void {
  if (kind === 'WorkloadGroup') workloadGroupFaults(value, report);
  else if (kind === 'EnvoyFilter') envoyFilterFaults(value, report);
  else if (['Telemetry', 'RequestAuthentication', 'AuthorizationPolicy'].includes(kind))
    policySelectorFaults(value, report);
}

/**
 * What Istio's validation says of an object whose values have the right types, in Istio's order, with faults that Istio finds and drops
 * marked as lost. Source: istio pkg/config/validation, which webhook, `istioctl validate` and `istioctl analyze` share.
 */
export function specFaultsOf(resource: AnyResource, scope: FaultScope): readonly Fault[] {
  const { faults, report } = faultList();
  specFaults(resource, scope, report);
  return faults;
}

const webhook = new WeakMap<AnyResource['value'], readonly Fault[]>();

/** Why istiod's webhook refuses an object, or warns of it. The first misfit of type ends it, as it ends Istio's reading. */
export function webhookFaults(resource: AnyResource): readonly Fault[] {
  let faults = webhook.get(resource.value);
  if (faults === undefined) {
    faults = findWebhookFaults(resource);
    webhook.set(resource.value, faults);
  }
  return faults;
}

function findWebhookFaults(resource: AnyResource): readonly Fault[] {
  const fault = { severity: 'error', code: 'IST0106', lost: false } as const;
  const start = resource.source.path.length;
  const misfits = resource.shape.filter(({ path }) => path[start] === 'spec');
  if (misfits.length > 0) {
    return misfits.map(({ path, message }) => ({ ...fault, rule: 'V-DEC-004', path: path.slice(start), message }));
  }
  const metadata = metadataFault(resource);
  if (metadata !== undefined) return [{ ...fault, ...metadata }];
  return specFaultsOf(resource, { namespace: resource.namespace, labels: resource.labels });
}
