import type { ResourceId } from '../../base/ids.ts';
import type { JsonObject } from '../../yaml/types.ts';
import type { RuleRef } from '../types.ts';
import type { Aged } from './order.ts';

export type Labels = Readonly<Record<string, string>>;

/** A port's protocol in capitals (`HTTP`, `GRPC-WEB`, `TCP`, …); `auto` is told by looking at the traffic. */
export type Protocol = string;

export interface Port {
  readonly name: string;
  readonly number: number;
  readonly protocol: Protocol;
}

/** Where a service's traffic can go: one address and port, with the labels that subsets choose by. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
  /** Of the service's port that it serves. */
  readonly portName: string;
  /** With those that follow from where it runs: region, zone, node, cluster. */
  readonly labels: Labels;
  readonly weight: number;
  /** `region/zone/subzone`, `''` where unknown. */
  readonly locality: string;
  /** Its pod takes Istio's mutual TLS. */
  readonly mutualTls: boolean;
}

export type Resolution = 'static' | 'dns' | 'dnsRoundRobin' | 'passthrough' | 'dynamicDns' | 'alias';

/** A service as istiod's registry holds it: a Kubernetes Service, or a host (and address) of a ServiceEntry. */
export interface Service extends Aged {
  readonly hostname: string;
  readonly kubernetes: boolean;
  readonly external: boolean;
  readonly resolution: Resolution;
  /** An address, a CIDR range, or `0.0.0.0` where there is none. */
  readonly address: string;
  readonly ports: readonly Port[];
  /** `*`, `.`, `~` and namespaces. */
  readonly exportTo: readonly string[];
  /** Asks for endpoints in the caller's zone, or on its node, before others. */
  readonly trafficDistribution: '' | 'zone' | 'node';
  readonly labels: Labels;
  readonly selector: Labels | undefined;
  /** Of an `ExternalName` service. */
  readonly externalName: string;
  /** Hosts of `ExternalName` services that point here. */
  readonly aliases: readonly string[];
  readonly resource?: ResourceId | undefined;
  readonly assumed: boolean;
}

export interface Destination {
  readonly host: string;
  readonly subset: string;
  readonly port: number | undefined;
}

/** An item of a rule's `route`. `headers` is as written. */
export interface RouteDestination {
  readonly destination: Destination;
  readonly weight: number;
  readonly headers: JsonObject | undefined;
  readonly index: number;
}

export type StringMatch =
  | { readonly kind: 'exact'; readonly value: string }
  | { readonly kind: 'prefix'; readonly value: string }
  | { readonly kind: 'regex'; readonly value: string }
  | { readonly kind: 'present' };

export type MatchMap = Readonly<Record<string, StringMatch>>;

/** An item of an http rule's `match`. */
export interface HttpMatch {
  readonly name: string;
  readonly uri: StringMatch | undefined;
  readonly scheme: StringMatch | undefined;
  readonly method: StringMatch | undefined;
  readonly authority: StringMatch | undefined;
  readonly headers: MatchMap;
  readonly withoutHeaders: MatchMap;
  readonly queryParams: MatchMap;
  readonly ignoreUriCase: boolean;
  readonly port: number;
  readonly sourceLabels: Labels;
  readonly sourceNamespace: string;
  readonly gateways: readonly string[];
  /** Place in the `match` of `owner`. */
  readonly index: number;
  /** The rule in whose `match` the entry stands: the delegate's, where both were joined. */
  readonly owner: RuleRef;
  /** The root's entry and the delegate's that it was joined of. */
  readonly parts?: { readonly root: HttpMatch; readonly leaf: HttpMatch } | undefined;
}

/** An http rule with hosts and gateways resolved. The blocks that are handed on whole stay as written. */
export interface HttpRule {
  readonly ref: RuleRef;
  /** The root's rule, where a delegate's was put in its place. */
  readonly root?: RuleRef | undefined;
  readonly name: string;
  readonly match: readonly HttpMatch[];
  readonly route: readonly RouteDestination[];
  readonly redirect: JsonObject | undefined;
  readonly directResponse: JsonObject | undefined;
  readonly delegate: JsonObject | undefined;
  readonly rewrite: JsonObject | undefined;
  readonly timeoutMs: number | undefined;
  readonly retries: JsonObject | undefined;
  readonly fault: JsonObject | undefined;
  readonly mirror: Destination | undefined;
  readonly mirrorPercent: number | undefined;
  readonly mirrorPercentage: JsonObject | undefined;
  readonly mirrors:
    | readonly { readonly destination: Destination | undefined; readonly percentage: JsonObject | undefined }[]
    | undefined;
  readonly cors: JsonObject | undefined;
  readonly headers: JsonObject | undefined;
}

/** An item of a tls or tcp rule's `match`. */
export interface L4Match {
  readonly sniHosts: readonly string[];
  readonly destinationSubnets: readonly string[];
  readonly port: number;
  readonly sourceLabels: Labels;
  readonly sourceNamespace: string;
  readonly gateways: readonly string[];
}

export interface L4Rule {
  readonly ref: RuleRef;
  readonly match: readonly L4Match[];
  readonly route: readonly RouteDestination[];
}

/** A host that rules send to, and from callers of which namespaces (none: from all). */
export interface Target {
  readonly host: string;
  readonly port: number | undefined;
  readonly namespaces: readonly string[];
}

/** Where a VirtualService sends. */
export interface Targets {
  readonly all: readonly Target[];
  /** Each once. */
  readonly hosts: readonly string[];
  readonly asksNamespace: boolean;
}

/** All of a VirtualService but its http rules: whom it serves, and where connections go. An edit of an http rule leaves it the same object. */
export interface VirtualServiceHead extends Aged {
  readonly resource: ResourceId;
  readonly hosts: readonly string[];
  /** `mesh` or `namespace/name`, never empty. */
  readonly gateways: readonly string[];
  /** Namespaces; `*` and `~` stay, `.` is its own namespace. */
  readonly exportTo: readonly string[];
  readonly tls: readonly L4Rule[];
  readonly tcp: readonly L4Rule[];
}

export interface VirtualService extends VirtualServiceHead {
  readonly http: readonly HttpRule[];
  readonly targets: Targets;
  /** Some http rule is for callers of some namespace, or with some labels. */
  readonly asksWho: boolean;
}

/** All VirtualServices with hosts, oldest first. */
export interface VirtualServices {
  readonly heads: readonly VirtualServiceHead[];
  /** Each in the place of its head. */
  readonly services: readonly VirtualService[];
  /** The same: where each sends. */
  readonly targets: readonly Targets[];
  readonly placeOf: ReadonlyMap<VirtualServiceHead, number>;
}

export interface Subset {
  readonly name: string;
  readonly labels: Labels;
  readonly policy: JsonObject | undefined;
  /** Where it is written: the DestinationRule, and the place in its `subsets`. */
  readonly resource: ResourceId;
  readonly index: number;
}

/** A DestinationRule, or several of one host joined. The first one names it. */
export interface DestinationRule extends Aged {
  readonly resource: ResourceId;
  readonly host: string;
  readonly exportTo: readonly string[];
  readonly selector: Labels | undefined;
  readonly policy: JsonObject | undefined;
  /** The one whose `trafficPolicy` it is. */
  readonly policyOf: ResourceId;
  readonly subsets: readonly Subset[];
  /** All that were joined into it. */
  readonly from: readonly ResourceId[];
}

export interface GatewayServer {
  /** Place in the Gateway's `servers`. */
  readonly index: number;
  readonly gateway: ResourceId;
  /** `namespace/name`. */
  readonly gatewayName: string;
  readonly number: number;
  readonly portName: string;
  readonly protocol: Protocol;
  readonly bind: string;
  readonly hosts: readonly string[];
  readonly tls: { readonly mode: string; readonly httpsRedirect: boolean } | undefined;
}

export interface Gateway extends Aged {
  readonly resource: ResourceId;
  readonly selector: Labels;
  readonly servers: readonly GatewayServer[];
}

/** A listener of a Sidecar resource's `egress`; without a port it takes all other ports. */
export interface EgressListener {
  readonly port: Port | undefined;
  readonly bind: string;
  readonly hosts: readonly string[];
}

export interface Sidecar extends Aged {
  readonly resource: ResourceId;
  readonly selector: Labels | undefined;
  readonly egress: readonly EgressListener[];
  readonly outboundMode: string | undefined;
  readonly egressProxy: Destination | undefined;
}
