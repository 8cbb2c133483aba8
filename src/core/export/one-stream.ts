import type { FileId } from '../base/ids.ts';
// The splitter alone: the page makes its downloads itself and loads no parser for it.
import { splitStream } from '../yaml/split.ts';

/** A file to take along. `readOnly` says why it is only shown. */
export interface ExportFile {
  readonly id: FileId;
  readonly text: string;
  readonly readOnly?: string | undefined;
}

/** All files as one stream, and what was left out of it. */
export interface Bundle {
  readonly text: string;
  /** Sentences for the user: what is not in it, and why. */
  readonly left: readonly string[];
}

/** Documents that are Meshwright's own, by their apiVersion. */
const OURS = /^["']?apiVersion["']?:[ \t]*["']?meshwright\//m;

/**
 * All files one behind the other as one YAML stream. Every document is in it byte for byte; only separators, a missing line end and byte
 * order marks of later files are written or left out. Left out are Scenario documents, which no cluster knows, and files that are shown
 * only; `left` says so.
 */
export function asOneStream(files: readonly ExportFile[]): Bundle {
  const left: string[] = [];
  let text = '';
  for (const file of files) {
    if (file.readOnly !== undefined) {
      left.push(`${file.id} is not in it: ${file.readOnly}`);
      continue;
    }
    const part = textForCluster(file.text);
    if (part !== file.text) left.push(`The traffic scenario in ${file.id} is not in it: it is Meshwright’s own.`);
    if (part.trim() !== '') text = text === '' ? part : joined(text, part);
  }
  return { text, left };
}

/** A file's text without its Scenario documents; the text itself where there is none. */
export function textForCluster(text: string): string {
  if (!OURS.test(text)) return text;
  const kept = splitStream(text).filter((segment) => !OURS.test(segment.text));
  return kept.map((segment) => segment.text).join('');
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
