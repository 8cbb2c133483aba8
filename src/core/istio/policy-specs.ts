import type { Destination, PortSelector, ServerTLSSettings, WorkloadSelector } from './specs.ts';

/* The typed view of DestinationRule, Sidecar and Scenario; see specs.ts for what it promises. */

export interface HTTPCookie {
  readonly name?: string;
  readonly path?: string;
  readonly ttl?: string;
  readonly attributes?: readonly { readonly name?: string; readonly value?: string }[];
}
export interface ConsistentHashLB {
  readonly httpHeaderName?: string;
  readonly httpCookie?: HTTPCookie;
  readonly useSourceIp?: boolean;
  readonly httpQueryParameterName?: string;
  readonly ringHash?: { readonly minimumRingSize?: number };
  readonly maglev?: { readonly tableSize?: number };
  readonly minimumRingSize?: number;
}
export interface RegionFailover {
  readonly from?: string;
  readonly to?: string;
}
export interface LocalityLoadBalancerSetting {
  readonly distribute?: readonly { readonly from?: string; readonly to?: Readonly<Record<string, number>> }[];
  readonly failover?: readonly RegionFailover[];
  readonly failoverPriority?: readonly string[];
  readonly enabled?: boolean;
}
export interface LoadBalancerSettings {
  readonly simple?: 'UNSPECIFIED' | 'LEAST_CONN' | 'RANDOM' | 'PASSTHROUGH' | 'ROUND_ROBIN' | 'LEAST_REQUEST';
  readonly consistentHash?: ConsistentHashLB;
  readonly localityLbSetting?: LocalityLoadBalancerSetting;
  readonly zoneAwareLbSetting?: {
    readonly enabled?: boolean;
    readonly failover?: readonly RegionFailover[];
    readonly failoverPriority?: readonly string[];
    readonly minClusterSize?: number;
  };
  readonly warmupDurationSecs?: string;
  readonly warmup?: { readonly duration?: string; readonly minimumPercent?: number; readonly aggression?: number };
}
export interface TCPSettings {
  readonly maxConnections?: number;
  readonly connectTimeout?: string;
  readonly tcpKeepalive?: { readonly probes?: number; readonly time?: string; readonly interval?: string };
  readonly maxConnectionDuration?: string;
  readonly idleTimeout?: string;
}
export interface HTTPSettings {
  readonly http1MaxPendingRequests?: number;
  readonly http2MaxRequests?: number;
  readonly maxRequestsPerConnection?: number;
  readonly maxRetries?: number;
  readonly idleTimeout?: string;
  readonly h2UpgradePolicy?: 'DEFAULT' | 'DO_NOT_UPGRADE' | 'UPGRADE';
  readonly useClientProtocol?: boolean;
  readonly maxConcurrentStreams?: number;
  readonly http2KeepAlive?: { readonly interval?: string; readonly timeout?: string };
}
export interface ConnectionPoolSettings {
  readonly tcp?: TCPSettings;
  readonly http?: HTTPSettings;
}
export interface OutlierDetection {
  readonly consecutiveErrors?: number;
  readonly splitExternalLocalOriginErrors?: boolean;
  readonly consecutiveLocalOriginFailures?: number;
  readonly consecutiveGatewayErrors?: number;
  readonly consecutive5xxErrors?: number;
  readonly interval?: string;
  readonly baseEjectionTime?: string;
  readonly maxEjectionPercent?: number;
  readonly minHealthPercent?: number;
  readonly outlierDetectionHttpErrorCodes?: readonly number[];
}
export interface ClientTLSSettings {
  readonly mode?: 'DISABLE' | 'SIMPLE' | 'MUTUAL' | 'ISTIO_MUTUAL';
  readonly clientCertificate?: string;
  readonly privateKey?: string;
  readonly caCertificates?: string;
  readonly credentialName?: string;
  readonly subjectAltNames?: readonly string[];
  readonly sni?: string;
  readonly insecureSkipVerify?: boolean;
  readonly caCrl?: string;
}
export interface PortTrafficPolicy {
  readonly port?: PortSelector;
  readonly loadBalancer?: LoadBalancerSettings;
  readonly connectionPool?: ConnectionPoolSettings;
  readonly outlierDetection?: OutlierDetection;
  readonly tls?: ClientTLSSettings;
}
export interface TrafficPolicy extends Omit<PortTrafficPolicy, 'port'> {
  readonly portLevelSettings?: readonly PortTrafficPolicy[];
  readonly tunnel?: { readonly protocol?: string; readonly targetHost?: string; readonly targetPort?: number };
  readonly proxyProtocol?: { readonly version?: 'V1' | 'V2' };
  readonly retryBudget?: {
    readonly percent?: number;
    readonly minRetryConcurrency?: number;
    readonly budgetInterval?: string;
  };
}
export interface Subset {
  readonly name?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly trafficPolicy?: TrafficPolicy;
}
export interface DestinationRuleSpec {
  readonly host?: string;
  readonly trafficPolicy?: TrafficPolicy;
  readonly subsets?: readonly Subset[];
  readonly exportTo?: readonly string[];
  readonly workloadSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
}

export interface SidecarPort {
  readonly number?: number;
  readonly protocol?: string;
  readonly name?: string;
  readonly targetPort?: number;
}
export interface SidecarSpec {
  readonly workloadSelector?: WorkloadSelector;
  readonly ingress?: readonly {
    readonly port?: SidecarPort;
    readonly bind?: string;
    readonly captureMode?: 'DEFAULT' | 'IPTABLES' | 'NONE';
    readonly defaultEndpoint?: string;
    readonly tls?: ServerTLSSettings;
    readonly connectionPool?: ConnectionPoolSettings;
  }[];
  readonly egress?: readonly {
    readonly port?: SidecarPort;
    readonly bind?: string;
    readonly captureMode?: 'DEFAULT' | 'IPTABLES' | 'NONE';
    readonly hosts?: readonly string[];
  }[];
  readonly inboundConnectionPool?: ConnectionPoolSettings;
  readonly outboundTrafficPolicy?: {
    readonly mode?: 'REGISTRY_ONLY' | 'ALLOW_ANY';
    readonly egressProxy?: Destination;
  };
}

export interface ScenarioSpec {
  readonly seed?: number;
  readonly registry?: 'assumed' | 'declared';
  readonly outboundTrafficPolicy?: 'ALLOW_ANY' | 'REGISTRY_ONLY';
  readonly callers?: readonly {
    readonly name?: string;
    readonly gateway?: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly proxy?: {
      readonly type?: 'gateway' | 'sidecar';
      readonly namespace?: string;
      readonly labels?: Readonly<Record<string, string>>;
      readonly ip?: string;
    };
    readonly rate?: number;
    readonly requests?: readonly {
      readonly url?: string;
      readonly method?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly share?: number;
      readonly upstreamStatus?: number;
      readonly upstreamDelayMs?: number;
      readonly request?: {
        readonly protocol?: 'http' | 'https' | 'tls' | 'tcp';
        readonly address?: string;
        readonly port?: number;
        readonly sni?: string;
        readonly method?: string;
        readonly host?: string;
        readonly path?: string;
        readonly headers?: Readonly<Record<string, string>>;
        readonly upstreamStatus?: number;
        readonly upstreamDelayMs?: number;
      };
    }[];
  }[];
}
