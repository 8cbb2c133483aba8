import { resourceId } from '../base/ids.ts';
import type { ResourceId } from '../base/ids.ts';
import { hostIsWithin, hostsMatch, isDestinationRule, isService, isServiceEntry } from '../istio/index.ts';
import type { AnyResource, Resource, SourceRef } from '../istio/index.ts';
import { mentionsOf, selectorText } from './mentions.ts';
import type { Mention } from './mentions.ts';
import type { MeshService, Reference, ReferenceKind } from './types.ts';
import { selectWorkloads } from './workloads.ts';
import type { WorkloadIndex } from './workloads.ts';

export interface Lookup {
  readonly byId: ReadonlyMap<ResourceId, Resource>;
  readonly byKind: ReadonlyMap<string, readonly Resource[]>;
  readonly services: ReadonlyMap<string, MeshService>;
  readonly workloads: WorkloadIndex;
  readonly registry: 'assumed' | 'declared';
  /** Hosts of services that begin with a wildcard. */
  readonly wildcards: readonly string[];
  /** Names of all Secrets. */
  readonly secrets: ReadonlyMap<string, ResourceId>;
}

type Outcome = Pick<Reference, 'to' | 'target' | 'status'>;

function named(kind: 'Gateway' | 'VirtualService', mention: Mention, lookup: Lookup): Outcome {
  const to = `${kind} ${mention.name}`;
  const target = lookup.byId.get(resourceId(to));
  if (target !== undefined) return { to, target: target.id, status: 'found' };
  return { to, status: 'missing' };
}

const ofService = (to: string, service: MeshService): Outcome =>
  service.origin === 'assumed' ? { to, status: 'assumed' } : { to, target: service.resource, status: 'found' };

function destination(mention: Mention, lookup: Lookup): Outcome {
  const service = lookup.services.get(mention.name);
  return service === undefined ? { to: mention.name, status: 'missing' } : ofService(mention.name, service);
}

/** A host that a VirtualService or a DestinationRule is for; wildcards are good when any service is among them. */
function host(mention: Mention, lookup: Lookup): Outcome {
  const service = lookup.services.get(mention.name);
  if (service !== undefined) return ofService(mention.name, service);
  const among = mention.name.startsWith('*')
    ? [...lookup.services.values()].find((one) => hostsMatch(mention.name, one.host))
    : lookup.services.get(lookup.wildcards.find((wild) => hostIsWithin(mention.name, wild)) ?? '');
  if (among !== undefined) return ofService(mention.name, among);
  const isAssumed = lookup.registry === 'assumed' && (mention.assumes !== true || mention.name.startsWith('*'));
  return { to: mention.name, status: isAssumed ? 'assumed' : 'missing' };
}

function subset(mention: Mention, lookup: Lookup): Outcome {
  const to = `${mention.name} ${mention.subset ?? ''}`;
  const service = lookup.services.get(mention.name);
  if (service === undefined) return { to, status: 'assumed' };
  const found = service.subsets.find((one) => one.name === mention.subset);
  if (found !== undefined && !found.missing) {
    const owner = service.destinationRules.find((id) => {
      const rule: AnyResource | undefined = lookup.byId.get(id);
      return (
        rule !== undefined &&
        isDestinationRule(rule) &&
        rule.spec.subsets?.some((one) => one.name === mention.subset) === true
      );
    });
    return { to, target: owner, status: 'found' };
  }
  return { to, status: 'missing' };
}

function port(mention: Mention, lookup: Lookup): Outcome {
  const to = `${mention.name}:${mention.port ?? ''}`;
  const service = lookup.services.get(mention.name);
  if (service === undefined) return { to, status: 'assumed' };
  if (service.ports.some((one) => one.number === mention.port)) return ofService(to, service);
  return { to, status: 'missing' };
}

function credential(mention: Mention, lookup: Lookup): Outcome {
  const target = lookup.secrets.get(mention.name);
  const to = `Secret ${mention.name}`;
  // Certificates are rarely kept with the configuration, so a secret that is not here is taken to be in the cluster.
  return target === undefined ? { to, status: 'assumed' } : { to, target, status: 'found' };
}

function resolve(mention: Mention, lookup: Lookup): Outcome {
  switch (mention.kind) {
    case 'gateway':
      return named('Gateway', mention, lookup);
    case 'delegate':
      return named('VirtualService', mention, lookup);
    case 'destination':
    case 'mirror':
      return destination(mention, lookup);
    case 'host':
      return host(mention, lookup);
    case 'subset':
      return subset(mention, lookup);
    case 'port':
      return port(mention, lookup);
    case 'credential':
      return credential(mention, lookup);
    // A gateway's pods belong to the installation and are seldom declared here.
    case 'workload':
      return { to: mention.name, status: 'assumed' };
  }
}

/** Written out, so that all references have one shape and are quick to compare. */
function referenceOf(kind: ReferenceKind, { id }: Resource, source: SourceRef, outcome: Outcome): Reference {
  const { to, target, status } = outcome;
  return { kind, from: id, source, to, target, status };
}

/** The pods of a Service, and the workloads of a ServiceEntry with a selector. */
function ofSelector(resource: Resource, lookup: Lookup): Reference | undefined {
  const any: AnyResource = resource;
  const isPlain = isService(any);
  const selector = isPlain ? any.spec.selector : isServiceEntry(any) ? any.spec.workloadSelector?.labels : undefined;
  if (selector === undefined || Object.keys(selector).length === 0) return undefined;
  const { file, slot, path } = resource.source;
  const source = { file, slot, path: [...path, 'spec', isPlain ? 'selector' : 'workloadSelector'] };
  return referenceOf('workload', resource, source, selected(resource.namespace, selector, lookup));
}

function selected(namespace: string, selector: Readonly<Record<string, string>>, lookup: Lookup): Outcome {
  const to = selectorText(selector);
  const [first] = selectWorkloads(lookup.workloads, namespace, selector, true);
  if (first !== undefined) return { to, target: first.resource, status: 'found' };
  if (lookup.registry === 'assumed' && !lookup.workloads.namespaces.has(namespace)) return { to, status: 'assumed' };
  return { to, status: 'missing' };
}

const samePlace = (a: SourceRef, b: SourceRef): boolean =>
  a === b ||
  (a.slot === b.slot &&
    a.file === b.file &&
    a.path.length === b.path.length &&
    a.path.every((key, index) => key === b.path[index]));

function isAs(earlier: Reference, now: Reference): boolean {
  return (
    earlier.kind === now.kind &&
    earlier.from === now.from &&
    earlier.status === now.status &&
    earlier.target === now.target &&
    earlier.to === now.to &&
    samePlace(earlier.source, now.source)
  );
}

/**
 * All references of a resource, in text order. `before` are those of the resource of the same id in an earlier mesh: references that
 * are as before are the same objects, and so is the list when all are. `missingOnly`: the resource is the same as then, and nothing
 * that it found has changed, so only what it misses is looked up again.
 */
export function referencesOf(
  resource: Resource,
  lookup: Lookup,
  before: readonly Reference[] | undefined,
  missingOnly = false,
): readonly Reference[] {
  const mentions = mentionsOf(resource);
  if (mentions.length === 0) {
    const selected = ofSelector(resource, lookup);
    const [earlier] = before ?? [];
    const same = selected === undefined ? before?.length === 0 : earlier !== undefined && isAs(earlier, selected);
    return same && before !== undefined ? before : selected === undefined ? [] : [selected];
  }
  let same = before?.length === mentions.length;
  const references = mentions.map((mention, index): Reference => {
    const earlier = before?.[index];
    if (missingOnly && earlier !== undefined && earlier.status !== 'missing') return earlier;
    const reference = referenceOf(mention.kind, resource, mention.source, resolve(mention, lookup));
    if (earlier !== undefined && isAs(earlier, reference)) return earlier;
    same = false;
    return reference;
  });
  return same && before !== undefined ? before : references;
}
