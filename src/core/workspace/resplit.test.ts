import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChanges, changeSet } from '../text/index.ts';
import { splitStream } from '../yaml/index.ts';
import { resplit } from './resplit.ts';

const piece = fc.constantFrom(
  '---',
  '---\n',
  '--- x\n',
  '--',
  '-',
  '...',
  '...\n',
  '.',
  'a: 1\n',
  'b',
  ' ',
  '\n',
  '\r\n',
  '\r',
  '# note\n',
  '%YAML 1.2\n',
  '\uFEFF',
);
const words = (most: number) => fc.array(piece, { maxLength: most }).map((pieces) => pieces.join(''));
const spot = fc.double({ min: 0, max: 1, noNaN: true });
const edit = fc.record({ at: spot, length: fc.nat(6), insert: words(3) });

describe('resplit', () => {
  it('cuts as splitStream does, edit after edit', () => {
    fc.assert(
      fc.property(
        words(30),
        fc.array(fc.array(edit, { minLength: 1, maxLength: 2 }), { maxLength: 6 }),
        (start, steps) => {
          let text = start;
          let segments = splitStream(text);
          for (const step of steps) {
            const edits = step.map(({ at, length, insert }) => {
              const from = Math.floor(at * text.length);
              return { from, to: Math.min(text.length, from + length), insert };
            });
            const changes = changeSet(edits);
            if (changes.kind === 'refused') continue;
            text = applyChanges(text, changes.value);
            const starts = Uint32Array.from([...segments.map(({ from }) => from), segments.at(-1)?.to ?? 0]);
            const recut = resplit({ pieces: segments, starts }, changes.value);
            if (recut !== undefined) {
              const shift = text.length - (segments.at(-1)?.to ?? 0);
              const below = segments
                .slice(recut.end)
                .map((segment) => ({ ...segment, from: segment.from + shift, to: segment.to + shift }));
              expect([...segments.slice(0, recut.start), ...recut.segments, ...below]).toEqual(splitStream(text));
            }
            segments = splitStream(text);
          }
        },
      ),
    );
  });
});
