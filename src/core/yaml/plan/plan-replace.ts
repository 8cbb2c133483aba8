import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { TextEdit } from '../../text/types.ts';
import { columnOf, lineBreakAt, lineEndOf, lineStartOf } from '../lines.ts';
import { isList } from '../model.ts';
import { hasEntries, printBlock, printFlow } from '../print/print.ts';
import { printScalar } from '../print/scalar.ts';
import type { Json } from '../types.ts';
import { hasCommentIn } from './comments.ts';
import type { Draft, Site, Work } from './site.ts';
import { entryColumn, layoutAt } from './site.ts';

const spaces = (count: number): string => ' '.repeat(Math.max(0, count));

/** Behind the colon, the dash or the `---`, after which a value stands; -1 for a root without a marker. */
function leadOf(work: Work, site: Site): number {
  if (site.pair !== undefined) return site.pair.colon >= 0 ? site.pair.colon + 1 : site.pair.key.to;
  if (site.item !== undefined) return site.item.dash + 1;
  return work.tree.marker?.to ?? -1;
}

/** Where new content goes: an anchor in front of the old one stays, a tag goes. */
function contentOf(site: Site): { from: number; anchor: string } {
  const { node } = site;
  if (node.tag === '') return { from: node.from, anchor: '' };
  return { from: node.start, anchor: node.anchor === undefined ? '' : `&${node.anchor} ` };
}

/** Puts a text of one line in the place of a value. */
function replaceInline(work: Work, site: Site, content: string): Draft {
  const { node, pair } = site;
  const { from, anchor } = contentOf(site);
  const text = anchor + content;
  if (pair !== undefined && pair.colon < 0 && node.kind === 'scalar' && node.style === 'absent') {
    if (site.inFlow) return { edits: [{ from: pair.key.to, to: pair.key.to, insert: `: ${text}` }] };
    const end = lineEndOf(work.text, pair.key.to);
    const lead = `${lineBreakAt(work.text, end)}${spaces(columnOf(work.text, pair.start))}: `;
    return { edits: [{ from: end, to: end, insert: lead + text }] };
  }
  if (node.kind === 'scalar' && node.style === 'absent') {
    const edits = [{ from, to: Math.max(from, node.to), insert: from > 0 ? ` ${text}` : text }];
    return { edits: node.tag === '' ? edits : [{ from, to: node.to, insert: text }] };
  }
  if ((node.kind !== 'map' && node.kind !== 'seq') || node.flow)
    return { edits: [{ from, to: node.to, insert: text }] };
  const end = lineEndOf(work.text, node.to);
  const lead = leadOf(work, site);
  if (lead < 0 || lineEndOf(work.text, lead) >= node.from) return { edits: [{ from, to: end, insert: text }] };
  // The new value goes up to the key's line; a comment there stays behind it.
  return { edits: onLead(work, site, lead, ` ${content}`, { from: 0, to: end, insert: '' }) };
}

/**
 * Writes behind a lead or the anchor there, dropping a tag, and puts `block.insert` in the place of all from the end of that
 * line to `block.to`.
 */
function onLead(work: Work, site: Site, lead: number, text: string, block: TextEdit): TextEdit[] {
  const { node } = site;
  const tagged = node.tag !== '';
  const at = !tagged && node.anchor !== undefined ? node.head : lead;
  const to = tagged ? node.head : at;
  const anchor = tagged && node.anchor !== undefined ? ` &${node.anchor}` : '';
  const line = lineEndOf(work.text, to);
  return [
    { from: at, to, insert: anchor + text },
    { from: line, to: Math.max(line, block.to), insert: block.insert },
  ];
}

/** The column at which a collection's lines are to stand that takes a value's place below its key. */
function columnBelow(work: Work, site: Site, value: Json): number {
  const { node, parent } = site;
  const sameKind = (node.kind === 'seq' && isList(value)) || (node.kind === 'map' && !isList(value));
  if (sameKind && 'flow' in node && !node.flow) return columnOf(work.text, node.from);
  if (parent === undefined) return 0;
  const column = entryColumn(work, parent.node);
  return isList(value) && work.style.compactSequences && site.pair !== undefined ? column : column + work.style.step;
}

/** Puts a list or map with entries, in block style, in the place of a value. */
function replaceByBlock(work: Work, site: Site, value: Json): Draft {
  const { text } = work;
  const { node } = site;
  const { from, anchor } = contentOf(site);
  const isBlock = (node.kind === 'map' || node.kind === 'seq') && !node.flow;
  const end = isBlock ? lineEndOf(text, node.to) : Math.max(node.to, from);
  const lead = leadOf(work, site);
  const onLeadLine = lead >= 0 && lineEndOf(text, lead) >= from;
  const rest = lineEndOf(text, end);
  if (site.pair === undefined && (lead < 0 || site.item !== undefined || !onLeadLine)) {
    // An item or a root: the first line stands where the old content began, unless a comment would come to stand behind it.
    if (!hasCommentIn(work, end, rest) && (isBlock || !(onLeadLine && site.item === undefined))) {
      const absent = node.kind === 'scalar' && node.style === 'absent';
      const gap = absent && lead >= 0 ? ' ' : '';
      const column = columnOf(text, from) + gap.length;
      const layout = layoutAt(work, lineStartOf(text, from), column);
      return { edits: [{ from, to: end, insert: gap + anchor + printBlock(value, layout) }] };
    }
    const column = site.item === undefined ? 0 : columnOf(text, site.item.dash) + 2;
    const layout = layoutAt(work, rest, column);
    return {
      edits: below(
        text,
        lead < 0 ? from : lead,
        end,
        anchor,
        `${layout.eol}${spaces(column)}${printBlock(value, layout)}`,
      ),
    };
  }
  const column = columnBelow(work, site, value);
  const layout = layoutAt(work, lead, column);
  const block = `${layout.eol}${spaces(column)}${printBlock(value, layout)}`;
  if (isBlock && !onLeadLine) return { edits: onLead(work, site, lead, '', { from: 0, to: end, insert: block }) };
  const start = node.tag === '' && node.anchor !== undefined ? node.head : lead;
  return { edits: below(text, start, end, anchor, block) };
}

/** Takes a value off its line and puts a block under it, so that a comment on the line stays there, behind one space. */
function below(text: string, start: number, end: number, anchor: string, block: string): TextEdit[] {
  const kept = anchor === '' ? '' : ` ${anchor.trimEnd()}`;
  const rest = lineEndOf(text, end);
  if (rest === end) return [{ from: start, to: end, insert: kept + block }];
  // Behind a dash, a tab in front of the comment would be taken for indentation.
  const blank = /^[ \t]*/.exec(text.slice(end, rest))?.[0] ?? '';
  const atStart = columnOf(text, start) === 0;
  const gap = atStart || blank.includes('\t') ? blank.length : 0;
  return [
    { from: start, to: end + gap, insert: kept + (gap > 0 && !atStart ? ' ' : '') },
    { from: rest, to: rest, insert: block },
  ];
}

/** Puts a value in the place of another, whatever the two are: flow stays flow, lists and maps in block style get lines of their own. */
export function replaceNode(work: Work, site: Site, value: Json): Result<Draft> {
  if (typeof value === 'number' && !Number.isFinite(value)) return refuse('yaml/no-number', 'JSON has no such number.');
  const { node, pair } = site;
  if (site.inFlow) return ok(replaceInline(work, site, printFlow(value)));
  if (pair !== undefined && pair.colon < 0 && hasEntries(value)) return ok(replaceInline(work, site, printFlow(value)));
  if (hasEntries(value)) return ok(replaceByBlock(work, site, value));
  const quotes = node.kind !== 'scalar' ? undefined : quotesOf(node.style);
  return ok(replaceInline(work, site, printScalar(value, { quotes })));
}

/** The quotes of a style. */
export function quotesOf(style: string): 'single' | 'double' | undefined {
  return style === 'singleQuoted' ? 'single' : style === 'doubleQuoted' ? 'double' : undefined;
}

/** Gives an empty document its content: at the end, behind its comments. */
export function fillDocument(work: Work, value: Json): Result<Draft> {
  const { text, tree } = work;
  const at = tree.marker === undefined ? text.length : Math.max(tree.end, tree.marker.to);
  const eol = lineBreakAt(text, Math.max(0, at - 1));
  const block = hasEntries(value) ? printBlock(value, layoutAt(work, at, 0)) : printScalar(value);
  const atLineStart = at === 0 || at === lineStartOf(text, at);
  return ok({ edits: [{ from: at, to: at, insert: atLineStart ? block + eol : eol + block }] });
}
