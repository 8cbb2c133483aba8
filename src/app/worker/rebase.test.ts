import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChanges } from '../../core/text/index.ts';
import type { ChangeSet } from '../../core/text/types.ts';
import { crossOver, type NumberedChanges } from './rebase.ts';

/** One edit somewhere in a text of any length: places are shares of it, so that it fits whatever the text is by then. */
interface Wish {
  readonly who: 'page' | 'worker';
  readonly at: number;
  readonly length: number;
  readonly insert: string;
}
const wish: fc.Arbitrary<Wish> = fc.record({
  who: fc.constantFrom('page', 'worker'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(6),
  insert: fc.constantFrom('', 'x', 'ab', '\n', 'weight: 1\n'),
});
type Step = Wish | 'deliver to page' | 'deliver to worker';

function editOf(text: string, { at, length, insert }: Wish): ChangeSet {
  const from = Math.floor(at * text.length);
  const to = Math.min(text.length, from + length);
  return from === to && insert === '' ? [] : [{ from, to, insert }];
}

/** Both ends of the wire with messages under way in both directions, handled in order. */
function run(start: string, steps: readonly Step[]): { page: string; worker: string } {
  let page = start;
  let worker = start;
  let pending: readonly NumberedChanges[] = [];
  let own: readonly NumberedChanges[] = [];
  let seq = 0;
  let base = 0;
  let seen = 0;
  let version = 0;
  const toWorker: { base: number; seq: number; changes: ChangeSet }[] = [];
  const toPage: { seen: number; version: number; changes: ChangeSet }[] = [];
  const deliverToWorker = (): void => {
    const edit = toWorker.shift();
    if (!edit) return;
    own = own.filter(({ number }) => number > edit.base);
    const crossed = crossOver(edit.changes, own, 'page');
    own = crossed.pending;
    worker = applyChanges(worker, crossed.changes);
    version += 1;
    seen = edit.seq;
  };
  const deliverToPage = (): void => {
    const message = toPage.shift();
    if (!message) return;
    pending = pending.filter(({ number }) => number > message.seen);
    const crossed = crossOver(message.changes, pending, 'worker');
    pending = crossed.pending;
    page = applyChanges(page, crossed.changes);
    base = message.version;
  };
  for (const step of steps) {
    if (step === 'deliver to page') deliverToPage();
    else if (step === 'deliver to worker') deliverToWorker();
    else if (step.who === 'page') {
      const changes = editOf(page, step);
      page = applyChanges(page, changes);
      seq += 1;
      pending = [...pending, { number: seq, changes }];
      toWorker.push({ base, seq, changes });
    } else {
      const changes = editOf(worker, step);
      worker = applyChanges(worker, changes);
      version += 1;
      own = [...own, { number: version, changes }];
      toPage.push({ seen, version, changes });
    }
  }
  while (toWorker.length > 0) deliverToWorker();
  while (toPage.length > 0) deliverToPage();
  return { page, worker };
}

describe('crossOver', () => {
  it('keeps what both insert at one place, the text of the worker first', () => {
    const worker: ChangeSet = [{ from: 1, to: 1, insert: 'W' }];
    const page: ChangeSet = [{ from: 1, to: 1, insert: 'P' }];
    const atPage = crossOver(worker, [{ number: 1, changes: page }], 'worker');
    const atWorker = crossOver(page, [{ number: 1, changes: worker }], 'page');
    expect(applyChanges('aPb', atPage.changes)).toBe('aWPb');
    expect(applyChanges('aWb', atWorker.changes)).toBe('aWPb');
  });

  it('leads both ends to one text, whatever is under way when', () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: wish },
      { weight: 2, arbitrary: fc.constantFrom<Step>('deliver to page', 'deliver to worker') },
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), fc.array<Step>(step, { maxLength: 25 }), (start, steps) => {
        const { page, worker } = run(start, steps);
        expect(page).toBe(worker);
      }),
    );
  });
});
