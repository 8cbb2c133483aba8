import { planAddSubset } from '../../commands/add-subset.ts';
import { resolveHost } from '../../istio/index.ts';
import { isMap, valueAt } from '../../yaml/model.ts';
import type { Json } from '../../yaml/types.ts';
import { edit, listAt, removing, setting, textAt } from '../edit.ts';
import { meant, ranked } from '../nearest.ts';
import type { Family, Place, Proposal } from '../types.ts';

/** Names of the subsets that DestinationRules declare for a host. */
function declaredSubsets(place: Place, host: string): readonly string[] {
  const service = place.projection.mesh.services.get(resolveHost(host, place.resource.namespace));
  return service?.subsets.filter(({ missing }) => !missing).map(({ name }) => name) ?? [];
}

/** A subset that no DestinationRule declares. */
export const missingSubset: Family = {
  codes: ['IST0101', 'KIA1107', 'V-VS-152', 'MW-NO-CLUSTER'],
  propose: (place) => {
    if (place.path.at(-1) !== 'subset') return [];
    const host = textAt(place, [...place.path.slice(0, -1), 'host']);
    const name = textAt(place, place.path);
    const declared = declaredSubsets(place, host);
    const create: Proposal = {
      id: 'addSubset',
      title: `Declare the subset ${name} of ${host}`,
      kind: 'choice',
      plan: () =>
        planAddSubset(place.projection, { kind: 'addSubset', host: resolveHost(host, place.resource.namespace), name }),
    };
    const close = meant(name, declared);
    const use = ranked(name, declared, (one) => one)
      .slice(0, 3)
      .map((one) => setting(place, [`subset ${one}`, `Use the subset ${one}`], place.path, one));
    return [
      ...(close.length > 0 ? use : [create]),
      ...(close.length > 0 ? [create] : use),
      removing(place, ['noSubset', 'Send it to all pods: remove subset'], place.path),
    ];
  },
};

/** A destination without a subset, of a host that is split into some elsewhere. */
export const forgottenSubset: Family = {
  codes: ['IST0140'],
  propose: (place) => {
    const destination = place.path.slice(0, -1);
    const names = declaredSubsets(place, textAt(place, place.path));
    return names
      .slice(0, 4)
      .map((name) =>
        setting(place, [`subset ${name}`, `Send it to the subset ${name}`], [...destination, 'subset'], name),
      );
  },
};

/** Values of a label on pods that have it. */
function labelValues(place: Place, key: string): readonly string[] {
  const pods = place.projection.mesh.byKind.get('Pod') ?? [];
  return [...new Set(pods.flatMap(({ labels }) => labels[key] ?? []))];
}

/** A subset that no pod belongs to. */
export const emptySubset: Family = {
  codes: ['IST0173', 'MW-NO-ENDPOINT'],
  propose: (place) => {
    if (place.path.at(-2) !== 'subsets') return [];
    const labels = valueAt(place.object, [...place.path, 'labels']);
    const pairs = isMap(labels) ? Object.entries(labels) : [];
    return [
      ...pairs.flatMap(([key, value]) =>
        ranked(String(value), labelValues(place, key), (one) => one)
          .filter((one) => one !== value)
          .slice(0, 2)
          .map((one) =>
            setting(
              place,
              [`label ${key} ${one}`, `Choose pods with ${key}: ${one}`],
              [...place.path, 'labels', key],
              one,
            ),
          ),
      ),
      removing(place, ['removeSubset', `Remove the subset ${textAt(place, [...place.path, 'name'])}`], place.path),
    ];
  },
};

const named = (subset: Json): string => String(valueAt(subset, ['name']) ?? '');

/** Two subsets of one name, or one without. */
export const subsetNames: Family = {
  codes: ['V-DR-111', 'V-DR-112', 'V-DR-113', 'SCHEMA-REQUIRED'],
  propose: (place) => {
    const path = place.path.at(-1) === 'name' ? place.path.slice(0, -1) : place.path;
    if (path.at(-2) !== 'subsets') return [];
    const subset = valueAt(place.object, path) ?? null;
    const taken = new Set(listAt(place.object, path.slice(0, -1)).map(named));
    const version = textAt(place, [...path, 'labels', 'version']);
    const base = plainName(named(subset)) || plainName(version) || 'subset';
    let free = base;
    for (let next = 2; taken.has(free); next += 1) free = `${base}-${next}`;
    return [
      ...(version !== '' && plainName(version) === version && !taken.has(version)
        ? [setting(place, [`name ${version}`, `Name it ${version}, as its label says`], [...path, 'name'], version)]
        : []),
      setting(place, [`name ${free}`, `Name it ${free}`], [...path, 'name'], free),
      edit(place, ['removeSubset', 'Remove this subset'], [{ kind: 'remove', path }]),
    ];
  },
};

const plainName = (text: string): string =>
  text
    .replace(/[^A-Za-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63);
