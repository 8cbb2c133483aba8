import { fileId, type FileId } from '../../core/base/ids.ts';
import { unreachable, type Result } from '../../core/base/result.ts';
import type { Gesture } from '../../core/commands/types.ts';
import { openBytes, WORKSPACE_LIMIT_BYTES } from '../../core/workspace/index.ts';
import { reviewSession } from '../../core/workspace/review/review.ts';
import type {
  AddedFile,
  Applied,
  Origin,
  PlanResult,
  Session,
  Transaction,
  WorkspaceFile,
} from '../../core/workspace/types.ts';
import { deltaBetween, type Told } from './delta.ts';
import { filesInParts, inParts } from './parts.ts';
import { freeName, SavedTexts } from './files.ts';
import { OpeningQueue, type NamedContent } from './opening.ts';
import { Inspector, rowOrNode, withoutEdges } from './inspect.ts';
import type { TrafficSource } from './lazy-traffic.ts';
import type { Mender } from './mender.ts';
import type { FromWorker, ToWorker } from './protocol.ts';
import { crossOver, type NumberedChanges } from './rebase.ts';
import type { ProblemTeller } from './problem-teller.ts';
import { ViewMaker } from './views.ts';

type Message<Kind extends ToWorker['kind']> = Extract<ToWorker, { kind: Kind }>;

/** What the host needs from outside. `changed` is told of everything that is to be stored. */
export interface HostPorts {
  readonly post: (message: FromWorker) => void;
  readonly changed: (applied: Applied, preview: boolean) => void;
  readonly touched: () => void;
  /** What was opened as a preview is to be stored from now on. */
  readonly kept: () => void;
  readonly decode: (bytes: Uint8Array) => string;
  readonly plan: (session: Session, gesture: Gesture) => PlanResult;
  readonly problems: Pick<ProblemTeller, 'follow'>;
  /** Calls back when the page has had time to show what it was told. Without it nothing is put off. */
  readonly soon?: (then: () => void) => void;
  readonly mender: Pick<Mender, 'list' | 'plan'>;
  readonly ask: (session: Session, question: Message<'ask'>) => void;
  readonly joined: (session: Session, question: Message<'joined'>) => void;
}

/**
 * The workspace in the worker: takes the page's messages in order, and tells the page what changed. Everything that it sends follows
 * from the session; it holds only what the two sides need to stay in step.
 */
export class Host {
  readonly saved = new SavedTexts();
  private readonly session: Session;
  private readonly traffic: TrafficSource;
  private readonly ports: HostPorts;
  private readonly views = new ViewMaker();
  private readonly inspector = new Inspector();
  /** The worker's own changes that the page may not have seen yet, by file: late edits are mapped over them. */
  private readonly own = new Map<FileId, readonly NumberedChanges[]>();
  private told: Told | undefined;
  private seen = 0;
  private toldSeen = 0;
  private afterView: FromWorker[] = [];
  /** What was changed and is not stored yet: the picture goes first. */
  private toStore: (readonly [Applied, boolean])[] = [];
  private readonly opening = new OpeningQueue();
  private readonly windows: ReturnType<TrafficSource['windowInSteps']>[] = [];
  private hasToldOpening = false;

  constructor(session: Session, traffic: TrafficSource, ports: HostPorts) {
    this.session = session;
    this.traffic = traffic;
    this.ports = ports;
  }

  /** Takes in messages that waited, in order, then tells the page once what came of all of them. */
  handle(messages: readonly ToWorker[]): void {
    for (const message of messages) this.take(message);
    const { soon } = this.ports;
    if (!soon || !messages.every((message) => message.kind === 'edit')) return this.tell();
    this.tell(true);
    soon(() => this.tell());
  }

  /**
   * Sends everything that the page does not have yet; `isTyping`: without what nobody looks at between a key and its picture, the fields
   * of the inspector and which files are dirty, for which whole texts are compared.
   */
  tell(isTyping = false): void {
    const projection = this.session.projection();
    const before = isTyping ? this.told : undefined;
    const views = this.views.make(projection, before ? undefined : (file) => this.saved.isDirty(file));
    const isShown = before?.inspector?.id === projection.selection.ids.at(-1);
    const inspector = before && isShown ? before.inspector : this.inspector.view(this.session, projection);
    const run = this.traffic.follow(projection);
    const problems = this.ports.problems.follow(projection);
    const told: Told = { projection, views, inspector, run, problems };
    const delta = deltaBetween(this.told, told);
    // The version alone is news too: the Changes tab and the Request panel ask again when it grows.
    const isNews = projection.version !== this.told?.projection.version || this.seen !== this.toldSeen;
    const isMore = Object.keys(delta).length > 1;
    this.told = told;
    this.toldSeen = this.seen;
    if (isNews || isMore) {
      const { parts, rest } = inParts(delta);
      for (const part of parts) this.ports.post({ kind: 'viewPart', part });
      this.ports.post({ kind: 'view', delta: rest, seen: this.seen });
    }
    const later = this.afterView;
    this.afterView = [];
    for (const message of later) this.ports.post(message);
    const toStore = this.toStore;
    this.toStore = [];
    for (const [applied, preview] of toStore) this.ports.changed(applied, preview);
  }

  private take(message: ToWorker): void {
    switch (message.kind) {
      case 'start':
      case 'flush':
      case 'painted':
        return;
      case 'keep':
        return this.ports.kept();
      case 'open':
        return this.open(message);
      case 'edit':
        return this.edit(message);
      case 'gesture':
        return this.gesture(message);
      case 'moveNodes': {
        const positions = new Map(message.positions);
        return this.transact({ origin: 'canvas', label: message.label, at: message.at, positions });
      }
      case 'tidy':
        return this.applied(this.session.tidy(message.at));
      case 'stopOpening':
        this.stopOpening();
        return;
      case 'undo':
        return this.stopOpening() === 0 ? undefined : this.applied(this.session.undo());
      case 'redo':
        return this.applied(this.session.redo());
      case 'select':
        return this.select(message);
      case 'caret':
        return this.caret(message);
      case 'newFile':
        return this.newFile(message);
      case 'closeFile':
        return this.transact({ ...step('Close file', message.at), removeFiles: [message.file] });
      case 'renameFile': {
        const renameFiles = new Map([[message.file, fileId(message.name)]]);
        return this.transact({ ...step('Rename file', message.at), renameFiles });
      }
      case 'traffic':
        this.windows.push(this.traffic.windowInSteps(message.run, message.fromUs, message.toUs));
        return;
      case 'ask':
        return this.ports.ask(this.session, message);
      case 'fixes':
        return this.ports.mender.list(() => this.session.projection(), message);
      case 'mend':
        return this.mend(message);
      case 'joined':
        return this.ports.joined(this.session, message);
      case 'review':
        return this.review(message);
      case 'goToStep':
        return this.goToStep(message.done);
      case 'restartTraffic':
        return this.traffic.restart(message.seed);
      case 'markSaved':
        for (const file of this.session.projection().files) if (message.files.includes(file.id)) this.saved.mark(file);
        return this.ports.touched();
      default:
        return unreachable(message);
    }
  }

  private open({ mode, label, files, preview = false }: Message<'open'>): void {
    let room = WORKSPACE_LIMIT_BYTES;
    if (mode === 'add') {
      room -= this.opening.waitingCharacters;
      for (const file of this.session.projection().files) if (file.readOnly === undefined) room -= file.text.length;
    }
    const contents = files.map(({ name, bytes }): NamedContent => {
      const content = openBytes(bytes, { decode: this.ports.decode }, room);
      if (content.readOnly === undefined) room -= bytes.length;
      return { name, ...content };
    });
    const [first, ...others] = contents.filter((file) => file.readOnly !== undefined);
    const more = others.length === 0 ? '' : ` ${countOfFiles(others.length)} more can only be read too: see Problems.`;
    if (first) this.notice(`${first.name} is read-only: ${first.readOnly ?? ''}${more}`);
    this.opening.add({ mode, label, preview, files: contents });
    this.openMore();
  }

  /** Whether files wait to be opened. */
  get isOpening(): boolean {
    return !this.opening.isEmpty;
  }

  /**
   * Reads on in the next portion of the files that wait, and says how far it is; when it is read, opens it. Gives whether it was opened:
   * `tell` tells the page.
   */
  openMore(): boolean {
    const read = this.opening.readOn();
    if (read) {
      this.hasToldOpening ||= read.total > 1 || this.opening.waitingCharacters > SLOW_CHARACTERS;
      if (this.hasToldOpening) this.ports.post({ kind: 'opening', ...read });
      return false;
    }
    const portion = this.opening.next();
    if (!portion) return false;
    const { mode, label, preview, isFirst, isLast, done, total } = portion;
    const before = this.session.projection().files;
    const replaces = mode === 'replace' && isFirst;
    const taken = new Set<string>(replaces ? [] : before.map((file) => file.id));
    const addFiles = portion.files.map(({ name, ...content }): AddedFile => {
      const id = fileId(freeName(name, taken));
      taken.add(id);
      return { id, ...content };
    });
    for (const file of addFiles) this.saved.mark(file);
    const last = this.session.steps().done.at(-1);
    const goesOn = !isFirst && last?.origin === 'import' && last.label === label;
    // What took everything's place is laid out as a whole in the end, unless somebody has been at work in it meanwhile.
    const fresh = replaces || (mode === 'replace' && isLast && goesOn);
    const removeFiles = replaces ? before.map((file) => file.id) : [];
    const step = { origin: 'import', label, at: 0, addFiles, removeFiles, fresh, joins: goesOn } as const;
    this.transact(step, preview, !isFirst);
    if (!isFirst || !isLast || this.hasToldOpening) this.tellOpening({ done, total });
    return true;
  }

  private tellOpening({ done, total }: { readonly done: number; readonly total: number }): void {
    this.hasToldOpening = done < total;
    this.afterView.push({ kind: 'opening', done, total });
  }

  /** Opens no more of what waits; gives how many files of the opening under way are open. */
  private stopOpening(): number | undefined {
    const far = this.opening.stop();
    if (!far) return undefined;
    this.tellOpening({ done: far.total, total: far.total });
    if (far.done === 0) {
      this.notice('Stopped: nothing of it was opened.');
      return 0;
    }
    const of = `${far.done.toLocaleString('en')} of ${countOfFiles(far.total)}`;
    this.notice(`Stopped: ${of} are open. Undo takes them back.`);
    return far.done;
  }

  private newFile({ name, text, at }: Message<'newFile'>): void {
    const taken = new Set<string>(this.session.projection().files.map((file) => file.id));
    const file = { id: fileId(freeName(name, taken)), text };
    this.saved.mark(file);
    this.transact({ ...step('New file', at), addFiles: [file] });
  }

  private edit({ file, base, seq, changes, at }: Message<'edit'>): void {
    this.seen = seq;
    const unseen = (this.own.get(file) ?? []).filter(({ number }) => number > base);
    const crossed = crossOver(changes, unseen, 'page');
    this.own.set(file, crossed.pending);
    const change = new Map([[file, crossed.changes]]);
    const done = this.session.transact({ origin: 'type', label: 'Type', at, changes: change });
    if (done.kind === 'ok') return void this.toStore.push([done.value, false]);
    // The page has what was refused: it gets the text as it stands.
    this.notice(done.message);
    const now = this.session.projection().files.find((item) => item.id === file);
    this.post({ opened: now ? [now] : [], closed: [], changed: [], renamed: [], origin: 'import', label: 'Type' });
  }

  private gesture({ id, gesture, origin, at }: Message<'gesture'>): void {
    this.carryOut(id, this.ports.plan(this.session, gesture), origin, at);
  }

  private mend(message: Message<'mend'>): void {
    const plan = this.ports.mender.plan(this.session.projection(), message);
    this.carryOut(message.id, plan, 'quickfix', message.at);
  }

  /** Makes one step of a plan, and tells whoever asked what became of it. */
  private carryOut(id: number, plan: PlanResult, origin: Origin, at: number): void {
    if (plan.kind === 'refused') {
      this.afterView.push({ kind: 'refused', id, refusal: plan });
      return;
    }
    const { label, changes, addFiles = [], notes, selectAt, placeAt } = plan.value;
    const done = this.session.transact({ origin, label, at, changes, addFiles, selectAt, placeAt });
    if (done.kind === 'refused') {
      this.afterView.push({ kind: 'refused', id, refusal: done });
      return;
    }
    for (const file of addFiles) this.saved.mark({ id: file.id, text: '' });
    this.applied(done.value);
    this.afterView.push({ kind: 'done', id, label, notes: notes.map((note) => note.message) });
  }

  private transact(transaction: Transaction, preview = false, more = false): void {
    const done: Result<Applied> = this.session.transact(transaction);
    if (done.kind === 'refused') this.notice(done.message);
    else this.applied(done.value, preview, more);
  }

  /** Tells the page which texts changed, and remembers it for edits that are under way. */
  private applied(applied: Applied | undefined, preview = false, more = false): void {
    if (!applied) return;
    this.saved.rename(applied.renamed);
    for (const [from, to] of applied.renamed) {
      this.own.set(to, this.own.get(from) ?? []);
      this.own.delete(from);
    }
    for (const file of [...applied.closed, ...applied.opened.map((item) => item.id)]) this.own.delete(file);
    const versions = new Map(applied.projection.files.map((file) => [file.id, file.version]));
    const changed = [...applied.changes].map(([id, changes]) => {
      const version = versions.get(id) ?? 0;
      this.own.set(id, [...(this.own.get(id) ?? []), { number: version, changes }]);
      return { id, base: version - 1, version, changes };
    });
    const { opened, closed, origin, label } = applied;
    this.post({ opened, closed, changed, renamed: [...applied.renamed], origin, label, more });
    this.toStore.push([applied, preview]);
  }

  private post(
    texts: Omit<Extract<FromWorker, { kind: 'texts' }>, 'kind' | 'seen' | 'opened'> & {
      readonly opened: readonly WorkspaceFile[];
    },
  ): void {
    const { opened, closed, changed, renamed } = texts;
    if (opened.length + closed.length + changed.length + renamed.length === 0) return;
    const [first = [], ...others] = filesInParts(opened.map(handedFile));
    this.ports.post({ kind: 'texts', ...texts, opened: first, seen: this.seen });
    const more = { ...texts, closed: [], changed: [], renamed: [], seen: this.seen, more: true };
    for (const part of others) this.ports.post({ kind: 'texts', ...more, opened: part });
  }

  private select({ selection, reveal }: Message<'select'>): void {
    this.session.select(selection);
    const id = selection.ids.at(-1);
    const place = reveal && id !== undefined ? this.session.placeOf(id) : undefined;
    const file = place && this.session.projection().files.find((item) => item.id === place.file);
    if (!place || !file) return;
    this.afterView.push({ kind: 'reveal', file: file.id, range: withoutEdges(file.text, place.range) });
  }

  private caret({ file, offset }: Message<'caret'>): void {
    const at = this.session.idAt(file, offset);
    if (at === undefined) return;
    const projection = this.session.projection();
    // A rule is what a form shows: its destinations are edited there side by side.
    const id = rowOrNode(projection, at);
    if (id !== projection.selection.ids.at(-1)) this.session.select({ ids: [id] });
  }

  private review({ id }: Message<'review'>): void {
    const review = reviewSession(this.session, (file) => this.saved.baselineOf(file));
    this.afterView.push({ kind: 'reviewed', id, review });
  }

  private goToStep(wanted: number): void {
    this.stopOpening();
    const { done, undone } = this.session.steps();
    for (let at = done.length; at > Math.max(0, wanted); at -= 1) this.applied(this.session.undo());
    for (let at = done.length; at < Math.min(wanted, done.length + undone.length); at += 1)
      this.applied(this.session.redo());
  }

  /** Whether windows of traffic are being made. */
  get isSimulating(): boolean {
    return this.windows.length > 0;
  }

  /** Goes on by one step with the windows that were asked for, oldest first. */
  simulate(): void {
    const step = this.windows[0]?.next();
    if (step?.done !== true) return;
    this.windows.shift();
    if (step.value) this.ports.post({ kind: 'traffic', window: step.value });
  }

  private notice(message: string): void {
    this.afterView.push({ kind: 'notice', message });
  }
}

/** How far it is is told also of one file that has more than this: reading it takes longer than a blink. */
const SLOW_CHARACTERS = 1_000_000;
const countOfFiles = (count: number): string => (count === 1 ? '1 file' : `${count.toLocaleString('en')} files`);

/** A file as the page gets it: with a handle on its bytes. */
export function handedFile({ bytes, ...file }: WorkspaceFile) {
  // Bytes of files are no shared memory.
  return { ...file, ...(bytes ? { bytes: new Blob([bytes as Uint8Array<ArrayBuffer>]) } : {}) };
}

const step = (label: string, at: number): Pick<Transaction, 'origin' | 'label' | 'at'> => ({
  origin: 'command',
  label,
  at,
});
