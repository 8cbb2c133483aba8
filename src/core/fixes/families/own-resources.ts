import { planDeleteResource } from '../../commands/whole-resource.ts';
import { resolveHost } from '../../istio/index.ts';
import type { YamlOp } from '../../yaml/types.ts';
import { edit, removing, setting, textAt, textsAt } from '../edit.ts';
import { ranked } from '../nearest.ts';
import type { Family, Place, Proposal } from '../types.ts';
import { hostsNear, unknownHost } from './hosts.ts';
import { destinationPorts } from './ports.ts';
import { missingSubset } from './subsets.ts';

function deleting({ projection, resource }: Place): Proposal {
  return {
    id: 'deleteThis',
    title: `Delete ${resource.name}`,
    kind: 'choice',
    plan: () => planDeleteResource(projection, { kind: 'deleteResource', resource: resource.id }),
  };
}

/** A destination that ends in 503: another host, subset or port. */
export const deadDestination: Family = {
  codes: ['MW-NO-CLUSTER', 'MW-NO-ENDPOINT'],
  propose: (place) => {
    if (place.path.at(-1) !== 'destination') return [];
    const at = (key: string): Place => ({ ...place, path: [...place.path, key] });
    const subset = textAt(place, [...place.path, 'subset']);
    return [
      ...(subset === '' ? [] : missingSubset.propose(at('subset'))),
      ...destinationPorts.propose(at('port')),
      ...unknownHost.propose(at('host')),
    ];
  },
};

/** Parts of DestinationRules that nobody uses. */
export const unusedParts: Family = {
  codes: ['MW-SUBSET-UNUSED', 'MW-DR-MERGED', 'MW-DR-UNUSED', 'KIA0201'],
  propose: (place) => {
    const isSubset = place.path[1] === 'subsets' && place.path.length === 3;
    if (isSubset)
      return [
        removing(place, ['removeSubset', `Remove the subset ${textAt(place, [...place.path, 'name'])}`], place.path),
      ];
    if (place.path.at(-1) === 'trafficPolicy')
      return [removing(place, ['removePolicy', 'Remove this trafficPolicy'], place.path)];
    const hosts = place.problem.code === 'MW-DR-UNUSED' ? hostsNear(place, textAt(place, ['spec', 'host'])) : [];
    return [
      ...hosts
        .slice(0, 2)
        .map((host) => setting(place, [`host ${host}`, `Use the host ${host}`], ['spec', 'host'], host)),
      deleting(place),
    ];
  },
};

/** A shortened host that is no service. */
export const partialHost: Family = {
  codes: ['MW-HOST-PARTIAL'],
  propose: (place) => {
    const [name = '', namespace = ''] = textAt(place, place.path).split('.');
    if (name === '' || namespace === '') return [];
    const full = resolveHost(name, namespace);
    return [setting(place, ['full', `Write it out: ${full}`], place.path, full)];
  },
};

/** Hosts of a server of which istiod dies: everything, beside others. */
export const crash: Family = {
  codes: ['MW-ISTIOD-CRASH', 'V-SC-027'],
  propose: (place) => {
    const path = place.path.at(-1) === 'hosts' ? place.path : place.path.slice(0, -1);
    const hosts = textsAt(place.object, path);
    const all = hosts.indexOf('*/*');
    if (all < 0) return [];
    const others = hosts
      .map((_, index): YamlOp => ({ kind: 'remove', path: [...path, index] }))
      .filter((_, index) => index !== all);
    return [
      edit(place, ['allOnly', 'Keep only */*, which is everything', 'safe'], others.reverse()),
      removing(place, ['notAll', 'Remove */*'], [...path, all]),
    ];
  },
};

/** A namespace to export to that is not there. */
export const unknownNamespace: Family = {
  codes: ['KIA0005'],
  propose: (place) => {
    const written = textAt(place, place.path);
    const known = [
      ...new Set(
        place.projection.resources.map(({ kind, name, namespace }) => (kind === 'Namespace' ? name : namespace)),
      ),
    ].filter((one) => one !== '' && one !== written);
    return [
      ...ranked(written, known, (one) => one)
        .slice(0, 3)
        .map((one) => setting(place, [`set ${one}`, `Export to ${one}`], place.path, one)),
      setting(place, ['set .', 'Export to the own namespace'], place.path, '.'),
      removing(place, ['removeEntry', `Remove ${written}`], place.path),
    ];
  },
};

/** A subset without labels: all pods. */
export const subsetLabels: Family = {
  codes: ['KIA0209'],
  propose: (place) => {
    const name = textAt(place, [...place.path, 'name']);
    return name === ''
      ? []
      : [setting(place, ['label', `Choose pods with version: ${name}`], [...place.path, 'labels'], { version: name })];
  },
};

/** One host and port in two ServiceEntries. */
export const entryTwice: Family = {
  codes: ['KIA1211'],
  propose: (place) => [removing(place, ['removePort', 'Remove this port'], place.path), deleting(place)],
};
