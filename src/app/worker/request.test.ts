import { expect, it } from 'vitest';
import type { Asked } from '../../core/workspace/asked/asker.ts';
import { createSession } from '../../core/workspace/index.ts';
import type { FromWorker } from './protocol.ts';
import { lazyAnswers } from './request.ts';

it('answers the newest question that waited for the engine, and every one after it', async () => {
  const sent: FromWorker[] = [];
  const session: Asked = createSession();
  const empty = { callers: [], suggestions: [], kept: [] };
  const ask = lazyAnswers(
    () => Promise.resolve(() => empty),
    (message) => sent.push(message),
  );
  ask(session, { kind: 'ask', id: 1, question: {} });
  ask(session, { kind: 'ask', id: 2, question: {} });
  expect(sent).toEqual([]);
  await Promise.resolve();
  await Promise.resolve();
  ask(session, { kind: 'ask', id: 3, question: {} });
  expect(sent).toEqual([
    { kind: 'answered', id: 2, answer: empty },
    { kind: 'answered', id: 3, answer: empty },
  ]);
});
