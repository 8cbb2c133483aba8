import type { ResourceId } from '../base/ids.ts';
import type { Resource, SourceRef } from '../istio/types.ts';

export interface MeshPort {
  readonly number: number;
  readonly name: string;
  /** HTTP, HTTP2, GRPC, HTTPS, TLS, TCP, …, as Istio's protocol selection gives it for the declared port. */
  readonly protocol: string;
  readonly targetPort?: number | string | undefined;
}

export interface MeshWorkload {
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly resource?: ResourceId | undefined;
  readonly assumed: boolean;
  /** How many pods it stands for: a Deployment's replicas; absent for one. */
  readonly pods?: number | undefined;
}

export interface MeshSubset {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The DestinationRule that declares it; absent for one that a route names and nothing declares. */
  readonly source?: SourceRef | undefined;
  readonly missing: boolean;
  readonly workloads: readonly MeshWorkload[];
}

/** A host that requests can go to: a Kubernetes Service, a host of a ServiceEntry, or one that is assumed since something names it. */
export interface MeshService {
  /** `reviews.default.svc.cluster.local`, or a ServiceEntry's host as written. */
  readonly host: string;
  readonly name: string;
  readonly namespace: string;
  readonly origin: 'service' | 'serviceEntry' | 'assumed';
  readonly external: boolean;
  readonly resolution?: string | undefined;
  readonly resource?: ResourceId | undefined;
  readonly source?: SourceRef | undefined;
  readonly ports: readonly MeshPort[];
  readonly subsets: readonly MeshSubset[];
  readonly workloads: readonly MeshWorkload[];
  readonly destinationRules: readonly ResourceId[];
}

export type ReferenceKind =
  'gateway' | 'destination' | 'subset' | 'delegate' | 'mirror' | 'host' | 'port' | 'workload' | 'credential';

/** Something that a resource names. `target` is absent where nothing is there. */
export interface Reference {
  readonly kind: ReferenceKind;
  readonly from: ResourceId;
  readonly source: SourceRef;
  /** As resolved: `Gateway default/bookinfo`, a host, `host subset`. */
  readonly to: string;
  readonly target?: ResourceId | undefined;
  readonly status: 'found' | 'assumed' | 'missing';
}

/** What no tool of Istio tells: a name that is taken, a delegate that is not there. */
export interface MeshProblem {
  readonly code: 'NAME-TWICE' | 'REF-DELEGATE';
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly remedy: string;
  readonly resource: ResourceId;
  readonly source: SourceRef;
}

/** The index over all documents. Made from scratch or from an earlier one; both give equal meshes, and unchanged parts keep their identity. */
export interface Mesh {
  readonly resources: readonly Resource[];
  readonly byId: ReadonlyMap<ResourceId, Resource>;
  readonly byKind: ReadonlyMap<string, readonly Resource[]>;
  /** By host. */
  readonly services: ReadonlyMap<string, MeshService>;
  readonly references: readonly Reference[];
  readonly referencesFrom: ReadonlyMap<ResourceId, readonly Reference[]>;
  readonly assumed: readonly string[];
  readonly registry: 'assumed' | 'declared';
}
