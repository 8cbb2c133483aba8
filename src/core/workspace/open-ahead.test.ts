import { describe, expect, it } from 'vitest';
import { readDocument } from '../yaml/index.ts';
import { readAhead } from './open-ahead.ts';
import { splitOf } from './testing/samples.ts';

describe('readAhead', () => {
  const texts = Array.from({ length: 30 }, (_, at) => `${splitOf(`ahead${String(at)}`)}\n---\na: ${String(at)}\n`);

  it('says how far it is about as often as it was asked to', () => {
    const length = texts.reduce((sum, text) => sum + text.length, 0);
    const told = [...readAhead(texts, length / 10)];
    expect(told.length).toBeGreaterThan(6);
    expect(told.length).toBeLessThan(11);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBeLessThan(texts.length);
  });

  it('does nothing that was not asked for', () => {
    const steps = readAhead(texts, 1);
    expect(steps.next()).toEqual({ done: false, value: 0 });
  });

  it('leaves the documents where reading finds them, broken ones too', () => {
    const odd = '\n---\nb: [1\n---\nc: {{ x }}\n';
    expect([...readAhead([odd, ''], 1e6)]).toEqual([]);
    expect(readDocument('---\nb: [1\n')).toBe(readDocument('---\nb: [1\n'));
  });
});
