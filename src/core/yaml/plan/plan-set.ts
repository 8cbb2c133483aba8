import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import { lineBreakAt, lineEndOf, nextLineOf } from '../lines.ts';
import { printScalar } from '../print/scalar.ts';
import type { ScalarNode } from '../tree.ts';
import type { Json, YamlPath } from '../types.ts';
import { addBelow, isEmptyRoot } from './plan-insert.ts';
import { fillDocument, quotesOf, replaceNode } from './plan-replace.ts';
import type { Draft, Site, Work } from './site.ts';
import { locate, refuseShared, refuseUsedAnchor } from './site.ts';

/** A blank at the start, a line of blanks, or a character that must be escaped. */
// eslint-disable-next-line no-control-regex -- these are what it looks for
const NOT_IN_BLOCK = /^[ \n]|[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\n +(?:\n|$)/;

/** The text of a block scalar with other lines under the same head; nothing where the head cannot say the value. */
function keepBlock(work: Work, node: ScalarNode, value: string): Draft | undefined {
  const { text } = work;
  const head = text.slice(node.from, lineEndOf(text, node.from));
  const mark = /^[|>][0-9]?([-+]?)/.exec(head)?.[1] ?? '';
  const first = nextLineOf(text, node.from);
  if (first > node.to || /^[|>][-+]?[0-9]/.test(head)) return undefined;
  const old = text.slice(first, node.to);
  const indentation = /^ +(?=[^ \r\n])/m.exec(old)?.[0];
  const body = value.endsWith('\n') ? value.slice(0, -1) : value;
  const fits = mark === '-' ? !value.endsWith('\n') : value.endsWith('\n') && (mark === '+' || !body.endsWith('\n'));
  if (indentation === undefined || !fits || body === '' || NOT_IN_BLOCK.test(body)) return undefined;
  const lines = body.split('\n');
  const folded = node.style === 'folded';
  if (folded && lines.some((line) => line === '' || line.startsWith(' '))) return undefined;
  const eol = lineBreakAt(text, first);
  const written = lines.map((line) => (line === '' ? '' : indentation + line)).join(folded ? eol + eol : eol);
  return { edits: [{ from: first, to: node.to, insert: written }] };
}

function setScalar(work: Work, site: Site, node: ScalarNode, value: Json): Result<Draft> {
  if (typeof value === 'number' && !Number.isFinite(value)) return refuse('yaml/no-number', 'JSON has no such number.');
  const isBlock = node.style === 'literal' || node.style === 'folded';
  if (isBlock && typeof value === 'string' && node.tag === '') {
    const kept = keepBlock(work, node, value);
    if (kept !== undefined) return ok(kept);
  }
  if (node.style === 'absent' || node.tag !== '') return replaceNode(work, site, value);
  const written = printScalar(value, { flow: site.inFlow, quotes: quotesOf(node.style) });
  return ok({ edits: [{ from: node.from, to: node.to, insert: written }] });
}

/** Gives the place a value: in the style of what is there, or by adding what the path lacks. */
export function planSet(work: Work, path: YamlPath, value: Json): Result<Draft> {
  const { root } = work.tree;
  if (isEmptyRoot(root)) {
    return addBelowEmpty(work, path, value);
  }
  const { site, rest } = locate(root, path);
  if (rest.length > 0) return addBelow(work, site, rest, value);
  const { node } = site;
  const isScalar = value === null || typeof value !== 'object';
  const shared =
    refuseShared(work, site) ??
    (node.kind === 'alias' ? undefined : refuseUsedAnchor(work, { from: node.from, to: node.to }));
  if (shared !== undefined) return shared;
  if (node.kind === 'scalar' && isScalar) return setScalar(work, site, node, value);
  return replaceNode(work, site, value);
}

function addBelowEmpty(work: Work, path: YamlPath, value: Json): Result<Draft> {
  const whole = path.toReversed().reduce<Json | undefined>((inner, key) => {
    if (inner === undefined) return undefined;
    if (typeof key === 'string') return Object.fromEntries([[key, inner]]);
    return key === 0 ? [inner] : undefined;
  }, value);
  if (whole === undefined) return refuse('yaml/missing', 'The document is empty; there is no list with such an item.');
  return fillDocument(work, whole);
}
