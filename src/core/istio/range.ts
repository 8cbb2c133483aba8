import type { TextRange } from '../base/result.ts';
import type { YamlDocument, YamlPath } from '../yaml/types.ts';

/** Where a path's value stands in its document's text; the whole text where it has no place of its own. */
export function rangeIn(document: YamlDocument, _path: YamlPath): TextRange {
  return { from: 0, to: document.text.length };
}
