/** A comment that mutes, as it stands in a document's text. */
export interface MuteComment {
  /** The line, from 1, that the comment stands on. */
  readonly line: number;
  /** The line that it mutes: its own where something stands in front of it, else the next one that holds more than a comment. */
  readonly mutes: number;
  /** `meshwright-ignore-file`: it mutes in the whole file. */
  readonly file: boolean;
  /** What it mutes; empty for all. */
  readonly codes: readonly string[];
  readonly because?: string;
  /** Where another code can be written: offset in the text. */
  readonly codesEnd: number;
}

const WORD = 'meshwright-ignore';
const CODE = String.raw`(?:[A-Z]+\d+|[A-Z]+(?:-[A-Z\d]+)+|yaml\/[a-z-]+|STALE)`;
const COMMENT = new RegExp(
  String.raw`(?:^|[ \t])#[ \t]*${WORD}(-file)?(?![\w-])((?:[ \t]*,?[ \t]*${CODE}(?![\w-]))*)[ \t]*(.*)$`,
);
const BECAUSE = /^(?:because\b|[-–—:]+)[ \t]*(.+)$/;

const kept = new Map<string, readonly MuteComment[]>();
const NONE: readonly MuteComment[] = [];

/**
 * The comments of a YAML text that mute, in its order: `# meshwright-ignore IST0101, V-VS-140 because it comes with the next release`
 * on the line that is told of or above it, `# meshwright-ignore-file IST0118` anywhere in a file. Without a code all is muted. Words
 * behind the codes that don't begin with `because`, a dash or a colon are no reason; the comment counts all the same.
 */
export function muteComments(text: string): readonly MuteComment[] {
  // Nearly no text has one, and each key press asks for the text that it changed.
  if (!text.includes(WORD)) return NONE;
  let found = kept.get(text);
  if (found === undefined) {
    found = readComments(text);
    // A text that is typed brings a new one with each key.
    if (kept.size > 500) kept.clear();
    kept.set(text, found);
  }
  return found;
}

function readComments(text: string): readonly MuteComment[] {
  const lines = text.split(/\r\n|\n|\r/);
  const found: MuteComment[] = [];
  let offset = 0;
  for (const [index, line] of lines.entries()) {
    const match = COMMENT.exec(line);
    if (match !== null) {
      const [whole, file, codes = '', rest = ''] = match;
      const alone = line.slice(0, match.index).trim() === '';
      const because = BECAUSE.exec(rest.trim())?.[1];
      const head = whole.slice(0, whole.length - rest.length).trimEnd();
      found.push({
        line: index + 1,
        mutes: alone ? lineBelow(lines, index) : index + 1,
        file: file !== undefined,
        codes: codes.split(/[\s,]+/).filter((code) => code !== ''),
        ...(because === undefined ? {} : { because }),
        codesEnd: offset + match.index + head.length,
      });
    }
    offset += line.length;
    offset += text.startsWith('\r\n', offset) ? 2 : 1;
  }
  return found;
}

/** The number of the next line that is neither blank nor a comment alone. */
function lineBelow(lines: readonly string[], index: number): number {
  const below = lines.findIndex((line, at) => at > index && !/^\s*(#|$)/.test(line));
  return below < 0 ? index + 1 : below + 1;
}
