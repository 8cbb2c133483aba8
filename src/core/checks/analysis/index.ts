import { takeSteps } from '../../base/steps.ts';
import type { Steps } from '../../base/steps.ts';
import { lineIndex } from '../../text/index.ts';
import type { LineIndex } from '../../text/index.ts';
import type { AnyResource } from '../../istio/index.ts';
import { entryAt } from '../../yaml/index.ts';
import type { YamlDocument } from '../../yaml/types.ts';
import { mutesIstioctl } from '../mute/index.ts';
import { annotations } from './annotations.ts';
import { applicationUsers, blockedCidrs, injection } from './injection.ts';
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
import type { Analyzer, Entry, Finding, World } from './types.ts';
import { validation } from './validation.ts';
import { virtualServiceGateways } from './virtual-service-gateways.ts';
import { buildWorld, isStandIn } from './world.ts';

export type { Finding } from './types.ts';

const ANALYZERS: readonly Analyzer[] = [
  annotations,
  applicationUsers,
  authorizationPolicies,
  blockedCidrs,
  conditions,
  deploymentServices,
  deprecation,
  envoyFilters,
  gatewayApiSelectors,
  gatewayApiVersions,
  gatewaySecrets,
  injection,
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
  /** Messages with one text are one where they stand on one line, as in istioctl; else all are given. */
  readonly byLine: boolean;
  /** Also give what an object's annotation mutes. */
  readonly muted?: boolean;
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

interface Run {
  readonly lists: readonly (readonly Entry[])[];
  readonly mode: string;
  readonly findings: readonly Finding[];
}
/** What each analyzer said last: it says the same while what it reads is the same. */
const lastRuns = new Map<Analyzer, Run>();

/** Yields after work that was not done before. */
function* runAnalyzer(analyzer: Analyzer, world: World, options: AnalysisOptions): Steps<readonly Finding[]> {
  const lists = analyzer.reads.map((kind) => world.of(kind));
  const mode = `${options.complete} ${options.muted ?? false} ${options.now ?? ''}`;
  const last = lastRuns.get(analyzer);
  if (last?.mode === mode && last.lists.every((list, index) => list === lists[index])) return last.findings;
  const findings: Finding[] = [];
  const say = (finding: Finding): void => {
    const { resource } = finding.entry;
    if (options.muted !== true && mutesIstioctl(resource, finding.code)) return;
    if (!isStandIn(resource)) findings.push(finding);
  };
  analyzer.analyze(world, say, options.now);
  lastRuns.set(analyzer, { lists, mode, findings });
  yield;
  return findings;
}

/** Of messages with one text on one line the first. */
function oncePerLine(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const { code, entry, message } = finding;
    const key = [code, entry.resource.id, entry.fullName, lineOf(finding) ?? '', message].join('\n');
    const first = !seen.has(key);
    seen.add(key);
    return first;
  });
}

/** What istioctl analyze says of these resources, what an annotation mutes left out. */
export function analyze(resources: readonly AnyResource[], options: AnalysisOptions): readonly Finding[] {
  return takeSteps(analysisSteps(resources, options));
}

/** The same in steps: one for each analyzer that has to look again. */
export function* analysisSteps(resources: readonly AnyResource[], options: AnalysisOptions): Steps<readonly Finding[]> {
  const world = buildWorld(resources, options.defaultNamespace, options.complete);
  const declared = new Set(resources.map(({ kind }) => kind));
  const isDeclared = (kinds: string): boolean => kinds.split('|').some((kind) => declared.has(kind));
  yield;
  const findings: Finding[] = [];
  for (const analyzer of options.validation ? [...ANALYZERS, validation] : ANALYZERS) {
    if (!options.complete && !analyzer.needs.every(isDeclared)) continue;
    for (const finding of yield* runAnalyzer(analyzer, world, options)) findings.push(finding);
  }
  return options.byLine ? oncePerLine(findings) : findings;
}
