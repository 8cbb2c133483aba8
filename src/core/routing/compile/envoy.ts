import type { ResourceId } from '../../base/ids.ts';
import type { RuleRef } from '../types.ts';
import type { StringMatch, VirtualService } from './model.ts';

/** What istiod sends to Envoy, as far as it decides something: plain data, so that an index can be made of it. */

export interface HeaderMatcher {
  /** Lower case; `:method`, `:authority`, `:scheme` and `:path` are the request's own. */
  readonly name: string;
  readonly match: StringMatch;
  readonly invert: boolean;
  /** A header that is not there counts as an empty one. */
  readonly missingIsEmpty: boolean;
}

export interface QueryMatcher {
  readonly name: string;
  readonly match: StringMatch;
}

/** A condition on a claim of a token. No request here brings one: it holds only where it is inverted. */
export interface ClaimMatcher {
  readonly name: string;
  readonly invert: boolean;
}

export interface PathMatcher {
  readonly kind: 'prefix' | 'exact' | 'regex';
  readonly value: string;
  readonly ignoreCase: boolean;
}

export interface HeaderOp {
  /** Lower case. */
  readonly key: string;
  readonly value: string;
  readonly append: boolean;
}

/** One parser's work: all removals, then what is set, then what is added. */
export interface HeaderOps {
  readonly put: readonly HeaderOp[];
  readonly remove: readonly string[];
}

export interface ClusterChoice {
  readonly cluster: string;
  readonly weight: number;
  /** Place in the rule's `route`; -1 for a route that no rule made. */
  readonly destination: number;
  readonly request: HeaderOps;
  readonly response: HeaderOps;
  readonly hostRewrite: string;
}

export interface RetryPolicy {
  readonly attempts: number;
  readonly on: string;
  readonly statusCodes: readonly number[];
  readonly perTryTimeoutMs: number;
  readonly backoffMs: number;
}

export interface MirrorPolicy {
  readonly cluster: string;
  readonly percent: number;
}

export interface ForwardAction {
  readonly kind: 'forward';
  /** One, or several with weights. */
  readonly clusters: readonly ClusterChoice[];
  readonly weighted: boolean;
  readonly timeoutMs: number;
  readonly retry: RetryPolicy | undefined;
  readonly mirrors: readonly MirrorPolicy[];
  readonly prefixRewrite: string;
  readonly regexRewrite: { readonly pattern: string; readonly substitution: string } | undefined;
  readonly hostRewrite: string;
  /** `header:x-user`, `cookie:sid`, `sourceIp`, `query:user`. */
  readonly hash: readonly string[];
}

export interface RedirectAction {
  readonly kind: 'redirect';
  readonly host: string;
  readonly scheme: string;
  readonly port: number;
  readonly path: string;
  readonly prefix: string;
  readonly status: number;
}

export interface DirectAction {
  readonly kind: 'direct';
  readonly status: number;
  readonly body: string;
}

/** Envoy refuses a route configuration with this; `why` says which part. */
export interface NoAction {
  readonly kind: 'none';
  readonly why: string;
}

export interface Fault {
  readonly abort:
    | { readonly percent: number | undefined; readonly httpStatus: number; readonly grpcStatus: number | undefined }
    | undefined;
  readonly delay: { readonly percent: number; readonly ms: number } | undefined;
}

export interface Cors {
  readonly origins: readonly StringMatch[];
  readonly allowMethods: string;
  readonly allowHeaders: string;
  readonly exposeHeaders: string;
  readonly maxAge: string;
  readonly allowCredentials: boolean;
  readonly forwardUnmatched: boolean;
}

export interface Route {
  readonly name: string;
  /** `virtual-service namespace/name`; `''` for a route that no rule made. */
  readonly config: string;
  readonly rule: RuleRef | undefined;
  /** The root's rule, where a delegate's took its place. */
  readonly root: RuleRef | undefined;
  readonly path: PathMatcher;
  readonly headers: readonly HeaderMatcher[];
  readonly query: readonly QueryMatcher[];
  readonly claims: readonly ClaimMatcher[];
  readonly action: ForwardAction | RedirectAction | DirectAction | NoAction;
  readonly fault: Fault | undefined;
  readonly cors: Cors | undefined;
  readonly request: HeaderOps;
  readonly response: HeaderOps;
}

/** A VirtualService that a virtual host's routes were made of, and for which port and gateway they were made. */
export interface RouteSource {
  readonly virtualService: VirtualService;
  readonly port: number;
  readonly gateway: string;
}

export interface VirtualHost {
  readonly name: string;
  /** Lower case. */
  readonly domains: readonly string[];
  readonly routes: readonly Route[];
  readonly requireTls: boolean;
  /** In the order in which they were joined; none where no rule made the routes. */
  readonly sources: readonly RouteSource[];
  /** VirtualServices that name the host too and are not looked at, since an older one has it. */
  readonly ignored: readonly RouteSource[];
}

export interface RouteConfig {
  readonly name: string;
  readonly virtualHosts: readonly VirtualHost[];
  /** The same object means: the same domains in the same places. Absent where nothing is known. */
  readonly shape?: object;
}

/** Where a gateway's traffic entered: which server of which Gateway. */
export interface Entry {
  readonly gateway: ResourceId;
  readonly server: number;
}

/** Connections are sieved by these, in this order, without looking back: address, server name, transport, protocol. */
export interface ChainMatch {
  readonly cidrs: readonly string[];
  readonly sni: readonly string[];
  readonly transport: string;
  readonly alpn: readonly string[];
}

export interface TcpAction {
  readonly clusters: readonly { readonly cluster: string; readonly weight: number; readonly destination: number }[];
  readonly rule: RuleRef | undefined;
  readonly config: string;
}

export interface FilterChain {
  readonly match: ChainMatch;
  /** TLS ends here. */
  readonly tls: boolean;
  /** A client must show a certificate. */
  readonly clientCertificate: boolean;
  readonly http: { readonly routeConfig: string } | undefined;
  readonly tcp: TcpAction | undefined;
  readonly entries: readonly Entry[];
}

export interface Listener {
  readonly address: string;
  readonly port: number;
  readonly chains: readonly FilterChain[];
  readonly defaultChain: FilterChain | undefined;
  /** Envoy looks at the server name; it looks at the protocol. */
  readonly seesTls: boolean;
  readonly seesHttp: boolean;
}

export const NO_OPS: HeaderOps = { put: [], remove: [] };
export const ANY: ChainMatch = { cidrs: [], sni: [], transport: '', alpn: [] };
