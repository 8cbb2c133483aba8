import { isMap } from '../../yaml/model.ts';
import type { Json } from '../../yaml/types.ts';
import { edit } from '../edit.ts';
import type { Family } from '../types.ts';

/** Fields on their way out, and what they are called now. */
export const deprecated: Family = {
  codes: ['IST0002', 'V-VS-091', 'V-DR-012'],
  propose: (place) => {
    const key = place.path.at(-1);
    const { value } = place;
    const parent = place.path.slice(0, -1);
    if (typeof value !== 'number')
      return key === 'egressProxy'
        ? [
            edit(
              place,
              ['removeField', 'Remove egressProxy, which is ignored', 'safe'],
              [{ kind: 'remove', path: place.path }],
            ),
          ]
        : [];
    const now: Readonly<Record<string, readonly [string, Json]>> = {
      percent: ['percentage', { value }],
      mirrorPercent: ['mirrorPercentage', { value }],
      consecutiveErrors: ['consecutive5xxErrors', value],
    };
    const found = now[String(key)];
    if (found === undefined) return [];
    const [name, made] = found;
    const set = { kind: 'set', path: place.path, value: made } as const;
    const rename = { kind: 'rename', path: place.path, key: name } as const;
    const ops = isMap(made) ? [set, rename] : [rename];
    return [
      edit(place, [`rename ${name}`, `Write ${name}`, 'safe'], ops),
      edit(place, ['removeField', `Remove ${String(key)}`], [{ kind: 'remove', path: [...parent, String(key)] }]),
    ];
  },
};
