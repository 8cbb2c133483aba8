import type { Question, RequestAnswer, RequestForm } from '../../core/workspace/asked/types.ts';
import { runGesture } from './gestures.ts';
import { send } from './port.ts';
import { store } from './store.ts';
import type { AppState, RequestState } from './types.ts';

let lastId = 0;
/** The rule whose question is not answered yet: a refresh asks for it again. */
let ruleAsked: string | undefined;
const set = (changes: Partial<RequestState>): void =>
  store.setState(({ request }) => ({ request: { ...request, ...changes } }));

/** The version that what is said about a rule was true of. */
let aboutAt = 0;
/** How long the newest answer took: in a large workspace asking at every key press would hold up the typing. */
let tookMs = 0;
let askedAt = 0;
let waiting: ReturnType<typeof setTimeout> | undefined;
const SLOW_MS = 80;
const PAUSE_MS = 300;

function ask(question: Question): void {
  clearTimeout(waiting);
  waiting = undefined;
  askedAt = performance.now();
  lastId += 1;
  send({ kind: 'ask', id: lastId, question });
}

/** Changes what stands in the form; nothing is asked yet. */
export function editRequest(changes: Partial<RequestForm>): void {
  set({ form: { ...store.getState().request.form, ...changes } });
}

/** Asks what becomes of a request: of the one in the form, or of another that takes its place. */
export function sendRequest(form: RequestForm = store.getState().request.form): void {
  ruleAsked = undefined;
  set({ form, sent: form, about: undefined });
  ask({ form });
}

/** Takes what was picked from a list into the request that was sent, and asks again; before the first one nothing happens. */
export function refreshPicked(changes: Partial<RequestForm>): void {
  const { sent } = store.getState().request;
  if (sent) {
    set({ sent: { ...sent, ...changes }, about: undefined });
    askAgain();
  }
}

/** Asks again, since the workspace has changed: at once where answers are quick, else when the typing pauses. */
export function refreshRequest(): void {
  clearTimeout(waiting);
  waiting = setTimeout(askAgain, tookMs < SLOW_MS ? 0 : PAUSE_MS);
}

function askAgain(): void {
  ask(ruleAsked === undefined ? { form: store.getState().request.sent } : { rule: ruleAsked });
}

/** Asks for a request that would reach the rule in a row of the canvas, and shows the panel. */
export function askForRule(rule: string): void {
  ruleAsked = rule;
  ask({ rule });
  store.setState({ bottomTab: 'request' });
}

/** What is lit on the canvas for a trace. */
function litBy(trace: RequestAnswer['trace']): Pick<AppState, 'litEdges' | 'litWays'> {
  const litWays = new Map((trace?.direct ?? []).map((way) => [`direct/${way.from}>${way.to}`, way]));
  return { litEdges: new Set([...(trace?.edges ?? []), ...litWays.keys()]), litWays };
}

/** Takes in the answer to the newest question; older ones are passed over. */
export function takeAnswer(id: number, answer: RequestAnswer): void {
  if (id !== lastId) return;
  tookMs = performance.now() - askedAt;
  ruleAsked = undefined;
  const { request, bottomTab, version } = store.getState();
  const next: RequestState = { ...request, answer };
  const lit = litBy(bottomTab === 'request' ? answer.trace : undefined);
  if (answer.about) {
    aboutAt = version;
    const form = answer.form ?? request.form;
    store.setState({ request: { ...next, form, sent: form, about: answer.about }, ...lit });
    return;
  }
  const [first] = answer.callers;
  const form = next.form.from === '' && first ? { ...next.form, from: first.from } : next.form;
  const about = version === aboutAt ? next.about : undefined;
  store.setState({ request: { ...next, form, about }, ...lit });
}

/** Writes the request that was answered last into the Scenario document, with its likeliest outcome as the one that is expected. */
export function keepRequest(): void {
  const { answer } = store.getState().request;
  const [likeliest] = answer?.trace?.outcomes ?? [];
  if (!answer?.form || !likeliest) return;
  const { status, cluster } = likeliest;
  const expect = { ...(status !== undefined && { status }), ...(cluster !== undefined && { cluster }) };
  void runGesture({ kind: 'keepRequest', ...answer.form, expect }, 'panel');
}

/** The panel is not shown any more. */
export function leaveRequest(): void {
  clearTimeout(waiting);
  store.setState(litBy(undefined));
}
