import { resourceId } from '../base/ids.ts';
import type { ResourceId } from '../base/ids.ts';
import {
  hostIsWithin,
  hostsMatch,
  isDestinationRule,
  isService,
  isServiceEntry,
  serviceOfHost,
} from '../istio/index.ts';
import type { AnyResource, Resource, SourceRef } from '../istio/index.ts';
import { mentionsOf, selectorText } from './mentions.ts';
import type { Mention } from './mentions.ts';
import { fullName } from './services.ts';
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

type Outcome = Pick<Reference, 'to' | 'target' | 'status' | 'message' | 'remedy'>;

function otherNamespaces(kind: string, name: string, lookup: Lookup): readonly string[] {
  return (lookup.byKind.get(kind) ?? [])
    .filter((resource) => resource.name === name)
    .map((resource) => resource.namespace);
}

function named(kind: 'Gateway' | 'VirtualService', mention: Mention, lookup: Lookup): Outcome {
  const to = `${kind} ${mention.name}`;
  const target = lookup.byId.get(resourceId(to));
  if (target !== undefined) return { to, target: target.id, status: 'found' };
  const slash = mention.name.indexOf('/');
  const [namespace, name] = [mention.name.slice(0, slash), mention.name.slice(slash + 1)];
  const [elsewhere] = otherNamespaces(kind, name, lookup);
  const remedy =
    elsewhere === undefined
      ? `Add the ${kind}, or name one that is there.`
      : kind === 'Gateway'
        ? `There is one in ${elsewhere}: write ${elsewhere}/${name}.`
        : `There is one in ${elsewhere}: add namespace: ${elsewhere} beside the name.`;
  return { to, status: 'missing', message: `There is no ${kind} ${name} in namespace ${namespace}.`, remedy };
}

function missingHost(mention: Mention, lookup: Lookup): Outcome {
  const { name: host, written } = mention;
  const full = fullName(host);
  if (full !== undefined && lookup.services.has(full)) {
    return {
      to: host,
      status: 'missing',
      message: `${written} is taken literally, since only names without a dot are completed; no service has that host.`,
      remedy: `Write ${full}.`,
    };
  }
  const wildcard = lookup.wildcards.find((wild) => hostIsWithin(host, wild));
  if (wildcard !== undefined) {
    return {
      to: host,
      status: 'missing',
      message: `The service ${wildcard} does not make ${host} a destination: destinations are looked up by their exact host.`,
      remedy: `Send to ${wildcard}, or add a ServiceEntry for ${host}.`,
    };
  }
  const name = serviceOfHost(host)?.name;
  const [elsewhere] = name === undefined ? [] : otherNamespaces('Service', name, lookup);
  const remedy =
    elsewhere === undefined
      ? 'Add a Service or a ServiceEntry for it, or correct the name.'
      : `There is a Service ${name} in ${elsewhere}: write ${name}.${elsewhere}.svc.cluster.local.`;
  return { to: host, status: 'missing', message: `No Service or ServiceEntry declares ${host}.`, remedy };
}

const ofService = (to: string, service: MeshService): Outcome =>
  service.origin === 'assumed' ? { to, status: 'assumed' } : { to, target: service.resource, status: 'found' };

function destination(mention: Mention, lookup: Lookup): Outcome {
  const service = lookup.services.get(mention.name);
  return service === undefined ? missingHost(mention, lookup) : ofService(mention.name, service);
}

/** A host that a VirtualService or a DestinationRule is for; wildcards are good when any service is among them. */
function host(mention: Mention, lookup: Lookup): Outcome {
  const service = lookup.services.get(mention.name);
  if (service !== undefined) return ofService(mention.name, service);
  const among = mention.name.startsWith('*')
    ? [...lookup.services.values()].find((one) => hostsMatch(mention.name, one.host))
    : lookup.services.get(lookup.wildcards.find((wild) => hostIsWithin(mention.name, wild)) ?? '');
  if (among !== undefined) return ofService(mention.name, among);
  if (mention.assumes === true && !mention.name.startsWith('*')) return missingHost(mention, lookup);
  if (lookup.registry === 'assumed') return { to: mention.name, status: 'assumed' };
  return {
    to: mention.name,
    status: 'missing',
    message: `No service has the host ${mention.written}: in the mesh these rules hold for it on port 80 at most.`,
    remedy: 'Add a Service or a ServiceEntry for it, or bind the VirtualService to a gateway only.',
  };
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
  const others = service.subsets.filter((one) => !one.missing).map((one) => one.name);
  const [rule] = service.destinationRules;
  const remedy =
    rule === undefined
      ? `Add a DestinationRule for ${mention.written} with this subset.`
      : `Add it to ${rule}${others.length > 0 ? `, or use ${others.join(', ')}` : ''}.`;
  return {
    to,
    status: 'missing',
    message: `No DestinationRule declares subset ${mention.subset ?? ''} of ${mention.name}.`,
    remedy,
  };
}

function port(mention: Mention, lookup: Lookup): Outcome {
  const to = `${mention.name}:${mention.port ?? ''}`;
  const service = lookup.services.get(mention.name);
  if (service === undefined) return { to, status: 'assumed' };
  if (service.ports.some((one) => one.number === mention.port)) return ofService(to, service);
  const ports = service.ports.map((one) => one.number).join(', ');
  return {
    to,
    status: 'missing',
    message: `${mention.name} has no port ${mention.port ?? ''}.`,
    remedy:
      ports === ''
        ? 'Add the port to the service.'
        : `It has ${ports}: use one of these, or add the port to the service.`,
  };
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
  const { to, target, status, message, remedy } = outcome;
  return { kind, from: id, source, to, target, status, message, remedy };
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
  return {
    to,
    status: 'missing',
    message: `No workload of namespace ${namespace} carries ${to}.`,
    remedy: 'Requests will get 503 (no healthy upstream): correct the selector or the labels.',
  };
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
    earlier.message === now.message &&
    earlier.remedy === now.remedy &&
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
