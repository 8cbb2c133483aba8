import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileId } from '../../core/base/ids.ts';
import { refuse } from '../../core/base/result.ts';
import { applyChanges } from '../../core/text/index.ts';
import { createSession } from '../../core/workspace/index.ts';
import { createTraffic } from '../../core/workspace/traffic.ts';
import { splitOf } from '../../core/workspace/testing/samples.ts';
import { Host } from '../worker/host.ts';
import type { FromWorker, ToWorker } from '../worker/protocol.ts';
import { initialState } from './store.ts';
import { taken } from './testing/taken.ts';
import type { AppState } from './types.ts';

const file = fileId('a.yaml');
const START = ['a', 'b', 'c'].map(splitOf).join('---\n');

type Act =
  | { readonly kind: 'type'; readonly at: number; readonly length: number; readonly insert: string }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }
  | { readonly kind: 'pick'; readonly at: number };
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constant('type' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(30),
    insert: fc.constantFrom('', '1', '\n', '"', '---\n', '  - route: []\n', splitOf('d')),
  }),
  fc.constantFrom<Act>({ kind: 'undo' }, { kind: 'redo' }),
  fc.record({ kind: fc.constant('pick' as const), at: fc.double({ min: 0, max: 1, noNaN: true }) }),
);

describe('the page follows the worker', () => {
  it('has after any acts what a page has that asks for everything', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
        const session = createSession({ files: [{ id: file, text: START }] });
        const make = (post: (message: FromWorker) => void): Host =>
          new Host(
            session,
            { follow: () => 1, restart: () => undefined, windowInSteps: createTraffic().windowInSteps },
            {
              post,
              changed: () => undefined,
              touched: () => undefined,
              kept: () => undefined,
              decode: () => '',
              ask: () => undefined,
              joined: () => undefined,
              problems: { follow: () => ({}) },
              mender: { list: () => undefined, plan: () => refuse('NONE', 'no fixes here') },
              plan: () => refuse('NONE', 'no gestures here'),
            },
          );
        let page: AppState = initialState;
        let text = START;
        let seq = 0;
        let base = 1;
        const host = make((message) => {
          if (message.kind === 'view') page = taken(page, message.delta);
          if (message.kind !== 'texts') return;
          for (const { changes, version } of message.changed) {
            text = applyChanges(text, changes);
            base = version;
          }
        });
        host.saved.mark({ id: file, text: START });
        host.tell();
        const messageOf = (one: Act): ToWorker => {
          if (one.kind === 'undo' || one.kind === 'redo') return { kind: one.kind };
          if (one.kind === 'pick') {
            return { kind: 'caret', file, offset: Math.floor(one.at * text.length) };
          }
          const from = Math.floor(one.at * text.length);
          const to = Math.min(text.length, from + one.length);
          const changes = from === to && one.insert === '' ? [] : [{ from, to, insert: one.insert }];
          text = applyChanges(text, changes);
          seq += 1;
          return { kind: 'edit', file, base, seq, changes, at: seq * 10_000 };
        };
        for (const one of acts) host.handle([messageOf(one)]);

        expect(session.projection().files[0]?.text).toBe(text);
        let fresh: AppState = initialState;
        const anew = make((message) => {
          if (message.kind === 'view') fresh = taken(fresh, message.delta);
        });
        anew.saved.mark({ id: file, text: START });
        anew.tell();
        // A map's order is the order in which things came: the page draws by place, not by order.
        const sorted = (state: AppState): unknown => ({
          ...state,
          nodes: new Map([...state.nodes].sort(([a], [b]) => (a < b ? -1 : 1))),
          edges: new Map([...state.edges].sort(([a], [b]) => (a < b ? -1 : 1))),
          positions: new Map([...state.positions].sort(([a], [b]) => (a < b ? -1 : 1))),
        });
        expect(sorted(page)).toEqual(sorted(fresh));
      }),
    );
  });
});
