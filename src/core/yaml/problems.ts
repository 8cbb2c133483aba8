import type { TextRange } from '../base/result.ts';
import type { TreeError } from './tree.ts';
import type { YamlProblem } from './types.ts';

/** How a refusal of Go's reader is told: `at` marks the place Go means, `context` the construct that it was in. */
interface Telling {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly where: 'at' | 'context';
}

const tell = (code: string, message: string, remedy: string, where: Telling['where'] = 'at'): Telling => ({
  code: `yaml/${code}`,
  message,
  remedy,
  where,
});

/** By the beginning of Go's words. */
const TELLINGS: readonly (readonly [string, Telling])[] = [
  [
    'mapping values are not allowed',
    tell(
      'colon',
      'A colon with a space stands where no key can be.',
      'Quote the value, or check the indentation of this line and the one above.',
    ),
  ],
  [
    'block sequence entries are not allowed',
    tell(
      'dash',
      'A list item stands where none can begin.',
      'Put the dash on a line of its own, at its list’s column.',
    ),
  ],
  [
    'mapping keys are not allowed',
    tell(
      'question-mark',
      'A `?` stands where no key can begin.',
      'Quote the text, or put the key on a line of its own.',
    ),
  ],
  [
    "could not find expected ':'",
    tell(
      'missing-colon',
      'This line is no key: its colon is missing.',
      'Write `key: value`, with a space behind the colon.',
      'context',
    ),
  ],
  [
    'found a tab character that violates',
    tell('tab', 'A tab is used as indentation; YAML allows only spaces.', 'Replace the tab by spaces.'),
  ],
  [
    'found a tab character where',
    tell('tab', 'A tab is used as indentation; YAML allows only spaces.', 'Replace the tab by spaces.'),
  ],
  ['found character that cannot start', tell('character', 'This character cannot begin a value.', 'Quote the value.')],
  [
    'found unexpected end of stream',
    tell('quote', 'The quotation that begins here is never closed.', 'Add the closing quote.', 'context'),
  ],
  [
    'found unexpected document indicator',
    tell('quote', 'The quotation that begins here runs into a document marker.', 'Add the closing quote.', 'context'),
  ],
  [
    'found unknown escape',
    tell('escape', 'kubectl does not know this escape.', 'Write a backslash twice, or use single quotes.'),
  ],
  [
    'did not find expected hexdecimal',
    tell('escape', 'This escape lacks hexadecimal digits.', 'Complete it: `\\xHH`, `\\uHHHH`, `\\UHHHHHHHH`.'),
  ],
  [
    'found invalid Unicode character escape',
    tell('escape', 'This escape is no character.', 'Write the character itself.'),
  ],
  [
    "did not find expected ',' or",
    tell(
      'flow',
      'A comma or the closing bracket is missing in the collection that begins here.',
      'Close the bracket, or put a comma between the entries.',
      'context',
    ),
  ],
  [
    'did not find expected key',
    tell('key', 'A key was expected here.', 'Check the indentation: keys of one map stand in one column.'),
  ],
  [
    "did not find expected '-'",
    tell('item', 'A list item was expected here.', 'Check the indentation: dashes of one list stand in one column.'),
  ],
  [
    'did not find expected node content',
    tell('content', 'A value was expected here.', 'Write a value, or close the bracket.'),
  ],
  [
    'did not find expected alphabetic or numeric',
    tell(
      'anchor',
      '`*` and `&` begin the name of an anchor here.',
      'Quote the value if it is a text, such as "*.example.com".',
      'context',
    ),
  ],
  [
    'unknown anchor',
    tell(
      'unknown-anchor',
      'No anchor of this name stands above.',
      'Add `&name` to the value that is meant, or quote this text.',
      'context',
    ),
  ],
  ['found undefined tag handle', tell('tag', 'This tag’s handle is not declared.', 'Remove the tag.', 'context')],
  [
    'did not find expected tag URI',
    tell('tag', 'This tag has no name.', 'Remove the tag, or quote the text.', 'context'),
  ],
  [
    'did not find expected whitespace or line break',
    tell('tag', 'A space is missing behind the tag.', 'Add a space, or quote the text.', 'context'),
  ],
  [
    'found incompatible YAML document',
    tell('version', 'kubectl takes only `%YAML 1.1`.', 'Remove the line.', 'context'),
  ],
  [
    'did not find expected <document start>',
    tell('directive', 'A `---` must follow the `%` lines.', 'Add `---`, or remove the `%` line.'),
  ],
  [
    'found an indentation indicator',
    tell('block-scalar', 'The indentation digit of a block text must be 1 to 9.', 'Remove the digit.'),
  ],
  [
    'did not find expected comment or line break',
    tell('block-scalar', 'Text stands behind the head of a block text.', 'Begin the text on the next line.'),
  ],
  [
    'exceeded max depth',
    tell('depth', 'This is nested deeper than any resource can be.', 'Check the indentation of the lines above.'),
  ],
];
const OTHER = tell('syntax', 'kubectl cannot read this.', 'Check the line and the one above.');

/** From `at` to the end of its line, and at least one character where there is one. */
function restOfLine(text: string, at: number): TextRange {
  let from = Math.min(at, text.length);
  if (from === text.length) while (from > 0 && '\r\n'.includes(text[from - 1] ?? '')) from--;
  let to = from;
  while (to < text.length && text[to] !== '\n' && text[to] !== '\r') to++;
  if (to === from && from > 0 && !'\r\n'.includes(text[from - 1] ?? '')) return { from: from - 1, to };
  return { from, to: Math.max(to, Math.min(from + 1, text.length)) };
}

/** A refusal of the reader as a problem: where, what, what to do; Go's own words at the end. */
export function syntaxProblem(text: string, error: TreeError): YamlProblem {
  const problem =
    text[error.at] === '\t' && error.problem.startsWith('found character')
      ? 'found a tab character that violates'
      : error.problem;
  const telling = TELLINGS.find(([words]) => problem.startsWith(words))?.[1] ?? OTHER;
  const at = telling.where === 'context' && error.context ? error.context.from : error.at;
  const message = `${telling.message} (kubectl: ${error.problem})`;
  return { code: telling.code, severity: 'error', message, range: restOfLine(text, at), remedy: telling.remedy };
}

/** A refusal that comes after the syntax: no JSON can say this value. */
export function valueProblem(problem: string, range: TextRange): YamlProblem {
  const because = (code: string, message: string, remedy: string): YamlProblem => ({
    code: `yaml/${code}`,
    severity: 'error',
    message: `${message} (kubectl: ${problem})`,
    range,
    remedy,
  });
  if (problem.startsWith('unsupported value')) {
    return because('no-number', 'kubectl cannot send this number.', 'Quote it if it is a text, or write a number.');
  }
  if (problem.startsWith('unsupported map key'))
    return because('key-kind', 'This key is no text for kubectl.', 'Quote the key.');
  if (problem.startsWith('invalid map key')) {
    return because('key-kind', 'A list or map cannot be a key.', 'Quote it; a value with `{{ }}` needs quotes too.');
  }
  if (problem.includes('excessive aliasing')) {
    return because('alias-bomb', 'Aliases blow this document up beyond what kubectl reads.', 'Write the values out.');
  }
  if (problem.includes('contains itself'))
    return because('alias-loop', 'This anchor’s value contains itself.', 'Write it out.');
  if (problem.startsWith('map merge')) {
    return because(
      'merge',
      '`<<` takes a map or a list of maps.',
      'Give it an alias of a map, or write the fields out.',
    );
  }
  if (problem.startsWith('unknown anchor')) {
    return because('unknown-anchor', 'No anchor of this name stands above.', 'Quote this text, or add the anchor.');
  }
  return because('tag', 'The value does not fit its tag.', 'Remove the tag, or change the value.');
}
