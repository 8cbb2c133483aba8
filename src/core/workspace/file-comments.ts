import type { FileId } from '../base/ids.ts';
import { fileMutes } from '../checks/index.ts';
import type { MuteComment } from '../checks/index.ts';
import type { YamlDocument } from '../yaml/types.ts';
import type { Projection } from './types.ts';

const commentsOf = new WeakMap<YamlDocument, readonly MuteComment[]>();

/** The comments that mute in a whole file, by file; files without are left out. Looked for once in each document. */
export function fileComments({ slots }: Pick<Projection, 'slots'>): ReadonlyMap<FileId, readonly MuteComment[]> {
  const byFile = new Map<FileId, MuteComment[]>();
  for (const { file, document } of slots) {
    let own = commentsOf.get(document);
    if (own === undefined) commentsOf.set(document, (own = fileMutes([document.text])));
    if (own.length > 0) byFile.set(file, [...(byFile.get(file) ?? []), ...own]);
  }
  return byFile;
}
