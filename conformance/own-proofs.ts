import { parseAllDocuments } from 'yaml';
import { resourcesOf } from '../src/cli/resources.ts';
import { findAllProblems } from '../src/core/checks/index.ts';
import type { OwnProblem } from '../src/core/checks/index.ts';
import { buildMesh } from '../src/core/mesh/index.ts';
import { answerCase, caseOptions, createEngine } from '../src/core/routing/index.ts';
import type { Proxy, Request, RoutingCase } from '../src/core/routing/index.ts';
import { answerRecord, clusterMisses, requestMisses } from './routes-compare.ts';
import type { RecordedCase } from './routes-compare.ts';

/** A finding of a case, with the requests of the case that prove it. */
export interface ProvenFinding {
  readonly code: string;
  readonly resource: string;
  readonly path: string;
  readonly message: string;
  readonly requests: readonly string[];
  /** Of several clusters that the finding says chance chooses from, more than one must be seen. */
  readonly clusters?: readonly string[];
  /** istiod ends on the configuration. */
  readonly crash?: true;
  /** The cluster whose DestinationRule matters. */
  readonly cluster?: string;
  readonly from: string;
}

/** A case for the recorder: a configuration, and for each own finding the request that proves it. */
export type ProofCase = RoutingCase & { readonly findings: readonly ProvenFinding[] };

/** What the real programs did with a case; `error` where istiod itself ended. */
export type ProofRecord = RecordedCase & { readonly error?: string };

/** How often a request is sent where chance chooses: so that each of its outcomes is seen, nearly always. */
function timesFor(outcomes: readonly { readonly probability: number }[]): number {
  const least = Math.min(...outcomes.map(({ probability }) => probability));
  return Math.min(400, Math.max(12, Math.ceil(8 / least)));
}

interface NamedRules {
  readonly kind?: string;
  readonly metadata?: { readonly name?: string };
  readonly spec?: { readonly http?: readonly { name?: string; readonly match?: readonly { name?: string }[] }[] };
}

/** The configuration with a name for every rule and match, by which a record tells which one took a request. */
function withNames(config: string): string {
  const documents = parseAllDocuments(config).map((document) => document.toJS() as NamedRules | null);
  for (const document of documents) {
    if (document?.kind !== 'VirtualService') continue;
    for (const [index, rule] of (document.spec?.http ?? []).entries()) {
      rule.name = `${document.metadata?.name ?? ''}-r${index}`;
      for (const [at, match] of (rule.match ?? []).entries()) match.name = `m${at}`;
    }
  }
  return documents.map((document) => JSON.stringify(document)).join('\n---\n');
}

/** The own findings of a configuration that is the whole mesh. */
export function ownFindings(name: string, config: string): readonly OwnProblem[] {
  const resources = resourcesOf([{ name: `${name}.yaml`, text: config }]);
  return findAllProblems(resources, buildMesh(resources), { complete: true }).filter(
    (problem): problem is OwnProblem => problem.proof !== undefined,
  );
}

/** The case that asks the real programs about every own finding of a configuration. */
export function proofCase(name: string, given: string): ProofCase {
  const config = withNames(given);
  const proxies = new Map<string, { readonly id: string; readonly proxy: Proxy }>();
  const requests: (Request & { readonly id: string; readonly from: string })[] = [];
  const resources = resourcesOf([{ name: `${name}.yaml`, text: config }]);
  const engine = createEngine(buildMesh(resources), { registry: 'declared' });
  const findings = ownFindings(name, config).flatMap((problem): ProvenFinding[] => {
    const { code, resource, source, message, proof } = problem;
    const { claim, proxy, request } = proof;
    const key = JSON.stringify(proxy);
    const known = proxies.get(key) ?? { id: `p${proxies.size}`, proxy };
    proxies.set(key, known);
    const times = (claim.clusters?.length ?? 0) > 1 ? timesFor(engine.decide(proxy, request).outcomes) : 1;
    const ids = Array.from({ length: times }, (_, at) => `q${requests.length + at}`);
    for (const id of ids) requests.push({ ...request, id, from: known.id });
    return [
      {
        code,
        resource,
        path: source.path.join('.'),
        message,
        requests: ids,
        from: known.id,
        ...(times > 1 ? { clusters: claim.clusters ?? [] } : {}),
        ...(claim.crash === undefined ? {} : { crash: claim.crash }),
        ...(claim.cluster === undefined ? {} : { cluster: claim.cluster.name }),
      },
    ];
  });
  const named = Object.fromEntries([...proxies.values()].map(({ id, proxy }) => [id, proxy]));
  return { name, config, proxies: named, requests, findings };
}

/**
 * Why the record does not bear out a finding; nothing where it does. The finding is a statement about the engine's answer, which is held
 * to be true already; the record must have the same answer in every field, the names of rule and match among them.
 */
export function doubts(
  { findings, ...given }: ProofCase,
  record: ProofRecord,
): ReadonlyMap<ProvenFinding, readonly string[]> {
  const whole: RecordedCase = { ...given, results: record.results, clusters: record.clusters };
  const answer = answerRecord(whole);
  const misses = requestMisses(whole, answer);
  // A headless service whose protocol is told by looking answers now as in a mesh, now as `asRecorded` says: see routes.test.ts.
  const resources = resourcesOf([{ name: `${given.name}.yaml`, text: given.config }]);
  const inMesh = createEngine(resources, { ...caseOptions(given), asRecorded: false });
  const others = requestMisses(whole, answerCase(inMesh, whole));
  const wrongClusters = clusterMisses(whole, answer).misses;
  return new Map(
    findings.map((finding) => {
      if (finding.crash === true) {
        const crashed = record.error?.startsWith('istiod panicked') === true;
        return [finding, crashed ? [] : ['istiod did not crash']] as const;
      }
      const results = record.results.filter(({ id }) => finding.requests.includes(id));
      const wrong = finding.requests.flatMap((id) => (others.has(id) ? (misses.get(id) ?? []) : []));
      if (results.length < finding.requests.length) wrong.push('was not asked');
      const seen = new Set(results.map(({ cluster }) => cluster));
      if (finding.clusters !== undefined && seen.size < 2) wrong.push(`only ${[...seen].join()} was seen`);
      if (finding.cluster !== undefined)
        wrong.push(...wrongClusters.filter((line) => line.includes(` ${finding.from} ${finding.cluster ?? ''}:`)));
      return [finding, wrong] as const;
    }),
  );
}
