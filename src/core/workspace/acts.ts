import type { FileId } from '../base/ids.ts';
import { ok, refuse } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { applyChanges, invertChanges } from '../text/index.ts';
import type { ChangeSet } from '../text/types.ts';
import type { AddedFile, WorkspaceFile } from './types.ts';

/**
 * What happens to the files in one step, in this order: texts change, files go, files get other names, files come. The same shape
 * says how to take it back, so undo and redo are acts as well.
 */
export interface FileAct {
  readonly changes: ReadonlyMap<FileId, ChangeSet>;
  readonly removeFiles: readonly FileId[];
  readonly renameFiles: ReadonlyMap<FileId, FileId>;
  readonly addFiles: readonly AddedFile[];
}

/** The files afterwards and the act that takes it back. `opened` holds added files; `changed` goes by the names afterwards. */
export interface FileOutcome {
  readonly files: readonly WorkspaceFile[];
  readonly inverse: FileAct;
  readonly changed: ReadonlyMap<FileId, ChangeSet>;
  readonly opened: readonly WorkspaceFile[];
  readonly closed: readonly FileId[];
}

/** An act that does nothing to the files. */
export const NO_FILE_ACT: FileAct = { changes: new Map(), removeFiles: [], renameFiles: new Map(), addFiles: [] };

/** Whether the act leaves all files as they are. */
export function isIdle(act: FileAct): boolean {
  const still = [...act.changes.values()].every((changes) => changes.length === 0);
  return still && act.removeFiles.length === 0 && act.renameFiles.size === 0 && act.addFiles.length === 0;
}

/**
 * Does the act. `versions` remembers the last version of every name that there was, so that a file that comes back never has a version
 * twice. Refuses, without any effect: a file that is not there, an edit of a read-only file, edits outside the text or out of order, a
 * name that is taken.
 */
export function actOnFiles(
  files: readonly WorkspaceFile[],
  act: FileAct,
  versions: Map<FileId, number>,
): Result<FileOutcome> {
  const byId = namedFiles(files, act);
  const objection = objectionTo(files, byId, act);
  if (objection !== undefined) return objection;

  const gone = new Set(act.removeFiles);
  const list = [...files];
  const inverseChanges = new Map<FileId, ChangeSet>();
  const changed = new Map<FileId, ChangeSet>();
  const remember = ({ id, version }: WorkspaceFile): void => {
    versions.set(id, Math.max(version, versions.get(id) ?? 0));
  };
  for (const [id, changes] of act.changes) {
    const file = byId.get(id);
    if (file === undefined || gone.has(id) || changes.length === 0) continue;
    const name = act.renameFiles.get(id) ?? id;
    inverseChanges.set(name, invertChanges(file.text, changes));
    changed.set(name, changes);
    const next = { ...file, text: applyChanges(file.text, changes), version: file.version + 1 };
    list[list.indexOf(file)] = next;
    remember(next);
  }

  const taken: AddedFile[] = [];
  list.forEach((file, index) => {
    if (gone.has(file.id)) taken.push({ ...contentOf(file), index });
  });
  const kept =
    gone.size + act.renameFiles.size === 0
      ? list
      : list.filter((file) => !gone.has(file.id)).map((file) => renamed(file, act.renameFiles));
  for (const file of kept) if (act.renameFiles.size > 0) remember(file);

  const opened: WorkspaceFile[] = [];
  for (const added of act.addFiles) {
    const { index, ...content } = added;
    const file: WorkspaceFile = { ...content, version: (versions.get(added.id) ?? 0) + 1 };
    versions.set(file.id, file.version);
    kept.splice(Math.min(index ?? kept.length, kept.length), 0, file);
    opened.push(file);
  }
  const inverse: FileAct = {
    changes: inverseChanges,
    removeFiles: opened.map((file) => file.id),
    renameFiles: new Map([...act.renameFiles].map(([from, to]) => [to, from])),
    addFiles: taken,
  };
  return ok({ files: kept, inverse, changed, opened, closed: act.removeFiles });
}

function renamed(file: WorkspaceFile, names: ReadonlyMap<FileId, FileId>): WorkspaceFile {
  const name = names.get(file.id);
  return name === undefined ? file : { ...file, id: name };
}

function contentOf({ id, text, readOnly, bytes }: WorkspaceFile): AddedFile {
  return { id, text, ...(readOnly === undefined ? {} : { readOnly }), ...(bytes === undefined ? {} : { bytes }) };
}

/** The files that the act names: of many files most are not, and a key names one. */
function namedFiles(files: readonly WorkspaceFile[], act: FileAct): ReadonlyMap<FileId, WorkspaceFile> {
  const named = new Set([...act.changes.keys(), ...act.removeFiles, ...act.renameFiles.keys()]);
  const byId = new Map<FileId, WorkspaceFile>();
  for (const file of files) if (named.has(file.id)) byId.set(file.id, file);
  return byId;
}

function objectionTo(
  all: readonly WorkspaceFile[],
  files: ReadonlyMap<FileId, WorkspaceFile>,
  act: FileAct,
): Result<never> | undefined {
  for (const [id, changes] of act.changes) {
    const file = files.get(id);
    if (file === undefined) return refuse('NO_SUCH_FILE', `There is no file ${id}.`);
    if (file.readOnly !== undefined && changes.length > 0) {
      return refuse('READ_ONLY', `${id} can't be edited: ${file.readOnly}`);
    }
    if (!fits(changes, file.text.length)) return refuse('BAD_CHANGES', `The edits of ${id} don't fit its text.`);
  }
  for (const id of [...act.removeFiles, ...act.renameFiles.keys()]) {
    if (!files.has(id)) return refuse('NO_SUCH_FILE', `There is no file ${id}.`);
  }
  if (act.renameFiles.size + act.addFiles.length === 0) return undefined;
  const names = new Set(all.map((file) => file.id));
  for (const id of [...act.removeFiles, ...act.renameFiles.keys()]) names.delete(id);
  for (const id of [...act.renameFiles.values(), ...act.addFiles.map((file) => file.id)]) {
    if (names.has(id))
      return refuse('NAME_TAKEN', `There is a file ${id} already.`, { remedy: 'Choose another name.' });
    names.add(id);
  }
  return undefined;
}

function fits(changes: ChangeSet, length: number): boolean {
  let end = 0;
  for (const { from, to } of changes) {
    if (from < end || to < from || to > length) return false;
    end = to;
  }
  return true;
}
