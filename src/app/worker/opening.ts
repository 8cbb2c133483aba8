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
 * How much is opened before messages get their turn: reading and drawing this much takes some 300 ms on a machine with two cores, where 10 MB
 * at once took 20 seconds in which no edit reached the graph or the storage. Of a large opening the portions grow with what is open (`share`),
 * since each is drawn with all that came before.
 */
const PORTION = { characters: 250_000, share: 0.15, files: 400 };

/** Files that wait to be opened, in portions. */
export class OpeningQueue {
  private portions: Portion[] = [];

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
    this.portions = wish.mode === 'replace' ? portions : [...this.portions, ...portions];
  }

  next(): Portion | undefined {
    return this.portions.shift();
  }

  /** Forgets what waits; gives how far the opening under way had come. */
  stop(): Pick<Portion, 'done' | 'total'> | undefined {
    const [next] = this.portions;
    this.portions = [];
    return next && { done: next.done - next.files.length, total: next.total };
  }
}

const drawn = (file: NamedContent): number => (file.readOnly === undefined ? file.text.length : 0);

function partsOf(files: readonly NamedContent[]): NamedContent[][] {
  const parts: NamedContent[][] = [[]];
  let characters = 0;
  let before = 0;
  for (const file of files) {
    const part = parts.at(-1) ?? [];
    const size = drawn(file);
    const most = Math.max(PORTION.characters, before * PORTION.share);
    if (part.length > 0 && (characters + size > most || part.length >= PORTION.files)) {
      parts.push([file]);
      before += characters;
      characters = size;
    } else {
      part.push(file);
      characters += size;
    }
  }
  return parts;
}
