import { fileId } from '../../core/base/ids.ts';
import { diffTexts } from '../../core/text/index.ts';
import type { Session } from '../../core/workspace/types.ts';
import type { UnsavedText } from './protocol.ts';
import type { SavedMeta } from './storage.ts';
import { withStretch } from './stretch.ts';

/**
 * Takes in what was typed in a page that was closed before it could be stored, as a step of typing. What another page stored later goes
 * before it, and files that are not there, or can't be edited, stay as they are.
 */
export function takeUnsaved(
  session: Session,
  unsaved: readonly UnsavedText[],
  saved: Pick<SavedMeta, 'savedAt' | 'page'>,
): void {
  const { files } = session.projection();
  for (const { file, at, page, ...kept } of unsaved) {
    const stored = files.find(({ id }) => id === file);
    if (!stored || stored.readOnly !== undefined) continue;
    // A page is ahead of its own worker, which may have stored less than the page had, and later.
    const isAhead = page !== undefined && page === saved.page;
    if (!isAhead && at < saved.savedAt) continue;
    const text = 'text' in kept ? kept.text : withStretch(stored.text, kept.stretch);
    if (text === undefined || stored.text === text) continue;
    const changes = new Map([[fileId(file), diffTexts(stored.text, text)]]);
    session.transact({ origin: 'type', label: 'Type', at, changes });
  }
}
