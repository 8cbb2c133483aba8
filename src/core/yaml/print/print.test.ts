import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { printBlock, printFlow, printScalar, readDocument, sameJson } from '../index.ts';
import { json, NASTY, scalar, string } from '../testing/generators.ts';

const layout = { column: 0, step: 2, compactSequences: true, eol: '\n' };
/** How Go, YAML 1.2 and YAML 1.1 read a text. */
const readings = (text: string): unknown[] => [
  readDocument(text).value ?? null,
  parse(text),
  parse(text, { version: '1.1' }),
];

describe('writing values', () => {
  it('[P1] every reader gets the same value of a scalar, as a value, in flow, and as a key', () => {
    fc.assert(
      fc.property(scalar, string, (value, key) => {
        for (const read of readings(`v: ${printScalar(value)}\n`)) expect(read).toEqual({ v: value });
        for (const read of readings(`v: ${printFlow([value, { k: value }])}\n`))
          expect(read).toEqual({ v: [value, { k: value }] });
        for (const read of readings(`${printBlock({ [key]: 1 }, layout)}\n`)) expect(read).toEqual({ [key]: 1 });
      }),
    );
  });

  it('[P2] every nasty string, in its predecessor’s quotes too', () => {
    for (const value of NASTY) {
      for (const quotes of [undefined, 'single', 'double'] as const) {
        for (const read of readings(`v: ${printScalar(value, { quotes })}\n`)) expect(read).toEqual({ v: value });
      }
    }
  });

  it('[P3] kubectl gets the value back from block and flow style, in every layout', () => {
    fc.assert(
      fc.property(
        json,
        fc.constantFrom(2, 3, 4),
        fc.boolean(),
        fc.constantFrom('\n', '\r\n'),
        (value, step, compact, eol) => {
          const block = printBlock({ v: value }, { column: 0, step, compactSequences: compact, eol });
          expect(sameJson(readDocument(block + eol).value, { v: value })).toBe(true);
          expect(sameJson(readDocument(printFlow({ v: value })).value, { v: value })).toBe(true);
        },
      ),
    );
  });

  it('[P4] looks as people write it', () => {
    const value = {
      name: 'reviews',
      hosts: ['reviews', '*.example.com'],
      http: [{ route: [{ weight: 80 }], match: [] }],
      text: 'a\nb\n',
    };
    expect(printBlock(value, layout)).toBe(
      'name: reviews\nhosts:\n- reviews\n- "*.example.com"\nhttp:\n- route:\n  - weight: 80\n  match: []\ntext: |\n  a\n  b',
    );
    expect(printFlow(value)).toBe(
      '{name: reviews, hosts: [reviews, "*.example.com"], http: [{route: [{weight: 80}], match: []}], text: "a\\nb\\n"}',
    );
  });
});
