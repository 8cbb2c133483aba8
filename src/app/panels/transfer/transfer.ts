import type { FileId } from '../../../core/base/ids.ts';
// The one file: the folder's index would bring the whole core to the page.
import { asOneStream } from '../../../core/export/one-stream.ts';
import {
  askForFiles,
  askForFolder,
  bytesOf,
  copyText,
  download,
  type Choice,
  type OpenedFile,
} from '../../platform/index.ts';
import { actions, getAppState, readChoice, texts } from '../../state/index.ts';
import { countOf } from '../text.ts';

export const STREAM_NAME = 'meshwright.yaml';

/** Opens files: in the place of the example behind the welcome screen, beside what is there otherwise. */
export function openFiles(files: readonly OpenedFile[], label: string, mode?: 'replace' | 'add'): void {
  if (files.length === 0) return;
  actions.openFiles(files, mode ?? (getAppState().phase === 'editing' ? 'add' : 'replace'), label);
}

/** Opens a text that was pasted as a file of its own. */
export function openText(text: string, mode?: 'replace' | 'add'): void {
  if (text.trim() === '') return;
  const taken = new Set<string>(texts.files());
  let name = 'pasted.yaml';
  for (let count = 2; taken.has(name); count += 1) name = `pasted-${String(count)}.yaml`;
  openFiles([{ name, bytes: bytesOf(text) }], 'Paste YAML', mode);
}

/** Reads what was chosen or dropped and opens it. `labelOf` says what the step is called, by the count of its files. */
export async function openChoice(
  choice: Choice,
  labelOf: (files: string) => string,
  mode?: 'replace' | 'add',
): Promise<void> {
  const files = await readChoice(choice);
  if (files) openFiles(files, labelOf(countOf(files.length, 'file')), mode);
}

/** Asks for files; what was chosen is then read and opened. Gives whether any were chosen. */
export async function chooseFiles(mode?: 'replace' | 'add'): Promise<boolean> {
  const choice = await askForFiles();
  if (choice) void openChoice(choice, (files) => `Open ${files}`, mode);
  return choice !== undefined;
}

/** Asks for a folder; the YAML files in it are then read and opened. Gives whether one was chosen. */
export async function chooseFolder(mode?: 'replace' | 'add'): Promise<boolean> {
  const choice = await askForFolder();
  if (choice) void openChoice(choice, () => 'Open a folder', mode);
  return choice !== undefined;
}

/** Downloads one file, to the byte as it stands. */
export function downloadFile(file: FileId): void {
  download(file, texts.bytesOf(file));
  actions.send({ kind: 'markSaved', files: [file] });
}

/** All that kubectl may have, as one stream. */
export function stream(): string {
  const files = texts.files().map((id) => ({ id, text: texts.get(id), readOnly: texts.readOnly(id) }));
  const { text, left } = asOneStream(files);
  if (left.length > 0) actions.notify({ tone: 'info', message: left.join(' ') });
  return text;
}

/** Downloads all files as one stream. */
export function downloadStream(): void {
  download(STREAM_NAME, bytesOf(stream()));
  actions.send({ kind: 'markSaved', files: texts.files() });
}

/** Copies a text and says so, or says why not. */
export async function copy(text: string, what: string): Promise<void> {
  if (await copyText(text)) actions.notify({ tone: 'info', message: `${what} copied.` });
  else
    actions.notify({
      tone: 'error',
      message: 'The browser did not let the page write to the clipboard.',
      remedy: 'Download the file instead.',
    });
}
