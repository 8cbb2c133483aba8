/** A file that the user chose: its name (with its folders, where it came with one), and how to get at it. */
export interface Source {
  readonly name: string;
  readonly file: () => Promise<File>;
}

/** What a choice holds: the files to read, by name, and how many more there are of which nothing is read. */
export interface Found {
  readonly sources: readonly Source[];
  readonly left: number;
}

/** What looking for files tells, and by what it is stopped. */
export interface FindPorts {
  readonly found: (count: number) => void;
  readonly signal: AbortSignal;
}

/** What was chosen or dropped: looks for its files when it is called. */
export type Choice = (ports: FindPorts) => Promise<Found>;

const YAML_NAME = /\.ya?ml$/i;
/** Folders that nobody means when opening a project. */
const SKIPPED = /^(\.git|node_modules)$/;
/** A folder with more YAML files than this is not a mesh but a disk. */
export const MOST_FILES = 5000;
/** How many are counted, to say how many there are. */
const MOST_COUNTED = 50_000;
const ACCEPT = '.yaml,.yml,application/yaml,text/yaml,text/plain';

/** Asks with the browser's own input; gives nothing when the user cancels. */
function askByInput(folder: boolean): Promise<readonly File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    if (folder) input.webkitdirectory = true;
    else input.accept = ACCEPT;
    input.addEventListener('change', () => resolve([...(input.files ?? [])]));
    input.addEventListener('cancel', () => resolve([]));
    input.click();
  });
}

const sourceOf = (name: string, file: File): Source => ({ name, file: () => Promise.resolve(file) });

/** The first of what was found, by name. */
function foundOf(sources: readonly Source[]): Found {
  const sorted = sources.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return { sources: sorted.slice(0, MOST_FILES), left: Math.max(0, sources.length - MOST_FILES) };
}

/** Asks for files, of any kind: what is no YAML is said when it is opened. Gives `undefined` when the user cancels. */
export async function askForFiles(): Promise<Choice | undefined> {
  const files = await askByInput(false);
  const sources = files.map((file) => sourceOf(file.name, file));
  return files.length === 0 ? undefined : () => Promise.resolve({ sources, left: 0 });
}

/** Asks for a folder: the YAML files in it, at any depth, by path. Gives `undefined` when the user cancels. */
export async function askForFolder(): Promise<Choice | undefined> {
  if (window.showDirectoryPicker) {
    const folder = await window.showDirectoryPicker({ mode: 'read' }).catch(() => undefined);
    return folder && ((ports) => inHandle(folder, ports));
  }
  const files = await askByInput(true);
  const wanted = files.filter(({ name, webkitRelativePath }) => YAML_NAME.test(name) && !isSkipped(webkitRelativePath));
  const sources = wanted.map((file) => sourceOf(withoutRoot(file.webkitRelativePath), file));
  return files.length === 0 ? undefined : () => Promise.resolve(foundOf(sources));
}

const isSkipped = (path: string): boolean => path.split('/').some((part) => SKIPPED.test(part));
const withoutRoot = (path: string): string => path.slice(path.indexOf('/') + 1);

async function inHandle(folder: FileSystemDirectoryHandle, ports: FindPorts): Promise<Found> {
  const sources: Source[] = [];
  await walkHandle(folder, '', sources, ports);
  return foundOf(sources);
}

async function walkHandle(folder: FileSystemDirectoryHandle, path: string, sources: Source[], ports: FindPorts) {
  for await (const [name, handle] of folder.entries()) {
    if (ports.signal.aborted || sources.length >= MOST_COUNTED) return;
    if (handle.kind === 'directory') {
      if (!SKIPPED.test(name)) await walkHandle(handle, `${path}${name}/`, sources, ports);
    } else if (YAML_NAME.test(name)) sources.push({ name: path + name, file: () => handle.getFile() });
    ports.found(sources.length);
  }
}

/** Is something being dragged over the page that can be dropped as files. */
export function hasFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes('Files') ?? false;
}

/**
 * What was dropped: files as they are, and of folders the YAML files at any depth. Call it inside of the drop event, as the
 * browser forgets the items afterwards.
 */
export function choiceOfDrop(transfer: DataTransfer): Choice {
  const entries = [...transfer.items]
    .filter((item) => item.kind === 'file')
    .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  return async (ports) => {
    const sources: Source[] = [];
    for (const { entry, file } of entries) {
      if (entry?.isDirectory) await walkEntry(entry, '', sources, ports);
      else if (file) sources.push(sourceOf(file.name, file));
    }
    return foundOf(sources);
  };
}

async function walkEntry(entry: FileSystemEntry, path: string, sources: Source[], ports: FindPorts): Promise<void> {
  if (ports.signal.aborted || sources.length >= MOST_COUNTED) return;
  if (isDirectory(entry)) {
    if (SKIPPED.test(entry.name)) return;
    for (const child of await childrenOf(entry)) await walkEntry(child, `${path}${entry.name}/`, sources, ports);
  } else if (isFile(entry) && YAML_NAME.test(entry.name)) {
    sources.push({
      name: path + entry.name,
      file: () => new Promise((resolve, reject) => entry.file(resolve, reject)),
    });
    ports.found(sources.length);
  }
}

const isDirectory = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;

/** A folder's entries. The browser hands them out in portions, the last of which is empty. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (part.length === 0) return all;
    all.push(...part);
  }
}

declare global {
  interface Window {
    /** Not in every browser. */
    readonly showDirectoryPicker?: (options: { readonly mode: 'read' }) => Promise<FileSystemDirectoryHandle>;
  }
}
