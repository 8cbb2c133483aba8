import { describe, expect, it } from 'vitest';
import { applyChanges } from '../../text/index.ts';
import type { YamlOp, YamlPath } from '../index.ts';
import { planDocument } from '../index.ts';

const run = (before: string, ...ops: YamlOp[]): string => {
  const planned = planDocument(before, ops);
  return planned.kind === 'ok' ? applyChanges(before, planned.value.changes) : `refused ${planned.code}`;
};
const set = (path: YamlPath, value: unknown): YamlOp => ({ kind: 'set', path, value: value as never }); // cases hold plain JSON
const insert = (path: YamlPath, value: unknown, before?: string): YamlOp => ({
  kind: 'insert',
  path,
  value: value as never, // cases hold plain JSON
  ...(before !== undefined && { before }),
});
const remove = (...path: YamlPath): YamlOp => ({ kind: 'remove', path });
const move = (path: YamlPath, to: number): YamlOp => ({ kind: 'move', path, to });
const rename = (path: YamlPath, key: string): YamlOp => ({ kind: 'rename', path, key });

type Case = readonly [title: string, before: string, op: YamlOp, after: string];
const CASES: readonly Case[] = [
  ['[Y1] spaces and a comment behind a plain scalar stay', 'a:  80   # share\n', set(['a'], 90), 'a:  90   # share\n'],
  ['[Y2] single quotes stay', "a: 'x' # c\n", set(['a'], "it's"), "a: 'it''s' # c\n"],
  ['[Y2] double quotes stay', 'a: "x"\n', set(['a'], 'y "z"\t'), 'a: "y \\"z\\"\\t"\n'],
  ['[Y2] single quotes give way to what they cannot hold', "a: 'x'\n", set(['a'], 'x\ny'), 'a: "x\\ny"\n'],
  ['[Y3] what readers take for no string is quoted', 'a: x\n', set(['a'], 'on'), 'a: "on"\n'],
  ['[Y3] octal', 'a: x\n', set(['a'], '017'), 'a: "017"\n'],
  ['[Y3] date', 'a: x\n', set(['a'], '2001-01-01'), 'a: "2001-01-01"\n'],
  ['[Y3] an address stays plain', 'a: x\n', set(['a'], '10.0.0.1'), 'a: 10.0.0.1\n'],
  ['[Y4] an absent value', 'a:\nb: 1\n', set(['a'], 1), 'a: 1\nb: 1\n'],
  ['[Y4] an absent value with a comment', 'a: # c\nb: 1\n', set(['a'], 1), 'a: 1 # c\nb: 1\n'],
  ['[Y4] an absent value at the end of the file', 'a:', set(['a'], 'x'), 'a: x'],
  ['[Y4] an absent value in flow', '{a}\n', set(['a'], 1), '{a: 1}\n'],
  ['[Y4] an absent value behind a colon in flow', '{a: }\n', set(['a'], 1), '{a: 1 }\n'],
  ['[Y5] several lines of plain text', 'a: one\n  two # c\nb: 1\n', set(['a'], 'x'), 'a: x # c\nb: 1\n'],
  ['[Y5] several lines in quotes', 'a: "one\n  two" # c\n', set(['a'], 'x'), 'a: "x" # c\n'],
  [
    '[Y6] a literal keeps its mark',
    'a: |-\n   one\n   two\nb: 1\n',
    set(['a'], 'x\ny\nz'),
    'a: |-\n   x\n   y\n   z\nb: 1\n',
  ],
  ['[Y6] a folded text keeps its mark', 'a: >\n  one\n  two\nb: 1\n', set(['a'], 'x\n'), 'a: >\n  x\nb: 1\n'],
  ['[Y6] a kept tail belongs to the text', 'a: |+\n  one\n\n\nb: 1\n', set(['a'], 5), 'a: 5\nb: 1\n'],
  ['[Y6] a strip mark that does not fit', 'a: |-\n  one\nb: 1\n', set(['a'], 'x\n'), 'a: "x\\n"\nb: 1\n'],
  ['[Y7] an anchor stays', 'a: &x 1\nb: 2\n', set(['a'], 2), 'a: &x 2\nb: 2\n'],
  ['[Y7] a tag goes', 'a: &x !!str 1\n', set(['a'], 2), 'a: &x 2\n'],
  ['[Y8] through an alias', 'a: &x {b: 1}\nc: *x\n', set(['c', 'b'], 2), 'refused yaml/alias'],
  ['[Y8] a value used elsewhere', 'a: &x {b: 1}\nc: *x\n', set(['a', 'b'], 2), 'refused yaml/shared'],
  ['[Y8] an alias itself', 'a: &x 1\nc: *x # c\n', set(['c'], 2), 'a: &x 1\nc: 2 # c\n'],
  ['[Y9] a key that needs quotes', 'a: 1 # c\n', rename(['a'], 'on'), '"on": 1 # c\n'],
  ['[Y9] a quoted key', '"a" : 1\n', rename(['a'], 'b'), '"b" : 1\n'],
  ['[Y9] an explicit key', '? a\n: 1\n', rename(['a'], 'b'), '? b\n: 1\n'],
  ['[Y9] a whole number', 'm: {9090: x}\n', rename(['m', '9090'], '8080'), 'm: {8080: x}\n'],
  ['[Y10] a key that exists', 'a: 1\nb: 2\n', rename(['a'], 'b'), 'refused yaml/key-exists'],
  ['[Y11] last', 'a: 1 # c\n\nb: 2\n', insert(['c'], 3), 'a: 1 # c\n\nb: 2\nc: 3\n'],
  [
    '[Y11] before a sibling with a comment',
    'a: 1\n# about b\nb: 2\n',
    insert(['c'], 3, 'b'),
    'a: 1\nc: 3\n# about b\nb: 2\n',
  ],
  ['[Y11] first', 'm:\n  a: 1\n', insert(['m', 'c'], 3, 'a'), 'm:\n  c: 3\n  a: 1\n'],
  ['[Y12] first key behind a dash', '- a: 1\n  b: 2\n', insert([0, 'c'], 3, 'a'), '- c: 3\n  a: 1\n  b: 2\n'],
  ['[Y12] behind a wide dash', '-   a: 1\n', insert([0, 'c'], 3), '-   a: 1\n    c: 3\n'],
  ['[Y12] a dash on its own line', '-\n  a: 1\n', insert([0, 'c'], 3), '-\n  a: 1\n  c: 3\n'],
  ['[Y13] into empty braces', 'm: {} # c\n', insert(['m', 'a'], 1), 'm: # c\n  a: 1\n'],
  ['[Y13] into braces', 'm: {a: 1} # c\n', insert(['m', 'b'], 'x, y'), 'm: {a: 1, b: "x, y"} # c\n'],
  [
    '[Y13] into braces of several lines',
    'm: {\n  a: 1, # c\n  b: 2 # d\n}\n',
    insert(['m', 'c'], 3),
    'm: {\n  a: 1, # c\n  b: 2, # d\n  c: 3\n}\n',
  ],
  [
    '[Y13] with a comma at the end',
    'm: {\n  a: 1,\n  b: 2, # d\n}\n',
    insert(['m', 'c'], 3),
    'm: {\n  a: 1,\n  b: 2, # d\n  c: 3,\n}\n',
  ],
  ['[Y14] under an absent value', 'a: # c\nb: 1\n', set(['a', 'x', 'z'], 1), 'a: # c\n  x:\n    z: 1\nb: 1\n'],
  ['[Y14] under ~', 'a: ~ # c\n', set(['a', 'x'], 1), 'a: # c\n  x: 1\n'],
  [
    '[Y15] before a foot comment',
    'm:\n  a: 1\n  # foot\nb: 2\n',
    insert(['m', 'c'], 3),
    'm:\n  a: 1\n  c: 3\n  # foot\nb: 2\n',
  ],
  [
    '[Y15] before the next section',
    'm:\n  a: 1\n\n# about b\nb: 2\n',
    insert(['m', 'c'], 3),
    'm:\n  a: 1\n  c: 3\n\n# about b\nb: 2\n',
  ],
  [
    '[Y16] behind a kept tail',
    'm:\n  a: |+\n    x\n\nb: 1\n',
    insert(['m', 'c'], 3),
    'm:\n  a: |+\n    x\n\n  c: 3\nb: 1\n',
  ],
  ['[Y16] behind a stripped text without a line end', 'a: |-\n  x', insert(['c'], 3), 'a: |-\n  x\nc: 3'],
  ['[Y17] before `...`', 'a: 1\n...\n', insert(['c'], 3), 'a: 1\nc: 3\n...\n'],
  ['[Y17] into `--- {a: 1}`', '--- {a: 1}\n', insert(['c'], 3), '--- {a: 1, c: 3}\n'],
  ['[Y17] behind `--- # c`', '--- # c\n', set(['a'], 1), '--- # c\na: 1\n'],
  ['[Y18] a step of four', 'a:\n    b: 1\n', set(['c', 'd'], 1), 'a:\n    b: 1\nc:\n    d: 1\n'],
  ['[Y19] a compact list', 'a:\n- 1\n', set(['b'], [2]), 'a:\n- 1\nb:\n- 2\n'],
  [
    '[Y19] an indented list',
    'a:\n  - 1\n',
    set(['b'], [{ c: 2, d: [3] }]),
    'a:\n  - 1\nb:\n  - c: 2\n    d:\n      - 3\n',
  ],
  ['[Y20] first item', 'a:\n# all\n- 1\n- 2\n', insert(['a', 0], 0), 'a:\n# all\n- 0\n- 1\n- 2\n'],
  ['[Y20] between items with comments', '- 1 # one\n# two\n- 2\n', insert([1], 9), '- 1 # one\n- 9\n# two\n- 2\n'],
  [
    '[Y20] last item',
    'a:\n  -  x: 1\n     y: 2\nb: 1\n',
    insert(['a', 1], { z: 1, w: 2 }),
    'a:\n  -  x: 1\n     y: 2\n  -  z: 1\n     w: 2\nb: 1\n',
  ],
  ['[Y21] into empty brackets', 'a: []\n', insert(['a', 0], 1), 'a:\n- 1\n'],
  ['[Y21] into brackets', 'a: [x]\n', insert(['a', 1], 'z'), 'a: [x, z]\n'],
  ['[Y21] with a comma', 'a: [x,]\n', insert(['a', 1], 'z'), 'a: [x, z,]\n'],
  ['[Y21] several lines', 'a: [\n  x, # c\n  y\n]\n', insert(['a', 0], 'w'), 'a: [\n  w,\n  x, # c\n  y\n]\n'],
  ['[Y22] nested lists', '- - 1\n  - 2\n', insert([0, 0], 0), '- - 0\n  - 1\n  - 2\n'],
  ['[Y22] nested lists, last', '- - 1\n', insert([0, 1], 2), '- - 1\n  - 2\n'],
  ['[Y23] the next key slides up', '- a: 1\n  b: 2\n', remove(0, 'a'), '- b: 2\n'],
  ['[Y23] with a comment between', '- a: 1 # one\n  # two\n  b: 2\n', remove(0, 'a'), '- # two\n  b: 2\n'],
  ['[Y24] the only key of an item', '- a: 1 # c\n- b: 2\n', remove(0, 'a'), '- {}\n- b: 2\n'],
  ['[Y24] the only key of a map', 'm:\n  a: 1\nb: 2\n', remove('m', 'a'), 'm: {}\nb: 2\n'],
  ['[Y24] the last item of a compact list', 'm: # c\n- a\nb: 2\n', remove('m', 0), 'm: [] # c\nb: 2\n'],
  ['[Y25] owned comments go', 'a: 1\n# about b\nb: 2 # b\n# about c\nc: 3\n', remove('b'), 'a: 1\n# about c\nc: 3\n'],
  ['[Y25] a section comment stays', 'a: 1\n# section\n\nb: 2\nc: 3\n', remove('b'), 'a: 1\n# section\n\nc: 3\n'],
  ['[Y25] a foot goes with its collection', 'a:\n  x: 1\n  # foot\nb: 2\n', remove('a'), 'b: 2\n'],
  ['[Y25] the last line has no line end', 'a: 1\nb: 2', remove('b'), 'a: 1'],
  ['[Y26] first of a flow list', 'a: [x, y, z]\n', remove('a', 0), 'a: [y, z]\n'],
  ['[Y26] last of a flow list', 'a: [x, y, z]\n', remove('a', 2), 'a: [x, y]\n'],
  [
    '[Y26] middle of several lines',
    'a: [\n  x, # x\n  y, # y\n  z # z\n]\n',
    remove('a', 1),
    'a: [\n  x, # x\n  z # z\n]\n',
  ],
  ['[Y26] last of several lines', 'a: [\n  x, # x\n  z # z\n]\n', remove('a', 1), 'a: [\n  x # x\n]\n'],
  ['[Y26] the only one', 'a: { x: 1 }\n', remove('a', 'x'), 'a: {}\n'],
  ['[Y27] an anchor that is used', 'a: &x 1\nb: *x\n', remove('a'), 'refused yaml/anchor-used'],
  ['[Y27] an anchor that is not', 'a: &x 1\nb: 2\n', remove('a'), 'b: 2\n'],
  ['[Y28] down', '- a # a\n\n# b\n- b\n- c', move([0], 2), '# b\n- b\n\n- c\n- a # a'],
  ['[Y28] up', 'r:\n- a: 1\n  b: 2\n- c: 3\n', move(['r', 1], 0), 'r:\n- c: 3\n- a: 1\n  b: 2\n'],
  ['[Y28] in flow', '[a, b,  c]\n', move([0], 2), '[b, c,  a]\n'],
  ['[Y29] a scalar by a map', 'a: 1 # c\nb: 2\n', set(['a'], { x: 1 }), 'a: # c\n  x: 1\nb: 2\n'],
  ['[Y29] a map by a scalar', 'a: # c\n  x: 1 # x\nb: 2\n', set(['a'], 1), 'a: 1 # c\nb: 2\n'],
  ['[Y29] a list by a map', 'a:\n- x\n- y\nb: 2\n', set(['a'], { x: [1] }), 'a:\n  x:\n  - 1\nb: 2\n'],
  ['[Y29] an item', '- a # c\n- b\n', set([0], { x: 1, z: 2 }), '- # c\n  x: 1\n  z: 2\n- b\n'],
  ['[Y29] an item without a comment', '- a\n- b\n', set([0], { x: 1, z: 2 }), '- x: 1\n  z: 2\n- b\n'],
  ['[Y30] the last of a key counts', 'a: 1\na: 2\n', set(['a'], 3), 'a: 1\na: 3\n'],
  ['[Y30] all of a key go', 'a: 1\nb: 0\na: 2\n', remove('a'), 'b: 0\n'],
  [
    '[Y31] override a merged field',
    'a: &x {b: 1}\nc:\n  <<: *x\n',
    set(['c', 'b'], 2),
    'a: &x {b: 1}\nc:\n  <<: *x\n  b: 2\n',
  ],
  [
    '[Y31] remove an override',
    'a: &x {b: 1}\nc:\n  <<: *x\n  b: 2\n',
    remove('c', 'b'),
    'a: &x {b: 1}\nc:\n  <<: *x\n',
  ],
  ['[Y31] a merged field is not here', 'a: &x {b: 1}\nc:\n  <<: *x\n', remove('c', 'b'), 'refused yaml/merged'],
  ['[Y32] CRLF', 'a:\r\n  b: 1\r\n', set(['a', 'c', 'd'], 1), 'a:\r\n  b: 1\r\n  c:\r\n    d: 1\r\n'],
  ['[Y32] a lone CR', 'a: 1\rb: 2\r', insert(['c'], 3), 'a: 1\rb: 2\rc: 3\r'],
  ['[Y33] the byte order mark stays first', '\uFEFFa: 1\nb: 2\n', remove('a'), '\uFEFFb: 2\n'],
  ['[Y33] and before an insertion', '\uFEFFa: 1\n', insert(['b'], 2, 'a'), '\uFEFFb: 2\na: 1\n'],
  ['[Y34] tabs behind the colon and before a comment', 'a:\t1\t# c\n', set(['a'], 2), 'a:\t2\t# c\n'],
  ['[Y34] a tab as indentation', 'a:\n\tb: 1\n', set(['a'], 2), 'refused yaml/broken'],
  ['[Y38] beyond ASCII', 'ключ: "😀" # é\n', set(['ключ'], '\u0085é\u2028'), 'ключ: "\\Né\\L" # é\n'],
  ['[Y39] a key of more than 1,024 characters', 'a: 1\n', insert(['k'.repeat(1100)], 1), 'refused yaml/key-too-long'],
];

describe('the least edit', () => {
  it.each(CASES)('%s: %j', (_title, before, op, after) => {
    expect(run(before, op)).toBe(after);
  });

  it.each(CASES.filter(([, before]) => !/[\r\ufeff]/.test(before)))(
    '[V] %s: the same with CRLF, a byte order mark, no final line end',
    (_title, before, op, after) => {
      const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
      expect(run(crlf(before), op)).toBe(crlf(after));
      expect(run(`\ufeff${before}`, op)).toBe(after.startsWith('refused') ? after : `\ufeff${after}`);
      if (!before.endsWith('\n') || /[|>]/.test(before)) return;
      expect(run(before.replace(/\n+$/, ''), op)).toBe(after.replace(/\n+$/, ''));
    },
  );

  it.each([
    ['', 'a:\n  b: 1\n'],
    ['# c\n', '# c\na:\n  b: 1\n'],
    ['---\n', '---\na:\n  b: 1\n'],
    ['--- # c\n# d\n', '--- # c\n# d\na:\n  b: 1\n'],
    ['null # c\n', '# c\na:\n  b: 1\n'],
    ['--- ~\n', '---\na:\n  b: 1\n'],
    ['---\n...\n', '---\na:\n  b: 1\n...\n'],
    ['{}\n', 'a:\n  b: 1\n'],
  ])('[Y35] an empty document gets its first key: %j', (before, after) => {
    expect(run(before, set(['a', 'b'], 1))).toBe(after);
    expect(run(before, insert(['a'], { b: 1 }))).toBe(after);
  });

  it('[Y41] a new weight touches only the digits', () => {
    const text = 'r:\n- w: 80   # a\n- {w: 20}\n';
    const planned = planDocument(text, [set(['r', 0, 'w'], 90), set(['r', 1, 'w'], 10)]);
    expect(planned).toMatchObject({
      value: {
        changes: [
          { from: 8, to: 10, insert: '90' },
          { from: text.indexOf('20}'), to: text.indexOf('20}') + 2, insert: '10' },
        ],
      },
    });
  });

  it('[Y43] a list of thousands is set in bounded time', () => {
    const value = Array.from({ length: 5000 }, (_, i) => ({ w: i + 1 }));
    const text = `r: # c\n${value.map((_, i) => `- w: -${i}\n`).join('')}z: 1\n`;
    const after = run(text, set(['r'], value));
    expect(after).toBe(`r: # c\n${value.map(({ w }) => `- w: ${w}\n`).join('')}z: 1\n`);
  });

  it('[Y42] setting a whole list writes only what differs', () => {
    const text = 'r:\n- h: a # first\n  w: 80\n- h: b # second\n  w: 20\n';
    const value = [
      { h: 'a', w: 50 },
      { h: 'b', w: 20 },
      { h: 'c', w: 30 },
    ];
    expect(run(text, set(['r'], value))).toBe(
      'r:\n- h: a # first\n  w: 50\n- h: b # second\n  w: 20\n- h: c\n  w: 30\n',
    );
  });
});
