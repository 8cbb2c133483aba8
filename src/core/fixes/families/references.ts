import { planRenameResource } from '../../commands/rename-resource.ts';
import { freeName } from '../../commands/style.ts';
import { planDeleteResource } from '../../commands/whole-resource.ts';
import { edit, setting, textAt } from '../edit.ts';
import { ranked } from '../nearest.ts';
import type { Family, Proposal } from '../types.ts';

/** A delegate that is not there. */
export const missingDelegate: Family = {
  codes: ['REF-DELEGATE', 'MW-DELEGATE-MISSING'],
  propose: (place): readonly Proposal[] => {
    const at = place.path.lastIndexOf('delegate');
    if (at < 0) return [];
    const delegate = place.path.slice(0, at + 1);
    const name = textAt(place, [...delegate, 'name']);
    const all = (place.projection.mesh.byKind.get('VirtualService') ?? []).filter(
      ({ id, value }) => id !== place.resource.id && !('hosts' in Object(value['spec'])),
    );
    return [
      ...ranked(name, all, (one) => one.name)
        .slice(0, 3)
        .map((one) =>
          edit(
            place,
            [
              `delegate ${one.id}`,
              `Hand on to ${one.namespace === place.resource.namespace ? one.name : `${one.namespace}/${one.name}`}`,
            ],
            [
              { kind: 'set', path: [...delegate, 'name'], value: one.name },
              ...(one.namespace === (textAt(place, [...delegate, 'namespace']) || place.resource.namespace)
                ? []
                : [{ kind: 'set', path: [...delegate, 'namespace'], value: one.namespace } as const]),
            ],
          ),
        ),
      edit(place, ['removeRule', 'Remove this rule'], [{ kind: 'remove', path: delegate.slice(0, -1) }]),
    ];
  },
};

/** A name that another object of the kind has. */
export const nameTwice: Family = {
  codes: ['NAME-TWICE'],
  propose: ({ projection, resource }) => {
    const name = freeName(projection, resource.kind, resource.namespace, resource.name);
    return [
      {
        id: 'rename',
        title: `Call it ${name}`,
        kind: 'choice',
        plan: () => planRenameResource(projection, { kind: 'renameResource', resource: resource.id, name }),
      },
      {
        id: 'delete',
        title: 'Delete this one',
        kind: 'choice',
        plan: () => planDeleteResource(projection, { kind: 'deleteResource', resource: resource.id }),
      },
    ];
  },
};

/** A Secret that is not there. */
export const missingSecret: Family = {
  codes: ['IST0101'],
  propose: (place) => {
    if (place.path.at(-1) !== 'credentialName') return [];
    const written = textAt(place, place.path);
    const secrets = [...new Set((place.projection.mesh.byKind.get('Secret') ?? []).map(({ name }) => name))];
    return ranked(written, secrets, (one) => one)
      .slice(0, 3)
      .map((one) => setting(place, [`secret ${one}`, `Use the Secret ${one}`], place.path, one));
  },
};
