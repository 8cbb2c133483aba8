import { describe, expect, it } from 'vitest';
import { fileId } from '../base/ids.ts';
import type { FileId } from '../base/ids.ts';
import { createFindings } from './findings.ts';
import { createSession } from './session.ts';
import { BOOKINFO, EXTERNAL, GATEWAY, REVIEWS, REVIEWS_RULE } from './testing/bookinfo.ts';
import type { Applied, Origin, Session, Transaction } from './types.ts';

const A = fileId('a.yaml');
const B = fileId('b.yaml');

const open = (...texts: readonly string[]): Session =>
  createSession({ files: texts.map((text, index) => ({ id: [A, B][index] ?? A, text })) });

const textOf = (session: Session, id: FileId = A) =>
  session.projection().files.find((file) => file.id === id)?.text ?? '';

/** Replaces the first occurrence of `what`. */
function replace(
  session: Session,
  what: string,
  by: string,
  more: Partial<Transaction> & { file?: FileId } = {},
): Applied {
  const { file = A, ...rest } = more;
  const from = textOf(session, file).indexOf(what);
  if (from < 0) throw new Error(`no ${what}`);
  const changes = new Map([[file, [{ from, to: from + what.length, insert: by }]]]);
  const done = session.transact({ origin: 'type', label: 'Type', at: 0, changes, ...rest });
  if (done.kind === 'refused') throw new Error(done.message);
  return done.value;
}

const ids = (session: Session) => session.projection().resources.map((resource) => resource.id);
const nodeNamed = (session: Session, name: string) => {
  const node = session.projection().graph.nodes.find((one) => one.name === name);
  if (node === undefined) throw new Error(`no node ${name}`);
  return node;
};
const act = (session: Session, origin: Origin, at: number, what: string, by: string) =>
  replace(session, what, by, { origin, label: origin, at });

describe('a place for what is added', () => {
  const add = (session: Session, exact: boolean) => {
    const text = '---\napiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata:\n  name: own\n';
    const from = textOf(session).length;
    const done = session.transact({
      origin: 'canvas',
      label: 'Add Gateway',
      at: 0,
      changes: new Map([[A, [{ from, to: from, insert: text }]]]),
      selectAt: { file: A, offset: from + 60 },
      placeAt: { x: 1000, y: 2000, exact },
    });
    if (done.kind === 'refused') throw new Error(done.message);
    return session.projection().positions.get(nodeNamed(session, 'Gateway default/own').id);
  };

  it('is part of the same step: undo takes both back, redo brings both', () => {
    const session = open(BOOKINFO);
    const before = session.projection().positions;
    expect(add(session, true)).toEqual({ x: 1000, y: 2000 });
    session.undo();
    expect(session.projection().positions).toEqual(before);
    session.redo();
    const { id } = nodeNamed(session, 'Gateway default/own');
    expect(session.projection().positions.get(id)).toEqual({ x: 1000, y: 2000 });
  });

  it('moves up or down from a wish that another node stands on', () => {
    const session = open(BOOKINFO);
    const positions = new Map([[nodeNamed(session, 'Gateway default/bookinfo').id, { x: 1000, y: 2000 }]]);
    session.transact({ origin: 'canvas', label: 'Move', at: 0, positions });
    const point = add(session, false);
    expect(point?.x).toBe(1000);
    expect(Math.abs((point?.y ?? 2000) - 2000)).toBeGreaterThan(40);
  });
});

describe('reading', () => {
  it('reads every document of every file', () => {
    const session = open(BOOKINFO, EXTERNAL.replace('name: api', 'name: other'));
    expect(ids(session)).toEqual([
      'VirtualService default/reviews',
      'DestinationRule default/reviews',
      'Gateway default/bookinfo',
      'ServiceEntry default/api',
      'ServiceEntry default/other',
    ]);
    expect(session.projection().positions.size).toBe(session.projection().graph.nodes.length);
  });

  it('reads again only the document that changed', () => {
    const session = open(BOOKINFO);
    const before = session.projection();
    replace(session, 'weight: 60', 'weight: 61');
    const after = session.projection();
    expect(after.slots.map((slot, i) => slot.document === before.slots[i]?.document)).toEqual([
      false,
      true,
      true,
      true,
    ]);
    expect(after.resources.map((one, i) => one === before.resources[i])).toEqual([false, true, true, true]);
    expect(after.slots.map((slot) => slot.slot)).toEqual(before.slots.map((slot) => slot.slot));
    expect(after.positions).toBe(before.positions);
  });

  it('keeps slots through edits above, below and inside', () => {
    const session = open(BOOKINFO);
    const slots = session.projection().slots.map((slot) => slot.slot);
    replace(session, REVIEWS, `# about\n${REVIEWS}`);
    replace(session, 'name: bookinfo', 'name: edge');
    replace(session, 'resolution: DNS', 'resolution: DNS # looked up');
    expect(session.projection().slots.map((slot) => slot.slot)).toEqual(slots);
  });

  it('gives a new document a new slot and leaves the others theirs', () => {
    const session = open(BOOKINFO);
    const slots = session.projection().slots.map((slot) => slot.slot);
    const copy = GATEWAY.replace('name: bookinfo', 'name: second');
    replace(session, REVIEWS_RULE, `${copy}---\n${REVIEWS_RULE}`);
    const after = session.projection().slots.map((slot) => slot.slot);
    expect(after.filter((slot) => slots.includes(slot))).toEqual(slots);
    expect(after).toHaveLength(5);
    expect(slots).not.toContain(after[1]);
  });
});

describe('half-typed documents', () => {
  it('keeps the last good resources, marked, and the neighbours live', () => {
    const session = open(BOOKINFO);
    const before = session.projection();
    replace(session, 'weight: 60', 'weight: [');
    const { slots, resources, graph } = session.projection();
    expect(slots.map((slot) => slot.stale)).toEqual([true, false, false, false]);
    expect(resources[0]).toMatchObject({ id: 'VirtualService default/reviews', stale: true });
    expect(graph.nodes.map((node) => node.name)).toEqual(before.graph.nodes.map((node) => node.name));
    expect(session.projection().positions).toEqual(before.positions);
  });

  it('says where the error is and that the canvas is behind', () => {
    const session = open(BOOKINFO);
    replace(session, 'subset: v2', 'subset v2\n    x');
    const problems = createFindings()
      .check(session.projection())
      .filter((problem) => problem.file === A);
    expect(problems.map((problem) => problem.severity)).toContain('error');
    expect(problems.map((problem) => problem.code)).toContain('STALE');
  });

  it('is live again when it is mended', () => {
    const session = open(BOOKINFO);
    replace(session, 'weight: 60', 'weight: [');
    replace(session, 'weight: [', 'weight: 50');
    expect(session.projection().resources.some((resource) => resource.stale)).toBe(false);
  });

  it('keeps a resource whose name is being typed', () => {
    const session = open(BOOKINFO);
    replace(session, 'name: bookinfo', 'nam');
    expect(session.projection().slots[2]).toMatchObject({ stale: true });
    expect(ids(session)).toContain('Gateway default/bookinfo');
  });

  it('is what it was with undo, whatever stood in its place meanwhile', () => {
    const session = open(REVIEWS);
    act(session, 'type', 0, 'kind:', '{{ x }}');
    expect(ids(session)).toEqual(['VirtualService default/reviews']);
    act(session, 'type', 5000, textOf(session), GATEWAY);
    expect(ids(session)).toEqual(['Gateway default/bookinfo']);
    session.undo();
    expect(ids(session)).toEqual(['VirtualService default/reviews']);
    session.redo();
    expect(ids(session)).toEqual(['Gateway default/bookinfo']);
  });

  it('lets an emptied document go', () => {
    const session = open(BOOKINFO);
    replace(session, GATEWAY, '# nothing\n');
    expect(ids(session)).not.toContain('Gateway default/bookinfo');
  });
});

describe('history', () => {
  it('takes back text, canvas and files in the order of the acts', () => {
    const session = open(BOOKINFO);
    const [node] = session.projection().graph.nodes;
    if (node === undefined) throw new Error('no node');
    const start = session.projection().positions.get(node.id);
    act(session, 'canvas', 0, '60', '70');
    session.transact({ origin: 'canvas', label: 'Move', at: 1, positions: new Map([[node.id, { x: 1, y: 2 }]]) });
    session.transact({ origin: 'import', label: 'Open', at: 2, addFiles: [{ id: B, text: EXTERNAL }] });
    expect(session.undo()?.closed).toEqual([B]);
    expect(session.projection().positions.get(node.id)).toEqual({ x: 1, y: 2 });
    session.undo();
    expect(session.projection().positions.get(node.id)).toEqual(start);
    session.undo();
    expect(textOf(session)).toBe(BOOKINFO);
    expect(session.undo()).toBeUndefined();
    for (let i = 0; i < 3; i += 1) session.redo();
    expect(session.projection().positions.get(node.id)).toEqual({ x: 1, y: 2 });
    expect(textOf(session, B)).toBe(EXTERNAL);
    expect(session.redo()).toBeUndefined();
  });

  it('joins typing that touches, within half a second', () => {
    const session = open('a: 1\n');
    const type = (from: number, insert: string, at: number) =>
      session.transact({ origin: 'type', label: 'Type', at, changes: new Map([[A, [{ from, to: from, insert }]]]) });
    type(4, '2', 0);
    type(5, '3', 400);
    type(6, '4', 800);
    type(0, '#', 900);
    type(1, '#', 2000);
    expect(textOf(session)).toBe('##a: 1234\n');
    session.undo();
    expect(textOf(session)).toBe('#a: 1234\n');
    session.undo();
    expect(textOf(session)).toBe('a: 1234\n');
    session.undo();
    expect(textOf(session)).toBe('a: 1\n');
    session.redo();
    expect(textOf(session)).toBe('a: 1234\n');
  });

  it('joins backspaces', () => {
    const session = open('abcdef');
    const remove = (from: number, at: number) =>
      session.transact({
        origin: 'type',
        label: 'Type',
        at,
        changes: new Map([[A, [{ from, to: from + 1, insert: '' }]]]),
      });
    [5, 4, 3].forEach((from, index) => remove(from, index));
    expect(textOf(session)).toBe('abc');
    session.undo();
    expect(textOf(session)).toBe('abcdef');
  });

  it('lets gestures stand alone', () => {
    const session = open(BOOKINFO);
    act(session, 'canvas', 0, '60', '70');
    act(session, 'canvas', 1, '70', '80');
    session.undo();
    expect(textOf(session)).toContain('weight: 70');
  });

  it('tells what can be taken back', () => {
    const session = open(BOOKINFO);
    expect(session.projection().undoLabel).toBeUndefined();
    replace(session, '60', '70', { label: 'Change shares', origin: 'canvas' });
    expect(session.projection()).toMatchObject({ undoLabel: 'Change shares', redoLabel: undefined });
    expect(session.undo()?.projection).toMatchObject({ undoLabel: undefined, redoLabel: 'Change shares' });
  });

  it('brings removed files back to their place, with their slots', () => {
    const session = open(BOOKINFO, EXTERNAL);
    const slots = session.projection().slots.map((slot) => slot.slot);
    session.transact({ origin: 'command', label: 'Close', at: 0, removeFiles: [A] });
    expect(session.projection().files.map((file) => file.id)).toEqual([B]);
    session.undo();
    expect(session.projection().files.map((file) => file.id)).toEqual([A, B]);
    expect(session.projection().slots.map((slot) => slot.slot)).toEqual(slots);
  });

  it('takes back a rename of a file', () => {
    const session = open(BOOKINFO);
    const applied = session.transact({ origin: 'command', label: 'Rename', at: 0, renameFiles: new Map([[A, B]]) });
    expect(applied.kind === 'ok' && applied.value.renamed).toEqual(new Map([[A, B]]));
    expect(session.projection().slots.every((slot) => slot.file === B)).toBe(true);
    expect(session.projection().resources.every((resource) => resource.source.file === B)).toBe(true);
    session.undo();
    expect(session.projection().files.map((file) => file.id)).toEqual([A]);
  });

  it('keeps at most 500 steps', () => {
    const session = open('a: 1\n');
    const changes = new Map([[A, [{ from: 0, to: 0, insert: '#' }]]]);
    for (let i = 0; i < 510; i += 1) session.transact({ origin: 'canvas', label: 'x', at: i, changes });
    let count = 0;
    while (session.undo()) count += 1;
    expect(count).toBe(500);
  });
});

describe('refusals', () => {
  it('refuses read-only files, files that are not there, taken names and edits outside', () => {
    const session = createSession({
      files: [
        { id: A, text: 'x', readOnly: 'it is binary.' },
        { id: B, text: 'k: 1' },
      ],
    });
    const insert = (from: number) => [{ from, to: from, insert: 'z' }];
    const code = (transaction: Partial<Transaction>) => {
      const done = session.transact({ origin: 'type', label: '', at: 0, ...transaction });
      return done.kind === 'refused' ? done.code : 'ok';
    };
    expect(code({ changes: new Map([[A, insert(0)]]) })).toBe('READ_ONLY');
    expect(code({ changes: new Map([[fileId('c'), insert(0)]]) })).toBe('NO_SUCH_FILE');
    expect(code({ changes: new Map([[B, insert(5)]]) })).toBe('BAD_CHANGES');
    expect(code({ addFiles: [{ id: B, text: '' }] })).toBe('NAME_TAKEN');
    expect(code({ renameFiles: new Map([[B, A]]) })).toBe('NAME_TAKEN');
    expect(session.projection().undoLabel).toBeUndefined();
    expect(
      createFindings()
        .check(session.projection())
        .map((problem) => problem.code),
    ).toEqual(['READ_ONLY']);
  });
});

describe('places', () => {
  it('keeps the place of what is renamed in place', () => {
    const session = open(BOOKINFO);
    const before = session.projection().positions.get(nodeNamed(session, 'Gateway default/bookinfo').id);
    replace(session, 'name: bookinfo', 'name: edge');
    expect(session.projection().positions.get(nodeNamed(session, 'Gateway default/edge').id)).toEqual(before);
  });

  it('moves nothing when something comes or goes', () => {
    const session = open(BOOKINFO);
    const before = session.projection().positions;
    replace(session, EXTERNAL, `${EXTERNAL}---\n${GATEWAY.replace('name: bookinfo', 'name: second')}`);
    for (const [id, point] of before) expect(session.projection().positions.get(id)).toBe(point);
    replace(session, REVIEWS, '');
    for (const [id, point] of session.projection().positions) {
      const old = before.get(id);
      if (old !== undefined) expect(point).toBe(old);
    }
  });

  it('puts what comes back where it was', () => {
    const session = open(BOOKINFO);
    const id = nodeNamed(session, 'Gateway default/bookinfo').id;
    session.transact({ origin: 'canvas', label: 'Move', at: 0, positions: new Map([[id, { x: 7, y: 8 }]]) });
    replace(session, GATEWAY, '');
    expect(session.projection().positions.has(id)).toBe(false);
    session.undo();
    expect(session.projection().positions.get(nodeNamed(session, 'Gateway default/bookinfo').id)).toEqual({
      x: 7,
      y: 8,
    });
  });

  it('tidies up as one step', () => {
    const session = open(BOOKINFO);
    const start = new Map(session.projection().positions);
    const moves = new Map([...start.keys()].map((id, index) => [id, { x: index * 1000, y: 5 }] as const));
    session.transact({ origin: 'canvas', label: 'Move', at: 0, positions: moves });
    session.tidy(1);
    expect(session.projection().positions).not.toEqual(moves);
    session.undo();
    expect(session.projection().positions).toEqual(moves);
  });
});

describe('selection', () => {
  it('survives edits and renames, goes with its thing, and comes back with undo', () => {
    const session = open(BOOKINFO);
    session.select({ ids: [nodeNamed(session, 'Gateway default/bookinfo').id] });
    replace(session, 'name: bookinfo', 'name: edge', { at: 0 });
    expect(session.projection().selection.ids).toEqual([nodeNamed(session, 'Gateway default/edge').id]);
    replace(session, GATEWAY.replace('name: bookinfo', 'name: edge'), '', { at: 1000 });
    expect(session.projection().selection.ids).toEqual([]);
    session.undo();
    expect(session.projection().selection.ids).toEqual([nodeNamed(session, 'Gateway default/edge').id]);
    session.undo();
    expect(session.projection().selection.ids).toEqual([nodeNamed(session, 'Gateway default/bookinfo').id]);
  });

  it('follows the caret and shows where a thing stands', () => {
    const session = open(BOOKINFO);
    const id = session.idAt(A, textOf(session).indexOf('weight: 60'));
    expect(id).toBeDefined();
    const place = session.placeOf(id ?? '');
    expect(textOf(session).slice(place?.range.from, place?.range.to)).toContain('subset: v1');
    session.select({ ids: [id ?? ''] });
    expect(session.projection().selection.ids).toEqual([id]);
  });
});
