import type { AnyResource, DestinationRule, Gateway, ServiceEntry, VirtualService } from '../../istio/index.ts';
import type { Mesh } from '../../mesh/index.ts';
import type { YamlPath } from '../../yaml/types.ts';
import type { CheckProblem } from '../problems.ts';
import type { KialiCode } from './codes.ts';

/** What Kiali says of a place. */
export interface KialiFinding {
  readonly code: KialiCode;
  readonly severity: CheckProblem['severity'];
  readonly resource: AnyResource;
  readonly path: YamlPath;
  readonly message: string;
  readonly remedy: string;
  /** The code of istioctl that says the same of the same place, or of the one around it. */
  readonly same?: string;
  /** Only to be said with istioctl: where istioctl is silent, so is this. */
  readonly joins?: true;
}

export type Say = (finding: KialiFinding) => void;

/** What Kiali's checks look at: objects that could be read. */
export interface KialiWorld {
  readonly mesh: Mesh;
  readonly complete: boolean;
  readonly virtualServices: readonly VirtualService[];
  readonly destinationRules: readonly DestinationRule[];
  readonly gateways: readonly Gateway[];
  readonly serviceEntries: readonly ServiceEntry[];
}
