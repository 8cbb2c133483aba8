import { isStar, readScans } from './scanner-read.ts';
import type { Scan, Step } from './scanner-read.ts';

/**
 * Scans as numbers in one array, since objects for each of 10,000 expressions are more than the cache holds. A scan is
 * `[alternatives, ...]`; an alternative `[its size, segments, length of the last one, ...]`, segments being what stands before, between and
 * behind the `.*`; a segment `[its size, parts, ...]`; a part `[length of its text, set, min, max, ...text]`: the text, and behind it `min`
 * to `max` characters of the set.
 */
export interface ScanCode {
  readonly code: Uint16Array;
  /** 128 for each set: 1 for each character that counts. */
  readonly sets: Uint8Array;
}

/** As a part's `max`: any number. */
export const MANY = 65_535;

/** Scans being written. */
export interface Writer {
  readonly code: number[];
  /** Sets by their numbers; the first is empty. */
  readonly sets: Map<Uint8Array, number>;
  /** Where a scan stands, by its numbers. */
  readonly known: Map<string, number>;
}

/** With nothing written yet. */
export const newWriter = (): Writer => ({ code: [], sets: new Map([[new Uint8Array(128), 0]]), known: new Map() });

function setNumber(set: Uint8Array, writer: Writer): number {
  const number = writer.sets.get(set) ?? writer.sets.size;
  writer.sets.set(set, number);
  return number;
}

const part = (text: string, set: number, min: number, max: number): readonly number[] => [
  text.length,
  set,
  min,
  Math.min(max, MANY),
  ...Array.from({ length: text.length }, (_, n) => text.charCodeAt(n)),
];

/** The steps of a segment, without the text `skipped` that it begins with; `undefined` where it doesn't. */
function segmentCode(steps: Scan, skipped: string, writer: Writer): readonly number[] | undefined {
  const out: number[] = [];
  let parts = 0;
  let text = '';
  let left = skipped;
  const close = (step: Step | undefined): boolean => {
    if (!text.startsWith(left)) return false;
    const { set, min, max } = step ?? { set: undefined, min: 0, max: 0 };
    out.push(...part(text.slice(left.length), set === undefined ? 0 : setNumber(set, writer), min, max));
    parts += 1;
    text = '';
    left = '';
    return true;
  };
  for (const step of steps) {
    if (step.char !== undefined && step.min === step.max) text += step.char.repeat(step.min);
    else if (!close(step)) return undefined;
  }
  if ((text !== '' || left !== '') && !close(undefined)) return undefined;
  return [out.length + 2, parts, ...out];
}

const lengthOf = (steps: Scan): number => steps.reduce((sum, { min }) => sum + min, 0);

function segmentsOf(scan: Scan): readonly Scan[] {
  const segments: Scan[] = [];
  let from = 0;
  for (let i = 0; i < scan.length; i++) {
    if (!isStar(scan[i])) continue;
    segments.push(scan.slice(from, i));
    from = i + 1;
  }
  return [...segments, scan.slice(from)];
}

/** An expression's scans, each without the text that it begins with. */
function programOf(scans: readonly Scan[], skipped: string, writer: Writer): readonly number[] | undefined {
  const out = [scans.length];
  for (const segments of scans.map(segmentsOf)) {
    const codes = segments.map((one, n) => segmentCode(one, n === 0 ? skipped : '', writer));
    const flat: number[] = [];
    for (const code of codes) {
      if (code === undefined) return undefined;
      flat.push(...code);
    }
    const last = lengthOf(segments.at(-1) ?? []);
    if (last > MANY) return undefined;
    out.push(flat.length + 3, segments.length, last);
    for (const number of flat) out.push(number);
  }
  return out.length < MANY && writer.sets.size < MANY ? out : undefined;
}

/** Where an expression's scan stands: at `at` in the code, to be begun at the character `from` of a text. */
export interface ScanPlace {
  readonly at: number;
  readonly from: number;
}

/**
 * Writes a plain expression's scan; `undefined` where it is not plain enough. Where all that it takes begins with `known`, which is known of
 * the texts already, the scan begins behind it: so many expressions have one scan.
 */
export function writeScan(pattern: string, known: string, writer: Writer): ScanPlace | undefined {
  const scans = readScans(pattern);
  if (scans === undefined) return undefined;
  const short = known === '' ? undefined : programOf(scans, known, writer);
  const program = short ?? programOf(scans, '', writer);
  if (program === undefined) return undefined;
  const key = program.join();
  const at = writer.known.get(key) ?? writer.code.length;
  if (at === writer.code.length) {
    writer.known.set(key, at);
    for (const number of program) writer.code.push(number);
  }
  return { at, from: short === undefined ? 0 : known.length };
}

/** The code of all that was written. */
export function codeOf({ code, sets }: Writer): ScanCode {
  const flat = new Uint8Array(sets.size * 128);
  for (const [set, number] of sets) flat.set(set, number * 128);
  return { code: Uint16Array.from(code), sets: flat };
}
