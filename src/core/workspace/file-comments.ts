import type { FileId } from '../base/ids.ts';
import { changedPlaces } from '../base/keep.ts';
import { fileMutes } from '../checks/index.ts';
import type { MuteComment } from '../checks/index.ts';
import type { YamlDocument } from '../yaml/types.ts';
import type { Projection, StandingDocument } from './types.ts';

const commentsOf = new WeakMap<YamlDocument, readonly MuteComment[]>();

function commentsIn({ document }: StandingDocument): readonly MuteComment[] {
  let own = commentsOf.get(document);
  if (own === undefined) commentsOf.set(document, (own = fileMutes([document.text])));
  return own;
}

type Comments = ReadonlyMap<FileId, readonly MuteComment[]>;

/** What was found last: nearly all documents are asked about again after each key. */
let last: { readonly documents: Projection['documents']; readonly comments: Comments } | undefined;

/** Whether documents without such comments gave way to others without any. */
function isAsBefore(before: Projection['documents'], now: Projection['documents']): boolean {
  const places = changedPlaces(before, now);
  const isQuiet = (one: StandingDocument | undefined): boolean => one === undefined || commentsIn(one).length === 0;
  return places?.every((at) => before[at]?.file === now[at]?.file && isQuiet(before[at]) && isQuiet(now[at])) === true;
}

/** The comments that mute in a whole file, by file; files without are left out. Looked for once in each document. */
export function fileComments({ documents }: Pick<Projection, 'documents'>): Comments {
  if (last && isAsBefore(last.documents, documents)) {
    last = { documents, comments: last.comments };
    return last.comments;
  }
  const comments = new Map<FileId, readonly MuteComment[]>();
  for (const one of documents) {
    const own = commentsIn(one);
    if (own.length > 0) comments.set(one.file, [...(comments.get(one.file) ?? []), ...own]);
  }
  last = { documents, comments };
  return comments;
}
