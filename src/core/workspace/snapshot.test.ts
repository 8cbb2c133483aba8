import { createFindings } from './findings.ts';
import { describe, expect, it } from 'vitest';
import { fileId } from '../base/ids.ts';
import { applyJournal, createSession, mergeJournal, openBytes, readSnapshot } from './index.ts';
import type { Applied, JournalEntry } from './index.ts';
import type { Result } from '../base/result.ts';
import { BOOKINFO, EXTERNAL, GATEWAY } from './testing/bookinfo.ts';

const A = fileId('a.yaml');
const B = fileId('b.yaml');

const journal = (done: Result<Applied> | Applied | undefined): JournalEntry => {
  if (done === undefined || ('kind' in done && done.kind === 'refused')) throw new Error('not done');
  return ('kind' in done ? done.value : done).journal;
};

describe('snapshot', () => {
  it('brings texts, places and selection back in a new session', () => {
    const session = createSession({ files: [{ id: A, text: BOOKINFO }] });
    const [first, second] = session.projection().graph.nodes;
    if (first === undefined || second === undefined) throw new Error('no nodes');
    session.transact({ origin: 'canvas', label: 'Move', at: 0, positions: new Map([[first.id, { x: 5, y: 6 }]]) });
    session.select({ ids: [second.id] });
    const stored: unknown = structuredClone(session.snapshot());
    const read = readSnapshot(stored);
    if (read.kind === 'refused') throw new Error(read.message);
    const again = createSession({ snapshot: read.value }).projection();
    expect(again.files.map(({ id, text }) => ({ id, text }))).toEqual([{ id: A, text: BOOKINFO }]);
    const points = (projection: typeof again) =>
      new Map(projection.graph.nodes.map((node) => [node.name, projection.positions.get(node.id)]));
    expect(points(again)).toEqual(points(session.projection()));
    expect(again.graph.nodes.filter((node) => again.selection.ids.includes(node.id)).map((node) => node.name)).toEqual([
      second.name,
    ]);
  });

  it('reads version 0, which had one text and positions by id', () => {
    const old = { version: 0, text: GATEWAY, positions: { 'Gateway default/bookinfo': { x: 1, y: 2 } } };
    expect(readSnapshot(old)).toEqual({
      kind: 'ok',
      value: {
        version: 1,
        files: [{ id: 'pasted.yaml', text: GATEWAY }],
        places: [{ id: 'Gateway default/bookinfo', name: 'Gateway default/bookinfo', x: 1, y: 2 }],
        selection: [],
      },
    });
  });

  it('refuses what is newer or no snapshot, and leaves out what is not well formed', () => {
    expect(readSnapshot({ version: 99 })).toMatchObject({ code: 'NEWER_SNAPSHOT' });
    for (const data of [undefined, null, 7, [], {}, { version: '1' }, { version: -1 }]) {
      expect(readSnapshot(data)).toMatchObject({ kind: 'refused', code: 'NO_SNAPSHOT' });
    }
    const files = [{ id: A, text: 'x' }, { id: A }, 'text', { id: B, text: '', readOnly: 7 }];
    expect(readSnapshot({ version: 1, files, places: [{ id: 'n', name: 'n', x: NaN, y: 0 }] })).toEqual({
      kind: 'ok',
      value: { version: 1, files: [{ id: A, text: 'x' }], places: [], selection: [] },
    });
  });

  it('is what the journal of all transactions makes of an earlier one', () => {
    const session = createSession({ files: [{ id: A, text: BOOKINFO }] });
    const start = session.snapshot();
    const insert = (at: number, text: string) =>
      session.transact({
        origin: 'type',
        label: 'Type',
        at,
        changes: new Map([[A, [{ from: 0, to: 0, insert: text }]]]),
      });
    const entries = [
      journal(insert(0, '# one\n')),
      journal(
        session.transact({
          origin: 'import',
          label: 'Open',
          at: 1,
          addFiles: [{ id: B, text: EXTERNAL.replace('api', 'pay') }],
        }),
      ),
      journal(insert(5000, '# two\n')),
      journal(session.tidy(5001)),
      journal(session.undo()),
      journal(
        session.transact({ origin: 'command', label: 'Rename', at: 2, renameFiles: new Map([[B, fileId('c.yaml')]]) }),
      ),
      journal(session.transact({ origin: 'command', label: 'Close', at: 3, removeFiles: [A] })),
      journal(session.undo()),
    ];
    const end = session.snapshot();
    const one = entries.reduce(applyJournal, start);
    const merged = applyJournal(start, entries.reduce(mergeJournal));
    for (const snapshot of [one, merged]) {
      expect(snapshot.files).toEqual(end.files);
      expect(snapshot.selection).toEqual(end.selection);
      expect(snapshot.places).toEqual(expect.arrayContaining([...end.places]));
    }
  });

  it('writes only the files that changed', () => {
    const session = createSession({
      files: [
        { id: A, text: BOOKINFO },
        { id: B, text: EXTERNAL },
      ],
    });
    const changes = new Map([[B, [{ from: 0, to: 0, insert: '#\n' }]]]);
    const entry = journal(session.transact({ origin: 'type', label: 'Type', at: 0, changes }));
    expect(entry).toMatchObject({ files: [{ id: B, text: `#\n${EXTERNAL}` }], places: [] });
    expect(entry.order).toBeUndefined();
  });
});

describe('openBytes', () => {
  it('shows a file that has no room beside the others, to the byte, and says what to do', () => {
    const data = new TextEncoder().encode('a: 1\nb: 2\n');
    const content = openBytes(data, new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }), 5);
    expect(content).toMatchObject({ text: 'a: 1\nb: 2\n', bytes: data });
    expect(content.readOnly).toContain('Close some files');
  });

  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const bytes = (text: string) => new TextEncoder().encode(text);

  it('takes UTF-8 as it is, with its byte order mark', () => {
    expect(openBytes(bytes('\uFEFFa: ä\r\n'), decoder)).toEqual({ text: '\uFEFFa: ä\r\n' });
  });

  it.each([
    ['binary data', new Uint8Array([0x7f, 0x45, 0, 1]), /binary/],
    ['binary data further on', bytes(`${'a'.repeat(9000)}\0`), /binary/],
    ['bytes that are not UTF-8', new Uint8Array([0x61, 0xff]), /not UTF-8/],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x61, 0]), /UTF-16/],
  ])('shows %s only, keeps the bytes and says why', (_, data, reason) => {
    const content = openBytes(data, decoder);
    expect(content.readOnly).toMatch(reason);
    expect(content.bytes).toBe(data);
  });

  it('shows the head of a file over the limit, whole lines of it', () => {
    const data = bytes('name: ä\n'.repeat(700_000));
    const content = openBytes(data, decoder);
    expect(content.readOnly).toMatch(/6\.3 MB, and files over 5 MB/);
    expect(content.text.length).toBeLessThan(1_000_001);
    expect(content.text.endsWith('\n')).toBe(true);
    const session = createSession({ files: [{ id: A, ...content }] });
    expect(session.projection().slots).toEqual([]);
    expect(createFindings().check(session.projection())).toMatchObject([{ code: 'READ_ONLY' }]);
  });
});
