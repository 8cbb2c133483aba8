import { valueAt } from '../../yaml/model.ts';
import { edit, listAt } from '../edit.ts';
import type { Family } from '../types.ts';

/** Rules behind one that takes everything: it belongs to the end. */
export const catchAll: Family = {
  codes: ['V-VS-201'],
  propose: (place) => {
    const [spec, protocol, index] = place.path;
    if (spec === undefined || protocol === undefined || typeof index !== 'number') return [];
    const rules = listAt(place.object, [spec, protocol]);
    const from = rules.findLastIndex((rule, at) => at < index && listAt(rule, ['match']).length === 0);
    if (from < 0) return [];
    const named = valueAt(rules[from], ['name']);
    const title =
      typeof named === 'string'
        ? `Move the rule ${named}, which takes everything, to the end`
        : 'Move the catch-all rule to the end';
    const move = { kind: 'move', path: [spec, protocol, from], to: rules.length - 1 } as const;
    return [edit(place, ['catchAllLast', title, 'safe'], [move])];
  },
};

/** A second rule that takes everything. */
export const secondCatchAll: Family = {
  codes: ['V-VS-200'],
  propose: (place) => [
    edit(place, ['removeRule', 'Remove this rule, which is never used'], [{ kind: 'remove', path: place.path }]),
  ],
};
