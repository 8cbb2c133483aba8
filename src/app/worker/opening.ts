import { editableTexts, readAhead } from '../../core/workspace/open-ahead.ts';
import type { FileContent } from '../../core/workspace/types.ts';

/** A file to open, as far as it can be read, under the name that it came with. */
export interface NamedContent extends FileContent {
  readonly name: string;
}

/** Files that are opened in one go: a part of a larger opening, or all of it. */
export interface Portion {
  readonly files: readonly NamedContent[];
  readonly mode: 'replace' | 'add';
  readonly label: string;
  readonly preview: boolean;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** Files of the opening that are open when this portion is. */
  readonly done: number;
  readonly total: number;
}

type Wish = Pick<Portion, 'mode' | 'label' | 'preview' | 'files'>;

/**
 * How much is drawn at once. Everything that is drawn is looked at again when more comes, so the portions grow with what is there (`share`):
 * then all of them together cost as much as a few of the last, and the last of 10 MB holds the worker for a second, in which no edit reaches
 * the graph.
 */
const PORTION = { characters: 250_000, share: 0.7, files: 400 };
/** How many characters are read before messages get their turn: some 50 ms of work. */
const READ_AHEAD = 100_000;

/** Files that wait to be opened, in portions. */
export class OpeningQueue {
  private portions: Portion[] = [];
  /** The reading of the next portion's documents. */
  private reading: Generator<number, void> | undefined;

  get isEmpty(): boolean {
    return this.portions.length === 0;
  }

  /** Characters that the files which wait will add to what is drawn. */
  get waitingCharacters(): number {
    return this.portions.flatMap(({ files }) => files).reduce((sum, file) => sum + drawn(file), 0);
  }

  /** Puts an opening at the end; one that replaces everything takes the place of all that waits. */
  add(wish: Wish): void {
    const parts = partsOf(wish.files);
    let done = 0;
    const portions = parts.map((files, at): Portion => {
      done += files.length;
      return { ...wish, files, isFirst: at === 0, isLast: at === parts.length - 1, done, total: wish.files.length };
    });
    if (wish.mode === 'replace') this.reading = undefined;
    this.portions = wish.mode === 'replace' ? portions : [...this.portions, ...portions];
  }

  /**
   * Reads on in the next portion, before it is opened as a whole. Gives how many files of the opening are read, or `undefined` where this
   * portion is read.
   */
  readOn(): Pick<Portion, 'done' | 'total'> | undefined {
    const [next] = this.portions;
    if (!next) return undefined;
    this.reading ??= readAhead(editableTexts(next.files), READ_AHEAD);
    const step = this.reading.next();
    return step.done === true ? undefined : { done: next.done - next.files.length + step.value, total: next.total };
  }

  next(): Portion | undefined {
    this.reading = undefined;
    return this.portions.shift();
  }

  /** Forgets what waits; gives how far the opening under way had come. */
  stop(): Pick<Portion, 'done' | 'total'> | undefined {
    const [next] = this.portions;
    this.portions = [];
    this.reading = undefined;
    return next && { done: next.done - next.files.length, total: next.total };
  }
}

const drawn = (file: NamedContent): number => (file.readOnly === undefined ? file.text.length : 0);

function partsOf(files: readonly NamedContent[]): NamedContent[][] {
  const parts: NamedContent[][] = [[]];
  let characters = 0;
  let before = 0;
  let filesBefore = 0;
  for (const file of files) {
    const part = parts.at(-1) ?? [];
    const size = drawn(file);
    const most = Math.max(PORTION.characters, before * PORTION.share);
    const mostFiles = Math.max(PORTION.files, filesBefore * PORTION.share);
    if (part.length > 0 && (characters + size > most || part.length >= mostFiles)) {
      parts.push([file]);
      before += characters;
      filesBefore += part.length;
      characters = size;
    } else {
      part.push(file);
      characters += size;
    }
  }
  return parts;
}
