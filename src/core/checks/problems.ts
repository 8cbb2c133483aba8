import { grouped, put, sameItems } from '../base/lists.ts';
import type { FileId, ResourceId } from '../base/ids.ts';
import { takeSteps } from '../base/steps.ts';
import type { Steps } from '../base/steps.ts';
import type { AnyResource, Resource, SourceRef } from '../istio/index.ts';
import { meshProblems } from '../mesh/index.ts';
import type { Mesh, MeshProblem } from '../mesh/index.ts';
import type { YamlPath } from '../yaml/types.ts';
import { analysisSteps } from './analysis/index.ts';
import type { Finding } from './analysis/index.ts';
import { levelOf } from './levels.ts';
import { mutesIstioctl, withoutMuted } from './mute/index.ts';
import type { MuteComment, Muted } from './mute/index.ts';
import { remedyFor } from './remedies/index.ts';
import { schemaProblems } from './schema/index.ts';
import { webhookFaults } from './webhook/index.ts';
import type { Fault } from './webhook/index.ts';

/** Who tells the user of a problem. `meshwright` alone: Istio finds it, and drops it on the way. */
export type Speaker = 'apiServer' | 'webhook' | 'istioctl' | 'kiali' | 'meshwright';

/** Something that API server, webhook or istioctl say of a resource. Unchanged ones stay the same objects. */
export interface CheckProblem {
  /** `SCHEMA-…`, a rule of the webhook such as `V-VS-010`, or istioctl's `IST…`. */
  readonly code: string;
  /** What istioctl calls a rule of the webhook. */
  readonly istioCode?: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly remedy?: string;
  readonly resource: ResourceId;
  /** The narrowest place. */
  readonly source: SourceRef;
  readonly by: readonly Speaker[];
  /** By what it is muted: such problems are given on request only. */
  readonly muted?: Muted;
}

/** How findProblems looks at the mesh. */
export interface CheckOptions {
  /** What no document declares is not there; by default so only where the mesh's registry is `declared`. */
  readonly complete?: boolean;
  /** The time as `YYYYMMDDhhmmssZ`, for certificates. */
  readonly now?: string | undefined;
  /** Also give what an annotation or a comment mutes, marked. */
  readonly muted?: boolean;
  /** The comments that mute in a whole file: see fileMutes. */
  readonly fileMutes?: (file: FileId) => readonly MuteComment[];
}

function sourceOf(resource: AnyResource, path: YamlPath): SourceRef {
  const { file, slot, path: start } = resource.source;
  return { file, slot, path: [...start, ...path] };
}

const SEVERITY = { Error: 'error', Warning: 'warning', Info: 'info' } as const;

/** What to do, as a part of a problem. */
function remedied(code: string, own?: string): { readonly remedy?: string } {
  const remedy = own ?? remedyFor(code);
  return remedy === undefined ? {} : { remedy };
}

function faultProblem(resource: AnyResource, fault: Fault, alsoSchema: boolean): CheckProblem {
  const { rule, code, severity, path, message, lost } = fault;
  const said: Speaker[] = lost ? ['meshwright'] : mutesIstioctl(resource, code) ? ['webhook'] : ['webhook', 'istioctl'];
  return {
    code: rule,
    istioCode: code,
    severity,
    message,
    ...remedied(rule),
    resource: resource.id,
    source: sourceOf(resource, path),
    by: alsoSchema ? ['apiServer', ...said] : said,
  };
}

const own = new WeakMap<AnyResource, readonly CheckProblem[]>();

/** What is wrong with one resource by itself; kept with the resource. What API server and webhook say of one place is one problem. */
function ownProblems(resource: Resource): readonly CheckProblem[] {
  let problems = own.get(resource);
  if (problems === undefined) {
    const faults = webhookFaults(resource);
    const refused = schemaProblems(resource.value);
    const taken = (path: YamlPath): boolean =>
      faults.some((fault) => fault.severity === 'error' && !fault.lost && sameItems(fault.path, path));
    problems = [
      ...refused
        .filter(({ path }) => !taken(path))
        .map(({ code, path, message }): CheckProblem => ({
          code,
          severity: 'error',
          message: `${String(path.at(-1) ?? resource.kind)} ${message}.`,
          ...remedied(code),
          resource: resource.id,
          source: sourceOf(resource, path),
          by: ['apiServer'],
        })),
      ...faults.map((fault) =>
        faultProblem(
          resource,
          fault,
          fault.severity === 'error' && refused.some(({ path }) => sameItems(path, fault.path)),
        ),
      ),
    ];
    own.set(resource, problems);
  }
  return problems;
}

const found = new WeakMap<AnyResource, Map<string, CheckProblem>>();
const ofFinding = new WeakMap<Finding, CheckProblem>();

/** The problem that a finding is; findings that say the same are one. */
function findingProblem(finding: Finding): CheckProblem {
  const known = ofFinding.get(finding);
  if (known !== undefined) return known;
  const { code, entry, path, message, remedy } = finding;
  const { resource } = entry;
  let kept = found.get(resource);
  if (kept === undefined) found.set(resource, (kept = new Map<string, CheckProblem>()));
  const key = [code, message, ...path].join('\n');
  let problem = kept.get(key);
  if (problem === undefined) {
    problem = {
      code,
      severity: SEVERITY[levelOf(code)],
      message,
      ...remedied(code, remedy),
      resource: resource.id,
      source: sourceOf(resource, path),
      by: ['istioctl'],
    };
    kept.set(key, problem);
  }
  ofFinding.set(finding, problem);
  return problem;
}

const ofMesh = new WeakMap<MeshProblem, CheckProblem>();

/** What the index of the mesh alone sees, by resource. */
function indexProblems(mesh: Mesh): ReadonlyMap<ResourceId, readonly CheckProblem[]> {
  const problems = meshProblems(mesh).map((told) => {
    let problem = ofMesh.get(told);
    if (problem === undefined) ofMesh.set(told, (problem = { ...told, by: ['meshwright'] }));
    return problem;
  });
  return grouped(problems, ({ resource }) => resource);
}

/**
 * What API server, webhook and istioctl say of these resources, the mesh being all that there is, and what only its index shows (names
 * taken twice, delegates that are not there), resource by resource. Each is judged by itself once; only what hangs on others is found
 * anew. Nothing follows from what could not be read: resources with values of the wrong type, or of documents that are broken now, are
 * judged by themselves only.
 */
export function findProblems(
  resources: readonly Resource[],
  mesh: Mesh,
  options: CheckOptions = {},
): readonly CheckProblem[] {
  return takeSteps(problemSteps(resources, mesh, options));
}

/** The same in steps. */
export function* problemSteps(
  resources: readonly Resource[],
  mesh: Mesh,
  options: CheckOptions = {},
): Steps<readonly CheckProblem[]> {
  const byResource = new Map<AnyResource, CheckProblem[]>();
  const findings = yield* analysisSteps(mesh.resources, {
    defaultNamespace: 'default',
    complete: options.complete ?? mesh.registry === 'declared',
    now: options.now,
    muted: options.muted ?? false,
    validation: false,
    byLine: false,
  });
  for (const finding of findings) {
    const { resource } = finding.entry;
    const problem = findingProblem(finding);
    // What several analyzers say of one place is one problem.
    if (byResource.get(resource)?.includes(problem) !== true) put(byResource, resource, problem);
  }
  const ofIndex = indexProblems(mesh);
  return resources.flatMap((resource) => {
    if (resource.stale) return [];
    const more = resource.shape.length > 0 ? undefined : byResource.get(resource);
    const indexed = ofIndex.get(resource.id);
    const alone = ownProblems(resource);
    const all = (more ?? indexed) ? [...alone, ...(more ?? []), ...(indexed ?? [])] : alone;
    if (all.length === 0) return all;
    return withoutMuted(all, resource, options.fileMutes?.(resource.source.file) ?? [], options.muted);
  });
}
