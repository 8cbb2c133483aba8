import { planGesture } from '../../core/commands/index.ts';
import { createSession, editableTexts, readAhead, readSnapshot } from '../../core/workspace/index.ts';
import type { Snapshot } from '../../core/workspace/types.ts';
import { Autosave } from './autosave.ts';
import { handedFile, Host } from './host.ts';
import { lazyTraffic } from './lazy-traffic.ts';
import type { FromWorker, ToWorker, UnsavedText } from './protocol.ts';
import { Mender } from './mender.ts';
import { Painting } from './painting.ts';
import { filesInParts } from './parts.ts';
import { ProblemTeller } from './problem-teller.ts';
import { coalesce } from './queue.ts';
import { lazyAnswers, lazyJoined } from './request.ts';
import { openStorage, StorageFailure, type SavedMeta, type WorkspaceStorage } from './storage.ts';
import { whenAlone } from './tabs.ts';
import { Turn } from './turn.ts';
import { takeUnsaved } from './unsaved.ts';

const post = (message: FromWorker): void => self.postMessage(message);
const waitFor = (ms: number, then: () => void): (() => void) => {
  const timer = setTimeout(then, ms);
  return () => clearTimeout(timer);
};
const notice = (message: string): void => post({ kind: 'notice', message });
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Resolves a moment after the page has painted the first picture, or when there is none for long: checks and engine, two thirds of the
 * worker's code, would be loaded and run on the way of it, and on the way of Monaco, which comes next.
 */
const PICTURED_MS = { after: 800, most: 3000 };
let setPictured: () => void = () => undefined;
const pictured = new Promise<void>((resolve) => {
  setPictured = resolve;
  setTimeout(resolve, PICTURED_MS.most);
});
const afterPicture =
  <T>(load: () => Promise<T>) =>
  async (): Promise<T> => {
    await pictured;
    return load();
  };
const loadAsker = afterPicture(async () => (await import('../../core/workspace/asked/asker.ts')).createAsker());

const painting = new Painting(waitFor);

let waiting: ToWorker[] = [];
let host: Host | undefined;
let autosave: Autosave | undefined;

interface Stored {
  readonly storage: WorkspaceStorage | undefined;
  readonly snapshot: Snapshot | undefined;
  readonly meta: SavedMeta | undefined;
}

/** What the browser holds of an earlier visit. A browser without storage, or with something unreadable, is said and gone on without. */
async function load(): Promise<Stored> {
  try {
    const storage = await openStorage();
    const stored = await storage.load();
    const read = stored && readSnapshot(stored.data);
    if (read?.kind === 'refused') {
      // What can't be read is not written over: it may be the work of a newer version.
      notice(`${read.message} ${read.remedy ?? ''} Until then nothing is saved here.`);
      return { storage: undefined, snapshot: undefined, meta: undefined };
    }
    return { storage, snapshot: read?.value, meta: stored?.meta };
  } catch (error) {
    post({
      kind: 'saveFailed',
      message: error instanceof StorageFailure ? error.message : 'Your work could not be read.',
    });
    return { storage: undefined, snapshot: undefined, meta: undefined };
  }
}

/** Characters of what was stored that are read before the page hears how far it is. */
const READ_AHEAD = 200_000;

/** Reads the documents of what was stored, and tells the page how far it is: of 10 MB that takes its time. */
async function readStored({ files }: Snapshot): Promise<void> {
  for (const done of readAhead(editableTexts(files), READ_AHEAD)) {
    post({ kind: 'opening', done, total: files.length });
    await new Promise((go) => setTimeout(go, 0));
  }
}

async function start(page: number | undefined, unsaved: readonly UnsavedText[] = []): Promise<void> {
  const { storage, snapshot, meta } = await load();
  if (snapshot) await readStored(snapshot);
  const session = createSession(snapshot ? { snapshot } : {});
  if (meta) takeUnsaved(session, unsaved, meta);
  const { files } = session.projection();
  let isPreview = files.length === 0;
  let isAlone = false;
  const saver: Autosave = new Autosave(
    {
      snapshot: () => session.snapshot(),
      dirty: () => session.projection().files.flatMap((file) => (made.saved.isDirty(file) ? [file.id] : [])),
      now: () => Date.now(),
      saved: (at) => post({ kind: 'saved', at }),
      failed: (message) => post({ kind: 'saveFailed', message }),
      wait: waitFor,
    },
    storage,
    meta?.revision ?? 0,
    page,
  );
  const traffic = lazyTraffic(
    afterPicture(async () => (await import('../../core/workspace/traffic.ts')).createTraffic()),
    () => made.tell(),
  );
  const made: Host = new Host(session, traffic, {
    post,
    problems,
    soon: (then) => painting.then(then),
    mender: new Mender(
      async () => import('../../core/fixes/index.ts'),
      post,
      (id) => problems.checked(id),
    ),
    decode: (bytes) => decoder.decode(bytes),
    plan: (from, gesture) => planGesture(from.projection(), gesture),
    joined: lazyJoined(async () => (await import('../../core/workspace/joined/joined.ts')).joinedRules, post),
    ask: lazyAnswers(loadAsker, post),
    touched: () => saver.touch(),
    kept: () => {
      isPreview = false;
      if (isAlone && saver.isPaused) saver.resume();
    },
    changed: (applied, preview) => {
      isPreview = preview;
      if (isPreview) saver.pause();
      else if (isAlone && saver.isPaused) saver.resume();
      else saver.add(applied.journal);
    },
  });
  const dirty = new Set<string>(meta?.dirty);
  for (const file of files) {
    if (dirty.has(file.id)) made.saved.restore(file);
    else made.saved.mark(file);
  }
  host = made;
  autosave = saver;
  const restored = files.length > 0;
  const [first = [], ...others] = filesInParts(files.map(handedFile));
  post({ kind: 'ready', restored, files: first, ...(restored && meta ? { savedAt: meta.savedAt } : {}) });
  const none = { closed: [], changed: [], renamed: [], seen: 0, origin: 'import', label: '', more: true };
  for (const opened of others) post({ kind: 'texts', opened, ...none });
  made.tell();
  if (snapshot) post({ kind: 'opening', done: files.length, total: files.length });
  flush();
  whenAlone({
    others: () =>
      notice('Meshwright is open in another tab. What you change here is not saved until that tab is closed.'),
    alone: async () => {
      if (storage && (await storage.revision()) !== saver.knownRevision) {
        notice('Another tab has saved newer work. Reload to go on with it: what you change here is not saved.');
        return;
      }
      isAlone = true;
      if (!isPreview) saver.resume();
    },
  });
}

/** Traffic of what was typed is made when nobody has typed for so long: till then each key makes it out of date. */
const TYPING_MS = 250;
let typedAt = -Infinity;
let trafficTimer: ReturnType<typeof setTimeout> | undefined;

/** What takes all of the workspace into account, and would be answered anew after each portion of files. */
const isOfAll = ({ kind }: ToWorker): boolean => kind === 'traffic' || kind === 'joined';

/** The messages to take in now: those for traffic wait while somebody types, and also those for joined rules while files are being opened. */
function dueNow(messages: readonly ToWorker[]): readonly ToWorker[] {
  if (host?.isOpening === true && messages.some(isOfAll)) {
    // Of questions for joined rules the newest counts, whatever came between.
    const newest = messages.findLast(({ kind }) => kind === 'joined');
    waiting.push(...messages.filter((message) => message.kind === 'traffic' || message === newest));
    return dueNow(messages.filter((message) => !isOfAll(message)));
  }
  if (messages.some((message) => message.kind === 'edit')) typedAt = performance.now();
  const wait = typedAt + TYPING_MS - performance.now();
  const traffic = messages.filter((message) => message.kind === 'traffic');
  if (wait <= 0 || traffic.length === 0) return messages;
  waiting.push(...traffic);
  clearTimeout(trafficTimer);
  trafficTimer = setTimeout(flush, wait);
  return messages.filter((message) => message.kind !== 'traffic');
}

function flush(): void {
  if (!host) return;
  const all = coalesce(waiting);
  waiting = [];
  const messages = dueNow(all);
  if (messages.length > 0) handle(host, messages);
  if (!host.isOpening) return checkWhatWasOpened();
  // What came meanwhile goes first.
  if (waiting.every(isOfAll) && host.openMore()) host.tell();
  hop.ask();
}

function handle(host: Host, messages: readonly ToWorker[]): void {
  if (messages.some(({ kind }) => kind === 'ask')) setPictured();
  if (messages.some(({ kind }) => kind === 'edit')) painting.begin();
  host.handle(messages);
  if (host.isSimulating) trafficTurn.ask();
  if (messages.some((message) => message.kind === 'flush')) void autosave?.flush();
}

/** Windows of traffic are made in steps, between which other messages have their turn. */
const trafficTurn = new Turn(() => {
  if (host?.isSimulating !== true) return;
  if (painting.isUnderWay) return painting.then(() => trafficTurn.ask());
  host.simulate();
  if (host.isSimulating) trafficTurn.ask();
});

/** Checks wait until all files that are being opened are there: of each portion they would be done again. */
let checksWait: (() => void) | undefined;

function checkWhatWasOpened(): void {
  const check = checksWait;
  checksWait = undefined;
  check?.();
}

let checkNext: (() => void) | undefined;
const checkTurn = new Turn(() =>
  painting.then(() => {
    checksWait = checkNext;
    if (!host?.isOpening) checkWhatWasOpened();
  }),
);

let proofTimer: ReturnType<typeof setTimeout> | undefined;
const loadFindings = afterPicture(async () => (await import('../../core/workspace/findings.ts')).createFindings());
const problems = new ProblemTeller(loadFindings, {
  post,
  now: () => Date.now(),
  isBusy: () => waiting.some((message) => message.kind !== 'traffic'),
  after: (ms, then) => {
    proofTimer = setTimeout(then, ms);
  },
  cancel: () => clearTimeout(proofTimer),
  later: (then) => {
    checkNext = then;
    checkTurn.ask();
  },
});

// Messages that came while the worker was busy are all taken in before work goes on: a hop through a channel lets them through.
const hop = new Turn(flush);

/** Behind an edit that is as old as this there may be others: they are joined. */
const STALE_MS = 8;

self.addEventListener('message', (event: MessageEvent<ToWorker>) => {
  if (event.data.kind === 'start') {
    void start(event.data.page, event.data.unsaved);
    return;
  }
  if (event.data.kind === 'painted') {
    setTimeout(setPictured, PICTURED_MS.after);
    return painting.done();
  }
  waiting.push(event.data);
  // A key that did not wait is taken in at once: a hop takes as long as half the work for it.
  if (event.data.kind === 'edit' && !hop.isAsked && Date.now() - event.data.at < STALE_MS) flush();
  else hop.ask();
});
