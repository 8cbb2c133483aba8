import type { DestinationRuleSpec, ScenarioSpec, SidecarSpec } from './policy-specs.ts';
import type {
  DeploymentSpec,
  GatewaySpec,
  PodSpec,
  ServiceEntrySpec,
  ServiceSpec,
  VirtualServiceSpec,
  WorkloadEntrySpec,
} from './specs.ts';
import type { Resource } from './types.ts';

export type Gateway = Resource<'Gateway', GatewaySpec>;
export type VirtualService = Resource<'VirtualService', VirtualServiceSpec>;
export type DestinationRule = Resource<'DestinationRule', DestinationRuleSpec>;
export type ServiceEntry = Resource<'ServiceEntry', ServiceEntrySpec>;
export type WorkloadEntry = Resource<'WorkloadEntry', WorkloadEntrySpec>;
export type Sidecar = Resource<'Sidecar', SidecarSpec>;
export type Service = Resource<'Service', ServiceSpec>;
export type Pod = Resource<'Pod', PodSpec>;
export type Deployment = Resource<'Deployment', DeploymentSpec>;
export type ScenarioDocument = Resource<'Scenario', ScenarioSpec>;

/** Any resource, whatever its spec. */
export type AnyResource = Resource<string, unknown>;

// `kind` alone tells: readResources gives these kinds only to objects of the right group and version, with specs read by the schema table.
export const isGateway = (resource: AnyResource): resource is Gateway => resource.kind === 'Gateway';
export const isVirtualService = (resource: AnyResource): resource is VirtualService =>
  resource.kind === 'VirtualService';
export const isDestinationRule = (resource: AnyResource): resource is DestinationRule =>
  resource.kind === 'DestinationRule';
export const isServiceEntry = (resource: AnyResource): resource is ServiceEntry => resource.kind === 'ServiceEntry';
export const isWorkloadEntry = (resource: AnyResource): resource is WorkloadEntry => resource.kind === 'WorkloadEntry';
export const isSidecar = (resource: AnyResource): resource is Sidecar => resource.kind === 'Sidecar';
export const isService = (resource: AnyResource): resource is Service => resource.kind === 'Service';
export const isPod = (resource: AnyResource): resource is Pod => resource.kind === 'Pod';
export const isDeployment = (resource: AnyResource): resource is Deployment => resource.kind === 'Deployment';
export const isScenario = (resource: AnyResource): resource is ScenarioDocument => resource.kind === 'Scenario';
