import type { Asked } from '../../core/workspace/asked/asker.ts';
import type { Question, RequestAnswer } from '../../core/workspace/asked/types.ts';
import type { JoinedAnswer, JoinedQuestion } from '../../core/workspace/joined/types.ts';
import type { Projection } from '../../core/workspace/types.ts';
import type { FromWorker, ToWorker } from './protocol.ts';

type Ask = Extract<ToWorker, { kind: 'ask' }>;
type Answer = (session: Asked, question: Question) => RequestAnswer;

/**
 * Answers what the Request panel asks. The engine is the traffic's, loaded beside the first picture; until it is there the newest question
 * waits, and is then answered for the workspace as it is by then.
 */
export function lazyAnswers(
  load: () => Promise<Answer>,
  post: (message: FromWorker) => void,
): (session: Asked, ask: Ask) => void {
  let answer: Answer | undefined;
  let waiting: { readonly session: Asked; readonly ask: Ask } | undefined;
  const reply = (session: Asked, { id, question }: Ask): void => {
    if (answer) post({ kind: 'answered', id, answer: answer(session, question) });
    else waiting = { session, ask: { kind: 'ask', id, question } };
  };
  void load().then((loaded) => {
    answer = loaded;
    if (waiting) reply(waiting.session, waiting.ask);
    waiting = undefined;
  });
  return reply;
}

type Joined = Extract<ToWorker, { kind: 'joined' }>;
type Join = (projection: Projection, question: JoinedQuestion) => JoinedAnswer;

/** Tells how rules are joined, of the workspace as it is when the engine is there. */
export function lazyJoined(
  load: () => Promise<Join>,
  post: (message: FromWorker) => void,
): (session: Asked, message: Joined) => void {
  let loading: Promise<Join> | undefined;
  return (session, { id, question }) => {
    loading ??= load();
    void loading.then((join) => post({ kind: 'joinedRules', id, answer: join(session.projection(), question) }));
  };
}
