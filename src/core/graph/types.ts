import type { ResourceId } from '../base/ids.ts';
import type { SourceRef } from '../istio/types.ts';

export type NodeId = string;
export type ColumnId = 'callers' | 'gateways' | 'virtualServices' | 'services' | 'external';

/** A share of a split: weight over sum, as Istio counts. `weight` is the number written (absent: none written). */
export interface GraphDestination {
  readonly id: string;
  readonly label: string;
  readonly host: string;
  readonly subset?: string | undefined;
  readonly port?: number | undefined;
  readonly weight?: number | undefined;
  /** 0 to 1. */
  readonly share: number;
  /** Place in the palette of versions; -1 for none. */
  readonly hue: number;
  readonly missing: boolean;
  /** Of the item in `route`. */
  readonly source: SourceRef;
}

interface RowBase {
  /** Unique in the graph; stable through edits. */
  readonly id: string;
  /** The accessible name: `Rule 1 of VirtualService default/reviews`, `Subset default/reviews v1`. */
  readonly name: string;
  readonly source?: SourceRef | undefined;
}
/** A server of a Gateway. */
export interface ServerRow extends RowBase {
  readonly kind: 'server';
  readonly port: number;
  readonly protocol: string;
  readonly hosts: readonly string[];
  readonly tls?: string | undefined;
}
/** A rule of a VirtualService, in the order that Istio uses. `matches`: one short text per condition set; empty means any request. */
export interface RuleRow extends RowBase {
  readonly kind: 'rule';
  readonly protocol: 'http' | 'tls' | 'tcp';
  readonly number: number;
  readonly title?: string | undefined;
  readonly matches: readonly string[];
  readonly destinations: readonly GraphDestination[];
  /** `redirect`, `503 direct response`, `timeout 5s`, `mirror 10 %`, `fault`, `retries 3`: what else the rule does. */
  readonly chips: readonly string[];
  /** Where it goes when there is one destination or none: `→ v2`, `→ 301 /x`. */
  readonly target: string;
}
/** What becomes of everything that no rule takes. */
export interface RestRow extends RowBase {
  readonly kind: 'rest';
  readonly outcome: 'notFound' | 'service' | 'passthrough' | 'none';
  readonly label: string;
}
export interface SubsetRow extends RowBase {
  readonly kind: 'subset';
  readonly title: string;
  readonly hue: number;
  readonly missing: boolean;
  readonly policy?: string | undefined;
  readonly pods: number;
}
export interface PortRow extends RowBase {
  readonly kind: 'port';
  readonly port: number;
  readonly protocol: string;
  readonly note?: string | undefined;
}
export type GraphRow = ServerRow | RuleRow | RestRow | SubsetRow | PortRow;

/** How the two kinds of callers are told apart: somebody outside who comes through a gateway, or a workload inside the mesh. */
export type Caller =
  | { readonly kind: 'internet' }
  | { readonly kind: 'workload'; readonly namespace: string; readonly labels: Readonly<Record<string, string>> };

/** A node of the canvas. `name` is the accessible name, `Kind namespace/name`; `badges` is 0 where nothing is wrong. */
export interface GraphNode {
  readonly id: NodeId;
  readonly kind: 'caller' | 'gateway' | 'virtualService' | 'service' | 'external' | 'ghost';
  readonly column: ColumnId;
  readonly name: string;
  readonly title: string;
  /** Namespace, port, selector: the dim words beside the title. */
  readonly subtitle: string;
  readonly rows: readonly GraphRow[];
  readonly resource?: ResourceId | undefined;
  readonly source?: SourceRef | undefined;
  readonly host?: string | undefined;
  readonly caller?: Caller | undefined;
  readonly stale: boolean;
  readonly assumed: boolean;
  /** Why a ghost is one: `no such subset`, `no such gateway`. */
  readonly note?: string | undefined;
}

export interface GraphEnd {
  readonly node: NodeId;
  /** A row's id; absent: the node's head. */
  readonly row?: string | undefined;
}

export interface GraphEdge {
  readonly id: string;
  /** enter: caller to gateway or virtual service · bind: gateway's server to virtual service · route · mirror · delegate · rest */
  readonly kind: 'enter' | 'bind' | 'route' | 'mirror' | 'delegate' | 'rest';
  readonly from: GraphEnd;
  readonly to: GraphEnd;
  /** 0 to 1, for route edges. */
  readonly share?: number | undefined;
  readonly hue: number;
  readonly missing: boolean;
}

/** What the canvas shows, unplaced. Unchanged nodes and edges are the same objects as in the graph before. */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Size {
  readonly width: number;
  readonly height: number;
}
/** Top left corners, in canvas units (pixels at zoom 1). */
export type Positions = ReadonlyMap<NodeId, Point>;
