import { lineIndex } from '../../text/index.ts';
import type { LineIndex } from '../../text/index.ts';
import type { AnyResource } from '../../istio/index.ts';
import { entryAt } from '../../yaml/index.ts';
import type { YamlDocument } from '../../yaml/types.ts';
import { jwtRoutes } from './jwt-routes.ts';
import { deploymentServices } from './deployment-services.ts';
import { deprecation } from './deprecation.ts';
import { envoyFilters } from './envoy-filters.ts';
import { gatewaySecrets } from './gateway-secrets.ts';
import { authorizationPolicies, conditions, gatewayApiSelectors, gatewayApiVersions } from './policies.ts';
import { sidecarSelectors } from './sidecar-selectors.ts';
import { telemetry } from './telemetry.ts';
import { caCertificates } from './ca-certificates.ts';
import { destinationHosts } from './destination-hosts.ts';
import { destinationRuleHosts, subsetPods } from './destination-rule-hosts.ts';
import { destinationSubsets } from './destination-subsets.ts';
import { gatewayCertificates } from './gateway-certificates.ts';
import { gatewayConflicts } from './gateway-conflicts.ts';
import { gatewayPorts } from './gateway-ports.ts';
import { meshHostConflicts } from './mesh-host-conflicts.ts';
import { serviceEntryAddresses, serviceEntryProtocols } from './service-entries.ts';
import { servicePorts } from './service-ports.ts';
import type { Analyzer, Finding } from './types.ts';
import { validation } from './validation.ts';
import { virtualServiceGateways } from './virtual-service-gateways.ts';
import { buildWorld, isStandIn } from './world.ts';

export type { Entry, Finding } from './types.ts';

const ANALYZERS: readonly Analyzer[] = [
  authorizationPolicies,
  conditions,
  deploymentServices,
  deprecation,
  envoyFilters,
  gatewayApiSelectors,
  gatewayApiVersions,
  gatewaySecrets,
  jwtRoutes,
  sidecarSelectors,
  telemetry,
  caCertificates,
  destinationRuleHosts,
  subsetPods,
  gatewayPorts,
  gatewayCertificates,
  gatewayConflicts,
  servicePorts,
  meshHostConflicts,
  destinationHosts,
  destinationSubsets,
  virtualServiceGateways,
  serviceEntryAddresses,
  serviceEntryProtocols,
];

/** How analysis looks at the documents. */
export interface AnalysisOptions {
  /** Of objects that name none: `default` for istioctl, '' in its tests and recordings. */
  readonly defaultNamespace: string;
  /** The documents are the whole mesh: what they don't declare is not there. Else references are judged only where some are declared. */
  readonly complete: boolean;
  /** The time as `YYYYMMDDhhmmssZ`; without it no certificate is found to have expired. */
  readonly now?: string | undefined;
  /** Also say what the webhook's rules say (IST0106, IST0133, IST0130, IST0131). */
  readonly validation: boolean;
  /** Messages with one text are one where they stand on one line, as in istioctl; else where they stand at one place, which is quicker. */
  readonly byLine: boolean;
}

const indexes = new WeakMap<YamlDocument, LineIndex>();

/** The line, from 0 in its document, that istioctl gives a message; nothing where it gives the object's first. */
function lineOf({ entry, linePath }: Finding): number | undefined {
  if (linePath === undefined) return undefined;
  const { document, source } = entry.resource;
  const found = entryAt(document, [...source.path, ...linePath]);
  // Istio knows the lines of scalars only.
  if (found === undefined || /Map|Seq/.test(found.style)) return undefined;
  let index = indexes.get(document);
  if (index === undefined) indexes.set(document, (index = lineIndex(document.text)));
  return index.position(found.value.from).line;
}

/** Whether an object's annotation mutes a message of istioctl. */
export function isMuted(resource: AnyResource, code: string): boolean {
  const codes = resource.annotations['galley.istio.io/analyze-suppress'] ?? '';
  return codes.split(',').some((each) => each === '*' || each === code);
}

/** What istioctl analyze says of these resources: its messages with equal ones once, those that an annotation mutes left out. */
export function analyze(resources: readonly AnyResource[], options: AnalysisOptions): readonly Finding[] {
  const world = buildWorld(resources, options.defaultNamespace, options.complete);
  const declared = new Set(resources.map(({ kind }) => kind));
  const seen = new Set<string>();
  const found: Finding[] = [];
  const say = (finding: Finding): void => {
    const { code, entry, message } = finding;
    if (isStandIn(entry.resource) || isMuted(entry.resource, code)) return;
    const place = options.byLine ? (lineOf(finding) ?? '') : JSON.stringify(finding.path);
    const key = [code, entry.resource.id, entry.fullName, place, message].join('\n');
    if (seen.has(key)) return;
    seen.add(key);
    found.push(finding);
  };
  const isDeclared = (kinds: string): boolean => kinds.split('|').some((kind) => declared.has(kind));
  for (const analyzer of options.validation ? [...ANALYZERS, validation] : ANALYZERS) {
    const { needs } = analyzer;
    if (options.complete || needs.every(isDeclared)) analyzer.analyze(world, say, options.now);
  }
  return found;
}
