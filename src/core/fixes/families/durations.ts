import { durationNs } from '../../istio/duration.ts';
import { fieldTypeAt } from '../../istio/index.ts';
import { removing, setting } from '../edit.ts';
import type { Family, Place, Proposal } from '../types.ts';

const UNITS: readonly (readonly [unit: string, ms: bigint])[] = [
  ['h', 3_600_000n],
  ['m', 60_000n],
  ['s', 1000n],
  ['ms', 1n],
];

/** Milliseconds as people write them: in the largest unit that needs no fraction. */
export function durationText(ms: bigint): string {
  const [unit, size] = UNITS.find(([, each]) => ms % each === 0n && ms >= each) ?? ['ms', 1n];
  return `${ms / size}${unit}`;
}

/** What was meant by a text that is no duration: `5`, `5 s`, `5sec`, `1,5s`. */
function meantBy(value: Place['value']): string | undefined {
  if (typeof value === 'number') return value > 0 ? secondsText(value) : undefined;
  if (typeof value !== 'string') return undefined;
  const found =
    /^\s*(\d+(?:[.,]\d+)?)\s*(milliseconds?|millis?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|h|days?|d)?\s*$/i.exec(
      value,
    );
  if (found === null) return undefined;
  const amount = Number((found[1] ?? '').replace(',', '.'));
  const unit = (found[2] ?? 's').toLowerCase();
  if (unit.startsWith('d')) return secondsText(amount * 86_400);
  if (unit.startsWith('mi') && !unit.startsWith('min')) return secondsText(amount / 1000);
  if (unit === 'ms') return secondsText(amount / 1000);
  if (unit.startsWith('m')) return secondsText(amount * 60);
  return secondsText(unit.startsWith('h') ? amount * 3600 : amount);
}

const secondsText = (seconds: number): string | undefined => {
  const ms = BigInt(Math.round(seconds * 1000));
  return ms > 0n ? durationText(ms) : undefined;
};

const nameOf = (place: Place): string => String(place.path.findLast((key) => typeof key === 'string'));

function ways(place: Place): readonly Proposal[] {
  const name = nameOf(place);
  const meaning = meantBy(place.value);
  const ns = typeof place.value === 'string' ? durationNs(place.value) : undefined;
  const drop = removing(place, ['removeField', `Remove ${name}: the default holds`], place.path);
  const set = (text: string, kind: 'safe' | 'choice' = 'choice'): Proposal =>
    setting(place, [`set ${text}`, `Write ${text}`, kind], place.path, text);
  if (ns === undefined) return meaning === undefined ? [drop] : [set(meaning, 'safe'), drop];
  const whole = place.problem.code === 'V-VS-075' ? 1_000_000_000n : 1_000_000n;
  if (ns >= whole && ns % whole !== 0n) {
    const rounded = ((ns + whole / 2n) / whole) * whole;
    return [set(durationText(rounded / 1_000_000n)), drop];
  }
  return ns > 0n ? [set(durationText(whole / 1_000_000n)), drop] : [drop, set('1s')];
}

/** Durations that are none, too short, or finer than Envoy can tell. */
export const durations: Family = {
  codes: ['V-VS-*', 'V-DR-*', 'V-SC-*', 'V-WG-*', 'V-DEC-004', 'SCHEMA-TYPE', 'SCHEMA-RULE', 'SCHEMA-RANGE'],
  propose: (place) => {
    const { group, kind } = place.resource;
    return fieldTypeAt(group, kind, place.path)?.kind === 'duration' ? ways(place) : [];
  },
};
