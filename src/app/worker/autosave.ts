import { mergeJournal } from '../../core/workspace/index.ts';
import type { JournalEntry, Snapshot } from '../../core/workspace/types.ts';
import { StorageFailure, type SavedMeta, type WorkspaceStorage } from './storage.ts';

/**
 * Changes of files that have more characters together than `AT_ONCE` are gathered this long before they are written: what a crash can take.
 * A write of that many holds the worker for some 12 ms, after the picture of the change has been told.
 */
const GATHER_MS = 300;
const AT_ONCE = 1_000_000;

/** What autosave needs to know and to tell. */
export interface AutosavePorts {
  readonly snapshot: () => Snapshot;
  readonly dirty: () => readonly string[];
  readonly now: () => number;
  readonly saved: (at: number) => void;
  readonly failed: (message: string) => void;
  readonly wait: (ms: number, then: () => void) => () => void;
}

/**
 * Writes what changed, one write at a time: a small change at once, a large one gathered. A failure is told once and everything is tried again, whole, with the next change.
 * While `paused` (a preview, or another tab that owns the storage) nothing is written; `resume` writes everything.
 */
export class Autosave {
  private readonly ports: AutosavePorts;
  private readonly storage: WorkspaceStorage | undefined;
  private pending: JournalEntry | undefined;
  private whole = false;
  private paused = true;
  private cancel: (() => void) | undefined;
  private writing: Promise<void> | undefined;
  private failing = false;
  private revision: number;
  private readonly page: number | undefined;

  constructor(ports: AutosavePorts, storage: WorkspaceStorage | undefined, revision: number, page?: number) {
    this.ports = ports;
    this.storage = storage;
    this.revision = revision;
    this.page = page;
  }

  /** The number of the newest write that this tab knows. */
  get knownRevision(): number {
    return this.revision;
  }

  pause(): void {
    this.paused = true;
  }

  /** From now on changes are written, beginning with everything as it stands. */
  resume(): void {
    this.paused = false;
    this.whole = true;
    this.plan();
  }

  get isPaused(): boolean {
    return this.paused;
  }

  /** Takes in what a transaction changed. */
  add(entry: JournalEntry): void {
    if (this.paused) return;
    this.pending = this.pending ? mergeJournal(this.pending, entry) : entry;
    this.plan();
  }

  /** Something beside the texts changed (which files count as saved). */
  touch(): void {
    const { selection } = this.ports.snapshot();
    this.add({ version: 1, files: [], places: [], selection });
  }

  /** Writes now what waits; resolves when it is written or has failed. */
  async flush(): Promise<void> {
    this.cancel?.();
    this.cancel = undefined;
    await this.writing;
    if (this.paused || (!this.whole && !this.pending) || !this.storage) return;
    this.writing = this.write(this.storage);
    await this.writing;
    this.writing = undefined;
  }

  private plan(): void {
    if (this.cancel || !this.storage) return;
    // At once, since a page that is closed leaves a worker no time. What comes while that is written is gathered by itself.
    if (!this.whole && sizeOf(this.pending) <= AT_ONCE) return void this.flush();
    this.cancel = this.ports.wait(GATHER_MS, () => {
      this.cancel = undefined;
      void this.flush();
    });
  }

  private async write(storage: WorkspaceStorage): Promise<void> {
    const entry = this.whole ? undefined : this.pending;
    this.pending = undefined;
    this.whole = false;
    const snapshot = this.ports.snapshot();
    const savedAt = this.ports.now();
    const meta: SavedMeta = {
      version: 1,
      savedAt,
      ...(this.page === undefined ? {} : { page: this.page }),
      order: snapshot.files.map((file) => file.id),
      selection: snapshot.selection,
      dirty: this.ports.dirty(),
      revision: this.revision + 1,
    };
    try {
      await (entry ? storage.write(entry, meta) : storage.replace(snapshot, meta));
      this.revision += 1;
      this.failing = false;
      this.ports.saved(savedAt);
    } catch (error) {
      if (!(error instanceof StorageFailure)) throw error;
      this.whole = true;
      if (!this.failing) this.ports.failed(error.message);
      this.failing = true;
    }
  }
}

const sizeOf = (entry: JournalEntry | undefined): number =>
  entry?.files.reduce((sum, { text }) => sum + text.length, 0) ?? 0;
