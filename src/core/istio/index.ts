export type { Resource, ShapeProblem, SourceRef } from './types.ts';
export type * from './specs.ts';
export type * from './policy-specs.ts';
export type {
  AnyResource,
  Deployment,
  DestinationRule,
  Gateway,
  Pod,
  ScenarioDocument,
  Service,
  ServiceEntry,
  Sidecar,
  VirtualService,
  WorkloadEntry,
} from './kinds.ts';
export {
  isDeployment,
  isDestinationRule,
  isGateway,
  isPod,
  isScenario,
  isService,
  isServiceEntry,
  isSidecar,
  isVirtualService,
  isWorkloadEntry,
} from './kinds.ts';
export { assignIds } from './assign-ids.ts';
export { AUTO_PROTOCOL, isHttpProtocol, parseProtocol, servicePortProtocol } from './protocol.ts';
export { readResources } from './read-resources.ts';
export { durationMs } from './duration.ts';
export {
  CLUSTER_DOMAIN,
  compareSpecific,
  hostIsWithin,
  hostsForNamespace,
  hostsMatch,
  intersectHosts,
  isIpAddress,
  isVisible,
  MESH_GATEWAY,
  mostSpecificMatch,
  resolveGateway,
  resolveHost,
  ROOT_NAMESPACE,
  sanitizeServerHosts,
  selects,
  serviceOfHost,
  shortHost,
} from './names.ts';
export { fieldAt, fieldTypeAt, kindSchema, messageSchema, typeOf } from './schema/index.ts';
export type { FieldSchema, FieldType, KindSchema, MessageSchema } from './schema/index.ts';
