import { unreachable } from '../../core/base/result.ts';
import type { FileId } from '../../core/base/ids.ts';
import { keepLastWords } from '../platform/last-words.ts';
import { readPreference, writePreference } from '../platform/preferences.ts';
import type { FromWorker } from '../worker/protocol.ts';
import { settleFixes, settleGesture } from './gestures.ts';
import { takeJoined } from './joined.ts';
import { notify } from './notices.ts';
import { takeOpening } from './opening.ts';
import { applyProblems } from './problems.ts';
import { takeAnswer } from './request.ts';
import { takeReview } from './review.ts';
import { ShownFile } from './shown-file.ts';
import { store, subscribeAppState } from './store.ts';
import { texts } from './texts.ts';
import { playhead } from './traffic.ts';
import { keepPart, wholeView } from './view-parts.ts';
import { behindFrame, settleView, takeView } from './views.ts';

type Message<Kind extends FromWorker['kind']> = Extract<FromWorker, { kind: Kind }>;

/** Takes in one message of the worker. Messages are in order, so this is the only place where the page's state follows it. */
export function receive(message: FromWorker): void {
  if (message.kind === 'view') {
    texts.acknowledge(message.seen);
    takeView(wholeView(message.delta));
  } else if (IN_FRONT.has(message.kind)) {
    settleView();
    take(message);
  } else behindFrame(() => take(message));
}

/** What does not wait for the frame of the view before it: texts are Monaco's, and somebody waits for the others. */
const IN_FRONT: ReadonlySet<FromWorker['kind']> = new Set(['ready', 'texts', 'viewPart', 'reveal', 'done', 'refused']);

function take(message: Exclude<FromWorker, { readonly kind: 'view' }>): void {
  switch (message.kind) {
    case 'ready':
      return begin(message);
    case 'texts':
      return takeTexts(message);
    case 'viewPart':
      return keepPart(message.part);
    case 'problems':
      store.setState((state) => applyProblems(state, message));
      return;
    case 'reveal':
      store.setState(({ reveal }) => ({
        activeFile: message.file,
        reveal: { file: message.file, range: message.range, serial: (reveal?.serial ?? 0) + 1 },
      }));
      return;
    case 'done':
      settleGesture(message.id, undefined);
      for (const note of message.notes) notify({ tone: 'info', message: note });
      return;
    case 'refused':
      return settleGesture(message.id, message.refusal);
    case 'saved':
      // By now what the page before had left is stored.
      if (!texts.isStored) keepLastWords([]);
      texts.stored(message.at);
      store.setState({ savedAt: message.at });
      return;
    case 'saveFailed':
      return notify({ tone: 'error', message: message.message, remedy: 'Download your files to keep them.' });
    case 'opening':
      return takeOpening(message);
    case 'notice':
      return notify({ tone: 'info', message: message.message });
    case 'traffic':
      return playhead.add(message.window);
    case 'fixes':
      return settleFixes(message.id, message.fixes);
    case 'joinedRules':
      return takeJoined(message.id, message.answer);
    case 'reviewed':
      return takeReview(message.id, message.review);
    case 'answered':
      return takeAnswer(message.id, message.answer);
    default:
      return unreachable(message);
  }
}

const isName = (value: unknown): value is string => typeof value === 'string';
const shownFile = new ShownFile({
  read: () => readPreference('shown-file', isName, ''),
  write: (file) => writePreference('shown-file', file),
});
subscribeAppState(({ activeFile }, before) => {
  if (activeFile !== before.activeFile) shownFile.show(activeFile);
});

function begin(message: Message<'ready'>): void {
  texts.open(message.files);
  store.setState(({ phase }) => ({
    // Who opened something before the worker was there is past the welcome.
    phase: message.files.length > 0 || phase === 'editing' ? 'editing' : 'welcome',
    restored: message.restored,
    savedAt: message.savedAt,
    activeFile: shownFile.begin(message.files.map(({ id }) => id)),
  }));
  if (message.restored) notify({ tone: 'info', message: 'Your work is back as you left it in this browser.' });
}

function takeTexts(message: Message<'texts'>): void {
  for (const [from, to] of message.renamed) texts.rename(from, to);
  texts.close(message.closed);
  texts.open(message.opened);
  texts.change(message.changed, message.seen, message.origin);
  store.setState(({ activeFile }) => ({ activeFile: nextActive(activeFile, message) }));
}

/** What was shown before the file that came to the front last. */
let behind: FileId | undefined;

/** A file that was opened comes to the front; a closed one gives way to the one that was shown before it, or else to any that is left. */
function nextActive(active: FileId | undefined, message: Message<'texts'>): FileId | undefined {
  const opened = message.more === true ? undefined : message.opened[0]?.id;
  if (opened !== undefined) {
    behind = active;
    return opened;
  }
  const again = message.more === true && shownFile.arrived(message.opened.map(({ id }) => id));
  if (again) return again;
  const renamed = message.renamed.find(([from]) => from === active)?.[1] ?? active;
  return [renamed, behind].find((file) => file !== undefined && texts.has(file)) ?? texts.files()[0];
}
