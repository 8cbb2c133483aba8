import type { Json, YamlOp } from '../../yaml/types.ts';
import { edit, removing, setting, textsAt } from '../edit.ts';
import type { Family, Place, Proposal } from '../types.ts';

const PATH = ['spec', 'exportTo'];
const all = (...rules: readonly string[]): readonly string[] => rules;

/** An entry of `exportTo` that says what another one says. */
export const exportedTwice: Family = {
  codes: all('V-VS-190', 'V-VS-191', 'V-DR-120', 'V-DR-121', 'V-SE-070', 'V-SE-071'),
  propose: (place) => [removing(place, ['removeTwin', 'Remove the second one', 'safe'], place.path)],
};

function keepOnly(place: Place, kept: string): Proposal {
  const entries = textsAt(place.object, PATH);
  const at = entries.indexOf(kept);
  const ops = entries
    .map((_, index): YamlOp => ({ kind: 'remove', path: [...PATH, index] }))
    .filter((_, index) => index !== at)
    .reverse();
  return edit(place, [`keep ${kept}`, `Keep only "${kept}"`], ops);
}

function drop(place: Place, entry: string): Proposal {
  const at = textsAt(place.object, PATH).indexOf(entry);
  return removing(place, [`drop ${entry}`, `Remove "${entry}"`], [...PATH, at]);
}

/** `*` or `~` beside others. */
export const exportedBeside: Family = {
  codes: all('V-VS-194', 'V-DR-124', 'V-SE-073', 'V-SE-074'),
  propose: (place) => {
    const entries = textsAt(place.object, PATH);
    return ['*', '~']
      .filter((entry) => entries.includes(entry))
      .flatMap((entry) => [keepOnly(place, entry), drop(place, entry)]);
  },
};

/** An entry that is no namespace, or says "nobody" where somebody must be. */
export const exportedToNobody: Family = {
  codes: all('V-VS-192', 'V-VS-193', 'V-DR-122', 'V-DR-123', 'V-SE-072', 'V-SE-074'),
  propose: (place) => {
    if (place.path.length !== 3) return [];
    const written = String(place.value ?? '');
    const namespace = written
      .trim()
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '');
    const set = (text: string, title: string): Proposal =>
      setting(place, [`set ${text}`, title], place.path, text as Json);
    return [
      ...(namespace === '' || namespace === written ? [] : [set(namespace, `Write ${namespace}`)]),
      set('.', 'Export to the own namespace only'),
      removing(place, ['removeEntry', 'Remove this entry'], place.path),
    ];
  },
};

/** A DestinationRule with a selector holds in its own namespace alone. */
export const exportedWithSelector: Family = {
  codes: all('V-DR-125', 'V-DR-126'),
  propose: (place) => [setting(place, ['ownOnly', 'Export to the own namespace only', 'safe'], PATH, ['.'])],
};
