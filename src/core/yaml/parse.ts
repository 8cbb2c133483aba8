import type { TextRange } from '../base/result.ts';
import { Scanner } from './scan/scanner.ts';
import type { Token } from './scan/tokens.ts';
import { ScanError } from './scan/tokens.ts';
import type { AliasNode, Item, MapNode, Node, Pair, ScalarNode, SeqNode, Tree, TreeError } from './tree.ts';

/** Anchor and tag in front of a node. */
interface Properties {
  readonly start: number;
  readonly end: number;
  readonly anchor: string | undefined;
  readonly tag: string;
}
type Growing<T extends MapNode | SeqNode> = { -readonly [K in keyof T]: T[K] } & { pairs?: Pair[]; items?: Item[] };

const headOf = ({ start, end }: Properties, from: number): { start: number; head: number } =>
  end > start ? { start, head: end } : { start: from, head: from };

const DEFAULT_HANDLES: readonly (readonly [string, string])[] = [
  ['!', '!'],
  ['!!', 'tag:yaml.org,2002:'],
];

/**
 * Builds the tree of a text's first document out of tokens, with the refusals of Go's parser (parserc.go) and in its order. It
 * never throws: after an error the scanner seems to be at its end, and what was built stays.
 */
class Parser {
  private readonly scanner: Scanner;
  private readonly anchors = new Map<string, Node>();
  private readonly handles = new Map<string, string>();
  private readonly text: string;
  private stop: Token | undefined;
  private error: TreeError | undefined;

  constructor(text: string) {
    this.text = text;
    this.scanner = new Scanner(text);
  }

  parse(): Tree {
    const { marker, empty } = this.start();
    const first = this.peek();
    const noContent = ['documentStart', 'documentEnd', 'version', 'tagDirective', 'streamEnd'].includes(first.type);
    const isAbsent = noContent && marker !== undefined;
    const root = empty || this.error ? undefined : isAbsent ? this.absent(marker.to) : this.node(true, false);
    const after = this.peek();
    let { end, dropped }: { end: number; dropped: number | undefined } = { end: this.text.length, dropped: undefined };
    if (!this.error && !empty) {
      end = after.from;
      if (after.type === 'documentEnd') this.skip();
      const next = after.type === 'documentEnd' ? this.peek() : after;
      if (!['streamEnd', 'documentEnd'].includes(next.type) && !this.error) dropped = next.from;
      else if (after.type === 'documentEnd') this.error = undefined; // Go has stopped reading before
    }
    const { text, error, scanner } = this;
    return { text, root, comments: scanner.comments, marker, error, dropped, end };
  }

  private start(): { marker: TextRange | undefined; empty: boolean } {
    let token = this.peek();
    let version = false;
    let directives = false;
    while (token.type === 'version' || token.type === 'tagDirective') {
      if (token.type === 'version') {
        if (version) this.fail('found duplicate %YAML directive', token.from);
        if (token.value !== '1.1') this.fail('found incompatible YAML document', token.from, token);
        version = true;
      } else if (this.handles.has(token.value)) {
        this.fail('found duplicate %TAG directive', token.from, token);
      } else {
        this.handles.set(token.value, token.suffix);
      }
      directives = true;
      this.skip();
      token = this.peek();
    }
    for (const [handle, prefix] of DEFAULT_HANDLES) if (!this.handles.has(handle)) this.handles.set(handle, prefix);
    if (token.type === 'documentStart') {
      this.skip();
      return { marker: { from: token.from, to: token.to }, empty: false };
    }
    if (directives) this.fail('did not find expected <document start>', token.from, token);
    return { marker: undefined, empty: token.type === 'streamEnd' };
  }

  private peek(): Token {
    if (this.stop !== undefined) return this.stop;
    try {
      return this.scanner.peek();
    } catch (thrown) {
      if (!(thrown instanceof ScanError)) throw thrown;
      return this.fail(thrown.problem, thrown.at, thrown.context);
    }
  }

  private skip(): void {
    if (this.stop === undefined) this.scanner.skip();
  }

  private fail(problem: string, at: number, context?: TextRange): Token {
    this.error ??= { problem, at, context: context && { from: context.from, to: context.to } };
    this.stop ??= { type: 'streamEnd', from: at, to: at, value: '', suffix: '', style: 'plain' };
    return this.stop;
  }

  private absent(at: number, properties?: Properties): ScalarNode {
    const place = { start: properties?.start ?? at, head: at, from: at, to: at };
    const { anchor, tag } = properties ?? { anchor: undefined, tag: '' };
    return { kind: 'scalar', style: 'absent', value: '', anchor, tag, ...place };
  }

  private properties(): Properties {
    let token = this.peek();
    const start = token.from;
    let end = start;
    let anchor: string | undefined;
    let tag: Token | undefined;
    for (let i = 0; i < 2; i++) {
      if (token.type === 'anchor' && anchor === undefined) anchor = token.value;
      else if (token.type === 'tag' && tag === undefined) tag = token;
      else break;
      end = token.to;
      this.skip();
      token = this.peek();
    }
    return { start, end, anchor, tag: tag === undefined ? '' : this.longTag(tag) };
  }

  private longTag(tag: Token): string {
    if (tag.value === '') return tag.suffix;
    const prefix = this.handles.get(tag.value);
    if (prefix === undefined) this.fail('found undefined tag handle', tag.from, tag);
    return (prefix ?? '') + tag.suffix;
  }

  private remember<T extends Node>(node: T): T {
    if (node.anchor !== undefined) this.anchors.set(node.anchor, node);
    return node;
  }

  /** A node: `block` allows block collections, `indentless` a sequence at its key's column. */
  private node(block: boolean, indentless: boolean): Node {
    const first = this.peek();
    if (first.type === 'alias') return this.alias(first);
    const properties = this.properties();
    const token = this.peek();
    const { anchor, tag } = properties;
    switch (token.type) {
      case 'scalar': {
        this.skip();
        const { from, to, style, value } = token;
        const { start, head } = headOf(properties, from);
        return this.remember({ kind: 'scalar', style, value, start, head, from, to, anchor, tag });
      }
      case 'blockEntry':
        if (indentless) return this.blockSeq(properties, true);
        break;
      case 'blockSeqStart':
        if (block) return this.blockSeq(properties, false);
        break;
      case 'blockMapStart':
        if (block) return this.blockMap(properties);
        break;
      case 'flowSeqStart':
        return this.flowSeq(properties);
      case 'flowMapStart':
        return this.flowMap(properties);
    }
    if (anchor === undefined && tag === '') {
      this.fail('did not find expected node content', token.from, { from: properties.start, to: token.from });
    }
    return this.remember(this.absent(properties.end, properties));
  }

  private alias(token: Token): AliasNode {
    const target = this.anchors.get(token.value);
    if (target === undefined) this.fail(`unknown anchor '${token.value}' referenced`, token.from, token);
    this.skip();
    const place = { start: token.from, head: token.from, from: token.from, to: token.to };
    return { kind: 'alias', name: token.value, target, anchor: undefined, tag: '', ...place };
  }

  private growSeq(properties: Properties, from: number, flow: boolean): Growing<SeqNode> & { items: Item[] } {
    const { anchor, tag } = properties;
    const { start, head } = headOf(properties, from);
    return this.remember({ kind: 'seq', flow, start, head, from, to: from, anchor, tag, items: [] as Item[] });
  }

  private growMap(properties: Properties, from: number, flow: boolean): Growing<MapNode> & { pairs: Pair[] } {
    const { anchor, tag } = properties;
    const { start, head } = headOf(properties, from);
    return this.remember({
      kind: 'map',
      flow,
      bare: false,
      start,
      head,
      from,
      to: from,
      anchor,
      tag,
      pairs: [] as Pair[],
    });
  }

  private blockSeq(properties: Properties, indentless: boolean): SeqNode {
    if (!indentless) this.skip();
    const seq = this.growSeq(properties, this.peek().from, false);
    for (let dash = this.peek(); dash.type === 'blockEntry'; dash = this.peek()) {
      this.skip();
      const next = this.peek().type;
      const none = next === 'blockEntry' || next === 'blockEnd' || (indentless && (next === 'key' || next === 'value'));
      const node = none ? this.absent(dash.to) : this.node(true, false);
      seq.items.push({ dash: dash.from, node, comma: -1 });
      seq.to = Math.max(dash.to, node.to);
    }
    if (indentless) return seq;
    const token = this.peek();
    if (token.type !== 'blockEnd') this.fail("did not find expected '-' indicator", token.from, seq);
    this.skip();
    return seq;
  }

  private blockMap(properties: Properties): MapNode {
    this.skip();
    const map = this.growMap(properties, this.peek().from, false);
    for (let token = this.peek(); token.type === 'key'; token = this.peek()) {
      this.skip();
      const key = this.blockPart(token.to);
      const pair = this.blockValue(token, key);
      map.pairs.push(pair);
      map.to = Math.max(map.to, pair.value.to, pair.key.to, pair.colon + 1);
    }
    const token = this.peek();
    if (token.type !== 'blockEnd') this.fail('did not find expected key', token.from, map);
    this.skip();
    return map;
  }

  /** A key behind `?` or a value behind `:`; absent where the next key, value or the end comes first. */
  private blockPart(at: number): Node {
    const next = this.peek().type;
    return next === 'key' || next === 'value' || next === 'blockEnd' ? this.absent(at) : this.node(true, true);
  }

  private blockValue(keyToken: Token, key: Node): Pair {
    const token = this.peek();
    // One literal instead of spreads: these made a third of the reading time.
    const { from: start, to } = keyToken;
    const colon = token.type === 'value' ? token.from : -1;
    if (colon >= 0) this.skip();
    const value = colon < 0 ? this.absent(Math.max(key.to, to)) : this.blockPart(token.to);
    return { start, key, colon, explicit: to > start, value, comma: -1 };
  }

  /** After an entry of a flow collection: takes the comma, or says why there should be one. Gives its offset or -1. */
  private comma(close: Token['type'], problem: string, open: TextRange): number {
    const token = this.peek();
    if (token.type === close) return -1;
    if (token.type !== 'flowEntry') {
      this.fail(problem, token.from, open);
      return -1;
    }
    this.skip();
    return token.from;
  }

  private flowSeq(properties: Properties): SeqNode {
    const open = this.peek();
    this.skip();
    const seq = this.growSeq(properties, open.from, true);
    while (this.stop === undefined) {
      const token = this.peek();
      if (token.type === 'flowSeqEnd' || this.stop !== undefined) break;
      const node = token.type === 'key' ? this.flowPairInSeq(token) : this.node(false, false);
      const comma = this.comma('flowSeqEnd', "did not find expected ',' or ']'", open);
      seq.items.push({ dash: -1, node, comma });
    }
    const close = this.peek();
    seq.to = close.to;
    this.skip();
    return seq;
  }

  private flowPairInSeq(token: Token): MapNode {
    this.skip();
    const ends = (type: Token['type']): boolean => type === 'value' || type === 'flowEntry' || type === 'flowSeqEnd';
    const next = this.peek();
    let key: Node;
    let colon = -1;
    if (!ends(next.type)) key = this.node(false, false);
    else {
      // Go takes the token that it only looked at: a key left out swallows its own colon.
      key = this.absent(token.to);
      if (next.type === 'value') colon = next.from;
      this.skip();
    }
    const pair = this.flowRest(token, key, 'flowSeqEnd', colon);
    const to = Math.max(pair.value.to, key.to, pair.colon + 1);
    const place = { start: token.from, head: token.from, from: token.from, to };
    return { kind: 'map', flow: true, bare: true, pairs: [pair], anchor: undefined, tag: '', ...place };
  }

  private flowRest(keyToken: Token, key: Node, close: Token['type'], colon: number): Pair {
    const base = { start: keyToken.from, key, explicit: keyToken.to > keyToken.from, comma: -1 };
    const token = this.peek();
    if (token.type !== 'value') return { ...base, colon, value: this.absent(Math.max(key.to, keyToken.to, colon + 1)) };
    this.skip();
    const next = this.peek();
    const none = next.type === 'flowEntry' || next.type === close;
    return { ...base, colon: token.from, value: none ? this.absent(token.to) : this.node(false, false) };
  }

  private flowMap(properties: Properties): MapNode {
    const open = this.peek();
    this.skip();
    const map = this.growMap(properties, open.from, true);
    while (this.stop === undefined) {
      const token = this.peek();
      if (token.type === 'flowMapEnd' || this.stop !== undefined) break;
      let pair: Pair;
      if (token.type === 'key') {
        this.skip();
        const next = this.peek().type;
        const none = next === 'value' || next === 'flowEntry' || next === 'flowMapEnd';
        pair = this.flowRest(token, none ? this.absent(token.to) : this.node(false, false), 'flowMapEnd', -1);
      } else {
        const key = this.node(false, false);
        pair = { start: key.start, key, explicit: false, colon: -1, value: this.absent(key.to), comma: -1 };
      }
      map.pairs.push({ ...pair, comma: this.comma('flowMapEnd', "did not find expected ',' or '}'", open) });
    }
    const close = this.peek();
    map.to = close.to;
    this.skip();
    return map;
  }
}

/** Reads the first document of a text. Never throws. */
export function parseTree(text: string): Tree {
  return new Parser(text).parse();
}
