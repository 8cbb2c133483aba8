import type { FileContent } from './types.ts';

/**
 * Files over this are shown and can't be edited or drawn: reading costs about a second for each megabyte of small documents, so a file
 * of this size takes some seconds to open and one of 50 MB would take a minute.
 */
export const FILE_LIMIT_BYTES = 5_000_000;

/**
 * What all files that are drawn may hold together. Measured: 10,000 documents in 3.5 MB take about 15 s to read and lay out on a busy
 * machine with two cores, so a folder of 50 MB would take minutes in which nothing else can be done.
 */
export const WORKSPACE_LIMIT_BYTES = 10_000_000;

/** How much of a file that is only shown becomes text: a text view of 50 MB would hang the page by itself. */
const SHOWN_CHARACTERS = 1_000_000;

/** Turns bytes to text, throwing on what is no UTF-8 and keeping a byte order mark: `new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })`. */
export interface Utf8Decoder {
  readonly decode: (bytes: Uint8Array) => string;
}

/**
 * What a file's bytes hold. Text that is UTF-8 and not over the limit can be edited, and its text is the bytes, all of them. Everything
 * else is read-only with the reason, and keeps its bytes so that it leaves as it came. `room` is what of the workspace's limit is left.
 */
export function openBytes(bytes: Uint8Array, decoder: Utf8Decoder, room: number = WORKSPACE_LIMIT_BYTES): FileContent {
  const head = bytes.subarray(0, 8192);
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
    return closed(bytes, 'it is UTF-16 text, which kubectl does not read. Save it as UTF-8 and open it again.');
  }
  if (head.includes(0)) return closed(bytes, 'it holds binary data, not YAML.');
  if (bytes.length > FILE_LIMIT_BYTES) {
    const size = (bytes.length / 1_000_000).toFixed(1);
    const limit = FILE_LIMIT_BYTES / 1_000_000;
    const shown = decodeHead(bytes, decoder);
    return {
      text: shown,
      bytes,
      readOnly: `it has ${size} MB, and files over ${limit} MB are not drawn or edited. Split it into smaller files.`,
    };
  }
  if (bytes.length > room) {
    const limit = WORKSPACE_LIMIT_BYTES / 1_000_000;
    return {
      text: decodeHead(bytes, decoder),
      bytes,
      readOnly: `with the other files it is more than the ${limit} MB that can be drawn and edited at once. Close some files and open it again, or open fewer.`,
    };
  }
  try {
    const text = decoder.decode(bytes);
    return text.includes('\0') ? closed(bytes, 'it holds binary data, not YAML.') : { text };
  } catch {
    return closed(bytes, 'some of its bytes are not UTF-8 text. Save it as UTF-8 and open it again.');
  }
}

/** The first million characters at most, cut at a line's end. */
function decodeHead(bytes: Uint8Array, decoder: Utf8Decoder): string {
  let end = Math.min(bytes.length, SHOWN_CHARACTERS);
  const line = bytes.lastIndexOf(10, end);
  if (end < bytes.length && line > 0) end = line + 1;
  try {
    return decoder.decode(bytes.subarray(0, end));
  } catch {
    return '';
  }
}

function closed(bytes: Uint8Array, readOnly: string): FileContent {
  return { text: '', bytes, readOnly };
}
