import type { Source } from './files.ts';

/** A file that was read: its name and its bytes, untouched. */
export interface OpenedFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** How far reading is. */
export interface ReadProgress {
  readonly files: number;
  readonly bytes: number;
}

/** What came of reading: the files in the order of their sources, and the names of those that the browser could not read. */
export interface ReadFiles {
  readonly files: readonly OpenedFile[];
  readonly unread: readonly string[];
}

/** One by one, 2,000 files took five seconds; more at once than this are no quicker. */
const AT_ONCE = 8;
/** A large file is read in pieces: 50 MB at once held the page up for 150 ms. */
const PIECE_BYTES = 2_000_000;

/** Reads files, several at once. `progress` is called after each file and each piece of a large one; `signal` ends it between those. */
export async function readSources(
  sources: readonly Source[],
  progress: (now: ReadProgress) => void,
  signal: AbortSignal,
): Promise<ReadFiles> {
  const read = new Array<OpenedFile | undefined>(sources.length).fill(undefined);
  const unread: string[] = [];
  let next = 0;
  let files = 0;
  let bytes = 0;
  const readOne = async ({ name, file }: Source, at: number): Promise<void> => {
    try {
      const piece = (size: number): void => {
        bytes += size;
        progress({ files, bytes });
      };
      read[at] = { name, bytes: await bytesOfFile(await file(), piece, signal) };
    } catch {
      // Gone meanwhile, or not allowed: the others go on.
      if (!signal.aborted) unread.push(name);
    }
    files += 1;
    progress({ files, bytes });
  };
  const worker = async (): Promise<void> => {
    for (let source = sources[next]; source && !signal.aborted; source = sources[next]) {
      next += 1;
      await readOne(source, next - 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { files: read.filter((file) => file !== undefined), unread };
}

async function bytesOfFile(file: File, piece: (size: number) => void, signal: AbortSignal) {
  if (file.size <= PIECE_BYTES) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    piece(bytes.length);
    return bytes;
  }
  const bytes = new Uint8Array(file.size);
  for (let at = 0; at < file.size; at += PIECE_BYTES) {
    signal.throwIfAborted();
    const part = new Uint8Array(await file.slice(at, at + PIECE_BYTES).arrayBuffer());
    bytes.set(part, at);
    piece(part.length);
  }
  return bytes;
}
