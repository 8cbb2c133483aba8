import { removing, setting } from '../edit.ts';
import type { Family } from '../types.ts';

const SHARES = ['V-DR-014', 'V-DR-015', 'V-VS-090', 'V-VS-092', 'V-VS-093', 'V-VS-098', 'V-VS-081', 'V-VS-086'];
const COUNTS = ['V-DR-021', 'V-DR-022', 'V-DR-023', 'V-DR-024', 'V-DR-025', 'V-DR-030', 'V-VS-120'];
const STATUSES: Readonly<Record<string, readonly number[]>> = {
  'V-VS-082': [503, 500],
  'V-VS-112': [404, 503, 200],
  'V-VS-103': [301, 302, 308],
};

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

/** Percentages, counts and statuses that are out of range: the nearest that is in it. */
export const outOfRange: Family = {
  codes: [...SHARES, ...COUNTS, ...Object.keys(STATUSES), 'SCHEMA-RANGE'],
  propose: (place) => {
    const { code, message } = place.problem;
    const path =
      place.path.at(-1) === 'percentage'
        ? [...place.path, 'value']
        : code === 'V-VS-112' && place.path.at(-1) !== 'status'
          ? [...place.path, 'status']
          : place.path;
    const name = String(path.at(-1));
    const drop = removing(place, ['removeField', `Remove ${name}`], path);
    const set = (value: number): ReturnType<typeof setting> =>
      setting(place, [`set ${value}`, `Write ${value}`], path, value);
    const statuses = STATUSES[code];
    if (statuses !== undefined) return statuses.map(set);
    const written = Number(place.path === path ? place.value : Reflect.get(Object(place.value), 'value'));
    if (COUNTS.includes(code)) return [set(0), ...(written < 0 ? [set(-written)] : []), drop];
    const [, least, most] = /from (\S+) to ([^.\s]+)/.exec(message) ?? [];
    if (code === 'SCHEMA-RANGE' && least === undefined) return [];
    const bound = (text: string | undefined, other: number): number =>
      text === undefined || text === 'any' ? other : Number(text);
    const nearest = SHARES.includes(code)
      ? clamp(written, 0, 100)
      : clamp(written, bound(least, -Infinity), bound(most, Infinity));
    // What is lost between 0 and 0.0001 percent is none.
    const fine = Math.abs(nearest) < 0.0001 ? 0 : nearest;
    return Number.isFinite(fine) && fine !== written ? [set(fine), drop] : [drop];
  },
};
