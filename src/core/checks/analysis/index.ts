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
import { destinationRuleHosts } from './destination-rule-hosts.ts';
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
  validation,
];

/** How analysis looks at the documents. */
export interface AnalysisOptions {
  /** Of objects that name none: `default` for istioctl, '' in its tests and recordings. */
  readonly defaultNamespace: string;
  /** The documents are the whole mesh: what they don't declare is not there. Else references are judged only where some are declared. */
  readonly complete: boolean;
  /** The time as `YYYYMMDDhhmmssZ`; without it no certificate is found to have expired. */
  readonly now?: string | undefined;
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

function isSuppressed({ code, entry }: Finding): boolean {
  const codes = entry.resource.annotations['galley.istio.io/analyze-suppress'] ?? '';
  return codes.split(',').some((each) => each === '*' || each === code);
}

/** What istioctl analyze says of these resources: its messages with equal ones once, those that an annotation mutes left out. */
export function analyze(resources: readonly AnyResource[], options: AnalysisOptions): readonly Finding[] {
  const world = buildWorld(resources, options.defaultNamespace);
  const declared = new Set(resources.map(({ kind }) => kind));
  const seen = new Set<string>();
  const found: Finding[] = [];
  const say = (finding: Finding): void => {
    const { code, entry, message } = finding;
    if (isStandIn(entry.resource) || isSuppressed(finding)) return;
    const key = [code, entry.resource.id, entry.fullName, lineOf(finding) ?? '', message].join('\n');
    if (seen.has(key)) return;
    seen.add(key);
    found.push(finding);
  };
  for (const analyzer of ANALYZERS) {
    const { needs } = analyzer;
    if (options.complete || needs.length === 0 || needs.some((kind) => declared.has(kind)))
      analyzer.analyze(world, say, options.now);
  }
  return found;
}
