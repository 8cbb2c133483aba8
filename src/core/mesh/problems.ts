import type { Resource } from '../istio/index.ts';
import type { Change } from './services.ts';
import type { Mesh, MeshProblem, Reference } from './types.ts';

const ofReference = new WeakMap<Reference, MeshProblem>();
const ofName = new WeakMap<Resource, MeshProblem>();

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

function twice(resource: Resource, first: string): MeshProblem {
  let problem = ofName.get(resource);
  if (problem === undefined) {
    const { file, slot, path } = resource.source;
    problem = {
      code: 'NAME-TWICE',
      severity: 'warning',
      message: `${first} is declared more than once: in the cluster the last one applied replaces the others.`,
      remedy: 'Rename one of them, or remove it.',
      resource: resource.id,
      source: { file, slot, path: [...path, 'metadata', 'name'] },
    };
    ofName.set(resource, problem);
  }
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
    const first = firstOfName(resource);
    if (first !== undefined) problems.push(twice(resource, first));
  }
  problems.push(...allMissing(mesh.references));
  return problems;
}
