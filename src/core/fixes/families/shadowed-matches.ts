import { valueAt } from '../../yaml/model.ts';
import type { Json } from '../../yaml/types.ts';
import { edit, listAt } from '../edit.ts';
import type { Family } from '../types.ts';

const prefixesOf = (rule: Json): readonly string[] =>
  listAt(rule, ['match']).map((match) => {
    const prefix = valueAt(match, ['uri', 'prefix']);
    return typeof prefix === 'string' ? prefix : '';
  });

/** A match that an earlier rule has already. */
export const repeatedMatch: Family = {
  codes: ['V-VS-202'],
  propose: (place) => {
    const rule = place.path.slice(0, 3);
    const alone = listAt(place.object, [...rule, 'match']).length < 2;
    return alone
      ? [edit(place, ['removeRule', 'Remove this rule, which is never used'], [{ kind: 'remove', path: rule }])]
      : [
          edit(
            place,
            ['removeMatch', 'Remove this match, which is never used'],
            [{ kind: 'remove', path: place.path }],
          ),
        ];
  },
};

/** A rule whose matches earlier rules have. */
export const repeatedRule: Family = {
  codes: ['V-VS-203'],
  propose: (place) => [
    edit(place, ['removeRule', 'Remove this rule, which is never used'], [{ kind: 'remove', path: place.path }]),
  ],
};

/** A prefix behind a shorter one that takes its requests. */
export const shadowedPrefix: Family = {
  codes: ['V-VS-204'],
  propose: (place) => {
    const [spec, protocol, index, , at] = place.path;
    if (spec === undefined || protocol === undefined || typeof index !== 'number' || typeof at !== 'number') return [];
    const rules = listAt(place.object, [spec, protocol]);
    const own = prefixesOf(rules[index] ?? null)[at] ?? '';
    const covers = (prefix: string): boolean => prefix !== '' && prefix !== own && own.startsWith(prefix);
    const path = [spec, protocol, index];
    const first = rules.findIndex((rule, place_) => place_ < index && prefixesOf(rule).some(covers));
    const within = prefixesOf(rules[index] ?? null).findIndex((prefix, place_) => place_ < at && covers(prefix));
    const many = listAt(place.object, [...path, 'match']).length > 1;
    return [
      ...(first < 0
        ? []
        : [
            edit(
              place,
              ['ruleFirst', `Move the rule for ${own} before the one for the shorter prefix`, 'safe'],
              [{ kind: 'move', path, to: first }],
            ),
          ]),
      ...(within < 0
        ? []
        : [
            edit(
              place,
              ['matchFirst', `Move the match for ${own} before the shorter prefix`, 'safe'],
              [{ kind: 'move', path: place.path, to: within }],
            ),
          ]),
      many
        ? edit(place, ['removeMatch', 'Remove this match, which is never used'], [{ kind: 'remove', path: place.path }])
        : edit(place, ['removeRule', 'Remove this rule, which is never used'], [{ kind: 'remove', path }]),
    ];
  },
};
