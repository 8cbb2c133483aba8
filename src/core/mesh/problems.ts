import { resourceId } from '../base/ids.ts';
import type { Resource } from '../istio/index.ts';
import { sameJson } from '../yaml/index.ts';
import type { Change } from './services.ts';
import type { Mesh, MeshProblem, Reference } from './types.ts';

const ofReference = new WeakMap<Reference, MeshProblem>();

/** What was said of a resource beside the first of its name. */
interface Twin {
  readonly first: Resource | undefined;
  readonly problem: MeshProblem | undefined;
}

const ofName = new WeakMap<Resource, Twin>();

function missing(reference: Reference): MeshProblem {
  let problem = ofReference.get(reference);
  if (problem === undefined) {
    const { source, from, to } = reference;
    problem = {
      code: 'REF-DELEGATE',
      severity: 'error',
      message: `There is no ${to} to delegate to.`,
      remedy: 'Add the VirtualService, or name one that is there.',
      resource: from,
      source,
    };
    ofReference.set(reference, problem);
  }
  return problem;
}

/** The id without ` ~2`, for a resource whose name another one has before it. */
function firstOfName({ id, kind, namespace, name }: Resource): string | undefined {
  // By length alone, since this is asked of every resource after every edit.
  const length = kind.length + 1 + (namespace === '' ? 0 : namespace.length + 1) + name.length;
  return id.length === length ? undefined : id.slice(0, length);
}

function twiceText(resource: Resource, id: string, first: Resource | undefined): string | undefined {
  const same = first !== undefined && sameJson(first.value, resource.value);
  if (first === undefined || first.source.file === resource.source.file) {
    return same
      ? `${id} is declared earlier in this file, word for word: one of them is enough.`
      : `${id} is declared earlier in this file too: the cluster keeps only the one that is applied last.`;
  }
  // Files that go together often repeat what they share; to apply it again changes nothing.
  if (same) return undefined;
  return `${id} is declared in ${first.source.file} too, otherwise: the cluster keeps only the one that is applied last.`;
}

/** What is wrong with an object whose name an earlier one has; the same object while it says the same. */
function twice(resource: Resource, id: string, first: Resource | undefined): MeshProblem | undefined {
  const known = ofName.get(resource);
  if (known !== undefined && known.first === first) return known.problem;
  const { file, slot, path } = resource.source;
  const message = twiceText(resource, id, first);
  const problem: MeshProblem | undefined =
    message === known?.problem?.message
      ? known?.problem
      : message === undefined
        ? undefined
        : {
            code: 'NAME-TWICE',
            severity: 'warning',
            message,
            remedy: 'Rename or remove one of them; files that are alternatives are better opened one at a time.',
            resource: resource.id,
            source: { file, slot, path: [...path, 'metadata', 'name'] },
          };
  ofName.set(resource, { first, problem });
  return problem;
}

// The resources whose name is taken, by the list that they are in.
const loudOf = new WeakMap<readonly Resource[], readonly Resource[]>();
const isLoud = (resource: Resource): boolean => firstOfName(resource) !== undefined;

function loudIn(resources: readonly Resource[]): readonly Resource[] {
  let loud = loudOf.get(resources);
  if (loud === undefined) {
    loud = resources.filter(isLoud);
    loudOf.set(resources, loud);
  }
  return loud;
}

/** Notes that a list has the problems of an earlier one where what changed between them has none: to look at all costs a millisecond. */
export function followLoud(before: readonly Resource[], after: readonly Resource[], change: Change): void {
  const loud = loudOf.get(before);
  if (loud !== undefined && ![...change.removed, ...change.added].some(isLoud)) loudOf.set(after, loud);
}

const missingIn = new WeakMap<readonly Reference[], readonly MeshProblem[]>();

function allMissing(references: readonly Reference[]): readonly MeshProblem[] {
  let problems = missingIn.get(references);
  if (problems === undefined) {
    problems = references.filter(({ kind, status }) => kind === 'delegate' && status === 'missing').map(missing);
    missingIn.set(references, problems);
  }
  return problems;
}

/** Names declared twice, then missing delegates, each in text order; unchanged ones are the same objects as before. */
export function meshProblems(mesh: Mesh): readonly MeshProblem[] {
  const problems: MeshProblem[] = [];
  for (const resource of loudIn(mesh.resources)) {
    const id = firstOfName(resource);
    const problem = id === undefined ? undefined : twice(resource, id, mesh.byId.get(resourceId(id)));
    if (problem !== undefined) problems.push(problem);
  }
  problems.push(...allMissing(mesh.references));
  return problems;
}
