import { splitStream } from '../../../core/yaml/split.ts';

const OURS = /^apiVersion:[ \t]*["']?meshwright\//m;

/** A file as kubectl may have it: to the byte as it stands, without the documents that are ours alone (`meshwright/v1`). */
function forCluster(text: string): string {
  if (!OURS.test(text)) return text;
  const kept = splitStream(text).filter((segment) => !OURS.test(segment.text));
  return kept.map((segment) => segment.text).join('');
}

const endsLine = (text: string): string => (text === '' || /[\r\n]$/.test(text) ? text : `${text}\n`);

/**
 * All files as one YAML stream, in their order, each as it stands; only what parts them (`---`, a missing line end) is added, and a byte
 * order mark inside of the stream left out. One file alone is given to the byte. Documents of `meshwright/v1` are left out.
 */
export function asStream(files: readonly string[]): string {
  const parts = files.map(forCluster).filter((text) => text.trim() !== '');
  if (parts.length < 2) return parts[0] ?? '';
  return parts.reduce((stream, text, index) => {
    const own = text.replace(/^\uFEFF/, '');
    if (index === 0) return text;
    return endsLine(stream) + (/^---(?=[ \t\r\n]|$)/.test(own) ? own : `---\n${own}`);
  }, '');
}
