import type { FileId } from '../../core/base/ids.ts';
import type { TextRange } from '../../core/base/result.ts';
import { applyChanges, mapRange } from '../../core/text/index.ts';
import type { ChangeSet } from '../../core/text/types.ts';
import { crossOver, type NumberedChanges } from '../worker/rebase.ts';
import { type Stretch, stretchBetween } from '../worker/stretch.ts';
import { holdFrames } from '../platform/frames.ts';
import { send } from './port.ts';

/** A file as the page has it: byte for byte the worker's text at `base`, with the page's own edits that the worker has not seen. */
interface PageText {
  text: string;
  base: number;
  readonly readOnly: string | undefined;
  readonly bytes: Blob | undefined;
  pending: readonly NumberedChanges[];
  /** When something was typed last, or the worker took that in, by the clock. */
  typedAt?: number;
  /** The text before whatever was typed that may not be stored yet. */
  storedText?: string | undefined;
}

export type TextEvent =
  | { readonly kind: 'opened' | 'closed'; readonly file: FileId }
  | { readonly kind: 'renamed'; readonly from: FileId; readonly to: FileId }
  /** `changes` are of the page's text as it stood; `before` is that text. Not told for what was typed here. */
  | {
      readonly kind: 'changed';
      readonly file: FileId;
      readonly before: string;
      readonly changes: ChangeSet;
      readonly origin: string;
    };

interface OpenedFile {
  readonly id: FileId;
  readonly text: string;
  readonly version: number;
  readonly readOnly?: string | undefined;
  readonly bytes?: Blob | undefined;
}
interface ChangedFile {
  readonly id: FileId;
  readonly version: number;
  readonly changes: ChangeSet;
}

/** Of a text with more characters only what changed is kept when the page is closed: a browser keeps some 5 million for a page. */
const LARGE = 500_000;

/**
 * The page's copies of the files' texts, kept in step with the worker's without waiting for it: what is typed here is applied at once
 * and sent; what the worker changes meanwhile is mapped over it, while the worker maps the other way, so both end with one text.
 */
class PageTexts {
  private readonly byFile = new Map<FileId, PageText>();
  private readonly listeners = new Set<(event: TextEvent) => void>();
  private seq = 0;
  private storedAt: number | undefined;

  has(file: FileId): boolean {
    return this.byFile.has(file);
  }

  /** All open files, in the order in which they came. */
  files(): readonly FileId[] {
    return [...this.byFile.keys()];
  }

  /** The text as it stands, to the byte; `''` for a file that is not open. */
  get(file: FileId): string {
    return this.byFile.get(file)?.text ?? '';
  }

  /** The file as it is to be written: its text in UTF-8, or, for one that is no text, the bytes as they came. */
  bytesOf(file: FileId): Blob | Uint8Array<ArrayBuffer> {
    const own = this.byFile.get(file);
    return own?.bytes ?? new TextEncoder().encode(own?.text ?? '');
  }

  /** Where a stretch of the text as the worker told it stands in the page's, which may be ahead by what was typed meanwhile. */
  ahead(file: FileId, range: TextRange): TextRange {
    const pending = this.byFile.get(file)?.pending ?? [];
    return pending.reduce((now, { changes }) => mapRange(changes, now), range);
  }

  /** Whether anything was stored since the page began. */
  get isStored(): boolean {
    return this.storedAt !== undefined;
  }

  /** Everything that the worker had by then is stored. */
  stored(at: number): void {
    this.storedAt = at;
    for (const own of this.byFile.values())
      if (own.storedText !== undefined && own.pending.length === 0 && (own.typedAt ?? -Infinity) < at)
        own.storedText = undefined;
  }

  /**
   * What was typed and may not be stored yet: texts, of large ones the stretch. None in a tab of which nothing was ever stored: another one
   * has the storage.
   */
  unsaved(): readonly ({ readonly file: FileId } & ({ readonly text: string } | { readonly stretch: Stretch }))[] {
    if (this.storedAt === undefined) return [];
    return [...this.byFile].flatMap(([file, { text, storedText }]) => {
      if (storedText === undefined) return [];
      return text.length > LARGE ? { file, stretch: stretchBetween(storedText, text) } : { file, text };
    });
  }

  /** Why the file can't be edited, if it can't. */
  readOnly(file: FileId): string | undefined {
    return this.byFile.get(file)?.readOnly;
  }

  /** Calls back after each change that was not typed here. Gives the function that ends it. */
  subscribe(listener: (event: TextEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Takes in what was typed, and sends it. */
  type(file: FileId, changes: ChangeSet): void {
    const own = this.byFile.get(file);
    if (!own || changes.length === 0) return;
    this.seq += 1;
    own.storedText ??= own.text;
    own.text = applyChanges(own.text, changes);
    own.pending = [...own.pending, { number: this.seq, changes }];
    holdFrames();
    own.typedAt = Date.now();
    send({ kind: 'edit', file, base: own.base, seq: this.seq, changes, at: own.typedAt });
  }

  open(files: readonly OpenedFile[]): void {
    for (const { id, text, version, readOnly, bytes } of files) {
      this.byFile.set(id, { text, base: version, readOnly, bytes, pending: [] });
      this.tell({ kind: 'opened', file: id });
    }
  }

  close(files: readonly FileId[]): void {
    for (const file of files) if (this.byFile.delete(file)) this.tell({ kind: 'closed', file });
  }

  /** Gives a file another name, in its place. */
  rename(from: FileId, to: FileId): void {
    const entries = [...this.byFile].map(([id, own]) => [id === from ? to : id, own] as const);
    this.byFile.clear();
    for (const [id, own] of entries) this.byFile.set(id, own);
    this.tell({ kind: 'renamed', from, to });
  }

  /** Takes in what the worker changed on top of the page's edits up to `seen`. */
  change(files: readonly ChangedFile[], seen: number, origin: string): void {
    this.acknowledge(seen);
    for (const { id, version, changes } of files) {
      const own = this.byFile.get(id);
      if (!own) continue;
      const crossed = crossOver(changes, own.pending, 'worker');
      const before = own.text;
      own.text = applyChanges(before, crossed.changes);
      own.pending = crossed.pending;
      own.base = version;
      this.tell({ kind: 'changed', file: id, before, changes: crossed.changes, origin });
    }
  }

  /** The worker has taken in the page's edits up to this one. */
  acknowledge(seen: number): void {
    for (const own of this.byFile.values()) {
      if (own.pending[0] && own.pending[0].number <= seen) {
        own.pending = own.pending.filter(({ number }) => number > seen);
        // What is stored was gathered before or after this, and that is not known here.
        own.typedAt = Date.now();
      }
    }
  }

  private tell(event: TextEvent): void {
    for (const listener of this.listeners) listener(event);
  }
}

export const texts = new PageTexts();
