import type { FileId } from '../base/ids.ts';
import type { Projection, WorkspaceFile } from '../workspace/types.ts';
import { splitStream } from '../yaml/index.ts';
import { isOurs } from './apply-order.ts';

/** All files as one stream, and what was left out of it. */
export interface Bundle {
  readonly text: string;
  /** Sentences for the user: what is not in it, and why. */
  readonly left: readonly string[];
}

/**
 * All files one behind the other as one YAML stream. Every document is in it byte for byte; only separators, a missing line end and byte
 * order marks of later files are written or left out. Left out are Scenario documents, which no cluster knows, and files that are shown
 * only; `left` says so.
 */
export function asOneStream(projection: Projection): Bundle {
  const left: string[] = [];
  let text = '';
  for (const file of projection.files) {
    if (file.readOnly !== undefined) {
      left.push(`${file.id} is not in it: ${file.readOnly}`);
      continue;
    }
    const part = withoutScenarios(projection, file, left);
    if (part.trim() === '') continue;
    text = text === '' ? part : joined(text, part);
  }
  return { text, left };
}

/** One file's text without its Scenario documents; the text itself where there is none. */
export function exportedText(projection: Projection, file: WorkspaceFile): string {
  return withoutScenarios(projection, file, []);
}

function withoutScenarios(projection: Projection, file: WorkspaceFile, left: string[]): string {
  const ours = projection.slots.filter(
    (slot) => slot.file === file.id && slot.resources.length > 0 && slot.resources.every(isOurs),
  );
  if (ours.length === 0) return file.text;
  left.push(`The traffic scenario in ${file.id} is not in it: it is Meshwright’s own.`);
  let text = '';
  let at = 0;
  for (const { from, to } of ours) {
    text += file.text.slice(at, from);
    at = to;
  }
  return text + file.text.slice(at);
}

function joined(before: string, after: string): string {
  const eol = /\r\n|\n|\r/.exec(before)?.[0] ?? '\n';
  const own = after.replace(/^\uFEFF/, '');
  const ended = /[\r\n]$/.test(before) ? before : before + eol;
  return opensItself(own) ? ended + own : `${ended}---${eol}${own}`;
}

/** Whether the stream's first document brings its own `---`, so that none is needed in front of it. */
function opensItself(text: string): boolean {
  const first = splitStream(text).find((segment) => segment.kind === 'document');
  return first !== undefined && /^(?:(?:[ \t]*|#[^\r\n]*|%[^\r\n]*)(?:\r\n|\n|\r))*---(?=[ \t\r\n]|$)/.test(first.text);
}

/** Names for a download: the file's own last part, always with an ending that kubectl takes. */
export function downloadName(id: FileId): string {
  const name = id.split('/').at(-1) ?? id;
  return /\.(ya?ml|json)$/i.test(name) ? name : `${name}.yaml`;
}
