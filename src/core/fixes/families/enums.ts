import { fieldTypeAt } from '../../istio/index.ts';
import { removing, setting, textAt } from '../edit.ts';
import { meant } from '../nearest.ts';
import type { Family } from '../types.ts';

const plain = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]+/g, '_');

/** A word that is none of those that a field takes. */
export const enums: Family = {
  codes: ['SCHEMA-ENUM', 'SCHEMA-TYPE', 'V-DEC-004'],
  propose: (place) => {
    const type = fieldTypeAt(place.resource.group, place.resource.kind, place.path);
    if (type?.kind !== 'enum') return [];
    const written = textAt(place, place.path);
    const same = type.values.filter((value) => plain(value) === plain(written));
    const near = [...new Set([...same, ...meant(plain(written), type.values)])].slice(0, 3);
    const [only] = same;
    return [
      ...near.map((value) =>
        setting(place, [`set ${value}`, `Write ${value}`, value === only ? 'safe' : 'choice'], place.path, value),
      ),
      removing(place, ['removeField', `Remove ${String(place.path.at(-1))}: the default holds`], place.path),
    ];
  },
};
