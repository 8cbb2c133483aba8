import type { FileId } from '../../core/base/ids.ts';
import type { Baseline } from '../../core/workspace/review/review.ts';

/** The name, or the name with a number before its ending, so that it is not taken: `mesh.yaml`, `mesh-2.yaml`. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  const dot = name.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  let free = name;
  for (let count = 2; taken.has(free); count += 1) free = `${stem}-${String(count)}${ending}`;
  return free;
}

interface NamedText {
  readonly id: FileId;
  readonly text: string;
}

/** The texts as they were opened or last downloaded: a file that has another one is dirty, and is not when undo brings it back. */
export class SavedTexts {
  private readonly texts = new Map<FileId, string>();
  private readonly restored = new Map<FileId, string>();

  /** The file came back from storage, and what it was when it was opened is not known: comparisons begin with what came back. */
  restore({ id, text }: NamedText): void {
    this.restored.set(id, text);
  }

  /** What a file is compared with. */
  baselineOf(id: FileId): Baseline | undefined {
    const opened = this.texts.get(id);
    if (opened !== undefined) return { text: opened, since: 'opened' };
    const text = this.restored.get(id);
    return text === undefined ? undefined : { text, since: 'restored' };
  }

  /** The file counts as saved as it stands. */
  mark({ id, text }: NamedText): void {
    this.texts.set(id, text);
  }

  /** Files go by other names from now on. */
  rename(names: ReadonlyMap<FileId, FileId>): void {
    for (const texts of [this.texts, this.restored]) {
      const moved = [...names].map(([from, to]) => [to, texts.get(from)] as const);
      for (const from of names.keys()) texts.delete(from);
      for (const [to, text] of moved) if (text !== undefined) texts.set(to, text);
    }
  }

  /** A file that nothing is known of is dirty: it came back from storage as one. */
  isDirty({ id, text }: NamedText): boolean {
    return this.texts.get(id) !== text;
  }
}
