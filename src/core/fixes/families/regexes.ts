import { isMap, valueAt } from '../../yaml/model.ts';
import type { Json } from '../../yaml/types.ts';
import { removing, setting } from '../edit.ts';
import type { Family, Place, Proposal } from '../types.ts';

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
const isPlain = (text: string): boolean => !/[\\^$*+?()[\]{}|]/.test(text);

/** A pattern of a shell, `*.png`, as a regular expression. */
const fromGlob = (text: string): string => escaped(text).replaceAll('\\*', '.*').replaceAll('\\?', '.');

function waysFor(place: Place, path: Place['path'], pattern: string): readonly Proposal[] {
  const match = (key: string, value: string): Proposal =>
    setting(place, [`${key} ${value}`, `Match ${key}: ${value}`], path, { [key]: value } as Json);
  const out: Proposal[] = [];
  const open = /^(.*?)\.?\*$/.exec(pattern)?.[1];
  if (open !== undefined && open !== '' && isPlain(open)) out.push(match('prefix', open));
  if (isPlain(pattern)) out.push(match('exact', pattern));
  // RE2 has no looking around and no going back; what stands in front of them is the closest that can be said.
  const lookless = pattern.replace(/\(\?<?[=!][^()]*\)/g, '').replace(/\\[1-9]/g, '.*');
  const tries = [fromGlob(pattern), lookless === pattern ? '' : lookless, escaped(pattern)];
  for (const regex of [...new Set(tries)])
    if (regex !== '' && regex !== pattern)
      out.push(setting(place, [`regex ${regex}`, `Write ${regex}`], [...path, 'regex'], regex));
  return out;
}

const EMPTY = new Set(['V-VS-042', 'V-VS-044', 'V-VS-045', 'V-VS-046', 'V-VS-047', 'V-VS-048', 'V-VS-049', 'V-VS-070']);

function emptyWays(place: Place, path: Place['path'], key: 'prefix' | 'regex'): readonly Proposal[] {
  const field = path.at(-2);
  const drop = removing(place, ['removeMatch', `Remove ${String(path.at(-1))}`], path);
  if (field === 'headers' || field === 'queryParams')
    return [
      setting(place, ['present', 'Ask only whether it is there', field === 'headers' ? 'safe' : 'choice'], path, {}),
      drop,
    ];
  if (field === 'withoutHeaders')
    return [setting(place, ['present', 'Ask whether it is there', 'safe'], path, { regex: '*' }), drop];
  return path.at(-1) === 'uri'
    ? [setting(place, ['root', 'Match prefix: /'], path, { prefix: '/' }), drop]
    : [drop, setting(place, ['any', 'Match anything'], [...path, key], '.*')];
}

/** Regular expressions that RE2 does not read, and matches that say nothing. */
export const regexes: Family = {
  codes: [...EMPTY, 'V-VS-071'],
  propose: (place) => {
    const { value } = place;
    if (!isMap(value)) return [];
    for (const key of ['prefix', 'regex'] as const) if (value[key] === '') return emptyWays(place, place.path, key);
    const regex = valueAt(value, ['regex']);
    return typeof regex === 'string' ? waysFor(place, place.path, regex) : [];
  },
};

/** The pattern of a rewrite. */
export const rewritePattern: Family = {
  codes: ['V-VS-133'],
  propose: (place) => {
    if (typeof place.value !== 'string') return [];
    const pattern = place.value;
    const tries = [...new Set([fromGlob(pattern), escaped(pattern)])].filter((one) => one !== pattern);
    return tries.map((one) => setting(place, [`pattern ${one}`, `Write ${one}`], place.path, one));
  },
};
