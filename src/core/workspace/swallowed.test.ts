import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileId } from '../base/ids.ts';
import { createSession } from './session.ts';
import { BOOKINFO, EXTERNAL, GATEWAY, REVIEWS, REVIEWS_RULE } from './testing/bookinfo.ts';
import type { Session } from './types.ts';

const A = fileId('a.yaml');
const DOCUMENTS = [REVIEWS, REVIEWS_RULE, GATEWAY, EXTERNAL, '# about\n', 'plain: text\n', 'kind: [\n'];

const open = () => createSession({ files: [{ id: A, text: BOOKINFO }] });
const textOf = (session: Session) => session.projection().files[0]?.text ?? '';
const ids = (session: Session) => session.projection().resources.map(({ id }) => id);

function replace(session: Session, what: string, by: string, at = 0): void {
  const from = textOf(session).indexOf(what);
  if (from < 0) throw new Error(`no ${what}`);
  const changes = new Map([[A, [{ from, to: from + what.length, insert: by }]]]);
  session.transact({ origin: 'type', label: 'Type', at, changes });
}

describe('a `---` that goes', () => {
  const CUT = '---\napiVersion: networking.istio.io/v1\nkind: DestinationRule';
  const JOINED = CUT.slice('---\n'.length);
  const shapeOf = (session: Session) => session.projection().graph.nodes.map(({ id, name }) => `${id} ${name}`);

  it('leaves what both documents declared, stale, at its place, until it comes back', () => {
    const session = open();
    const before = session.projection();
    const shape = shapeOf(session);
    replace(session, CUT, JOINED);
    const joined = session.projection();
    expect(joined.slots).toHaveLength(3);
    expect(ids(session)).toEqual(before.resources.map(({ id }) => id));
    expect(joined.resources.map(({ stale }) => stale)).toEqual([true, true, false, false]);
    expect(shapeOf(session)).toEqual(shape);
    expect(joined.positions).toEqual(before.positions);
    replace(session, JOINED, CUT);
    const after = session.projection();
    expect(after.slots.map(({ slot }) => slot)).toEqual(before.slots.map(({ slot }) => slot));
    expect(after.resources.map(({ stale }) => stale)).toEqual([false, false, false, false]);
    expect(after.resources[1]).toBe(before.resources[1]);
    expect(shapeOf(session)).toEqual(shape);
  });

  it('comes back by undo just as well, and through edits within both halves', () => {
    const session = open();
    const before = session.projection();
    replace(session, CUT, JOINED, 0);
    replace(session, 'weight: 60', 'weight: 61', 5000);
    replace(session, 'labels: {version: v3}', 'labels: {version: v4}', 10_000);
    expect(session.projection().resources.map(({ stale }) => stale)).toEqual([true, true, false, false]);
    replace(session, JOINED, CUT, 15_000);
    expect(session.projection().slots.map(({ slot }) => slot)).toEqual(before.slots.map(({ slot }) => slot));
    expect(session.projection().resources.every(({ stale }) => !stale)).toBe(true);
    while (session.undo());
    expect(textOf(session)).toBe(BOOKINFO);
    expect(session.projection().slots.map(({ slot }) => slot)).toEqual(before.slots.map(({ slot }) => slot));
  });

  it('shows where the swallowed text lies, and finds it by its lines', () => {
    const session = open();
    replace(session, CUT, JOINED);
    const service = session.projection().graph.nodes.find((node) => node.rows.some((row) => row.kind === 'subset'));
    const subset = service?.rows.find((row) => row.kind === 'subset' && row.title === 'v2');
    const place = session.placeOf(subset?.id ?? '');
    expect(textOf(session).slice(place?.range.from, place?.range.to)).toContain('name: v2');
    expect(session.idAt(A, textOf(session).indexOf('name: v2'))).toBe(subset?.id);
  });

  it('takes with it what is mended without it, or deleted', () => {
    const session = open();
    replace(session, CUT, JOINED);
    replace(session, REVIEWS_RULE, '');
    expect(ids(session)).not.toContain('DestinationRule default/reviews');
    expect(session.projection().resources.every(({ stale }) => !stale)).toBe(true);
  });

  it('holds for three that become one', () => {
    const session = open();
    const before = ids(session);
    replace(session, CUT, JOINED);
    const gateway = '---\napiVersion: networking.istio.io/v1\nkind: Gateway';
    replace(session, gateway, gateway.slice(4));
    expect(session.projection().slots).toHaveLength(2);
    expect(ids(session)).toEqual(before);
    session.undo();
    session.undo();
    expect(session.projection().resources.every(({ stale }) => !stale)).toBe(true);
  });
});

describe('documents whose markers go and come back', () => {
  it('lose nothing on the way, and are the same as before', () => {
    // No twins: which of two equal texts is which, nobody can say.
    const picks = fc.shuffledSubarray([...DOCUMENTS.keys()], { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(picks, fc.array(fc.nat(3), { minLength: 1, maxLength: 4 }), (documents, cuts) => {
        const text = documents.map((pick) => DOCUMENTS[pick]).join('---\n');
        const session = createSession({ files: [{ id: A, text }] });
        const before = session.projection();
        const ids = before.resources.map(({ id }) => id).sort();
        const back: { from: number; to: number; insert: string }[] = [];
        for (const cut of cuts) {
          const now = session.projection().files[0]?.text ?? '';
          const markers = [...now.matchAll(/^---\n/gm)].map(({ index }) => index);
          const from = markers[cut % Math.max(markers.length, 1)];
          if (from === undefined) continue;
          const changes = new Map([[A, [{ from, to: from + 4, insert: '' }]]]);
          session.transact({ origin: 'canvas', label: 'Cut', at: 0, changes });
          back.unshift({ from, to: from, insert: '---\n' });
          const { resources } = session.projection();
          expect(resources.map(({ id }) => id).sort()).toEqual(ids);
        }
        for (const edit of back)
          session.transact({ origin: 'canvas', label: 'Put back', at: 0, changes: new Map([[A, [edit]]]) });
        const after = session.projection();
        expect(after.files[0]?.text).toBe(text);
        expect(after.slots.filter((slot) => slot.resources.length > 0).map(({ slot }) => slot)).toEqual(
          before.slots.filter((slot) => slot.resources.length > 0).map(({ slot }) => slot),
        );
        expect(after.resources.map(({ id, stale }) => ({ id, stale }))).toEqual(
          before.resources.map(({ id, stale }) => ({ id, stale })),
        );
        expect(after.graph.nodes.map(({ id }) => id).sort()).toEqual(before.graph.nodes.map(({ id }) => id).sort());
      }),
    );
  });
});
