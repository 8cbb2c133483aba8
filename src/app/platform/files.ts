/** A file that the user opened: its name (with its folders, where it came with one) and its bytes, untouched. */
export interface OpenedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const YAML_NAME = /\.ya?ml$/i;
/** Folders that nobody means when opening a project. */
const SKIPPED = /^(\.git|node_modules)$/;
/** A folder with more YAML files than this is not a mesh but a disk. */
export const MOST_FILES = 2000;
const ACCEPT = '.yaml,.yml,application/yaml,text/yaml,text/plain';

async function read(name: string, file: File): Promise<OpenedFile> {
  return { name, bytes: new Uint8Array(await file.arrayBuffer()) };
}

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

/** Asks for files, of any kind: what is no YAML is said when it is opened. Gives `[]` when the user cancels. */
export async function askForFiles(): Promise<readonly OpenedFile[]> {
  const files = await askByInput(false);
  return Promise.all(files.map((file) => read(file.name, file)));
}

/** Asks for a folder and reads the YAML files in it, at any depth, by path. Gives `[]` when the user cancels. */
export async function askForFolder(): Promise<readonly OpenedFile[]> {
  if (window.showDirectoryPicker) {
    const folder = await window.showDirectoryPicker({ mode: 'read' }).catch(() => undefined);
    if (!folder) return [];
    const found: OpenedFile[] = [];
    await walkHandle(folder, '', found);
    return sorted(found);
  }
  const files = await askByInput(true);
  const wanted = files.filter(({ name, webkitRelativePath }) => YAML_NAME.test(name) && !isSkipped(webkitRelativePath));
  const reads = wanted.slice(0, MOST_FILES).map((file) => read(withoutRoot(file.webkitRelativePath), file));
  return sorted(await Promise.all(reads));
}

const isSkipped = (path: string): boolean => path.split('/').some((part) => SKIPPED.test(part));
const withoutRoot = (path: string): string => path.slice(path.indexOf('/') + 1);
const sorted = (files: readonly OpenedFile[]): readonly OpenedFile[] =>
  files.toSorted((a, b) => (a.name < b.name ? -1 : 1));

async function walkHandle(folder: FileSystemDirectoryHandle, path: string, found: OpenedFile[]): Promise<void> {
  for await (const [name, handle] of folder.entries()) {
    if (found.length >= MOST_FILES) return;
    if (handle.kind === 'directory') {
      if (!SKIPPED.test(name)) await walkHandle(handle, `${path}${name}/`, found);
    } else if (YAML_NAME.test(name)) found.push(await read(path + name, await handle.getFile()));
  }
}

/** Is something being dragged over the page that can be dropped as files. */
export function hasFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes('Files') ?? false;
}

/**
 * Reads what was dropped: files as they are, and of folders the YAML files at any depth. Call it inside of the drop event, as the
 * browser forgets the items afterwards.
 */
export async function readDropped(transfer: DataTransfer): Promise<readonly OpenedFile[]> {
  const entries = [...transfer.items]
    .filter((item) => item.kind === 'file')
    .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const found: OpenedFile[] = [];
  for (const { entry, file } of entries) {
    if (entry?.isDirectory) await walkEntry(entry, '', found);
    else if (file) found.push(await read(file.name, file));
  }
  return sorted(found);
}

async function walkEntry(entry: FileSystemEntry, path: string, found: OpenedFile[]): Promise<void> {
  if (found.length >= MOST_FILES) return;
  if (isDirectory(entry)) {
    if (SKIPPED.test(entry.name)) return;
    for (const child of await childrenOf(entry)) await walkEntry(child, `${path}${entry.name}/`, found);
  } else if (isFile(entry) && YAML_NAME.test(entry.name)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    found.push(await read(path + entry.name, file));
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
