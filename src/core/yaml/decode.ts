import type { TextRange } from '../base/result.ts';
import { isMerge, resolveScalar } from './keys.ts';
import { floatKey } from './resolve.ts';
import type { AliasNode, MapNode, Node, ScalarNode, Tree } from './tree.ts';
import type { Json } from './types.ts';

/** Why Go has no JSON for a tree that it could read: its words (or ours where its own are of no use), and the place. */
export interface DecodeError {
  readonly problem: string;
  readonly range: TextRange;
}
export interface Decoded {
  readonly value: Json | undefined;
  readonly error: DecodeError | undefined;
  /** Pairs of keys of which the earlier does not count: [earlier, later]. Strict readers refuse them. */
  readonly duplicates: readonly (readonly [Node, Node])[];
}

class Undecodable extends Error {
  readonly range: TextRange;
  constructor(problem: string, node: Node) {
    super(problem);
    this.range = { from: node.start, to: Math.max(node.to, node.start) };
  }
}

interface Key {
  readonly text: string;
  /** Distinguishes `1` from `"1"`, as Go's maps do. */
  readonly identity: string;
}
type Growing = Record<string, Json>;

/** Up to this many steps nearly all may come from aliases; see allowedAliasRatio in Go's decode.go. */
const LOW = 400_000;
const HIGH = 4_000_000;
function allowedAliasRatio(count: number): number {
  if (count <= LOW) return 0.99;
  return count >= HIGH ? 0.1 : 0.99 - (0.89 * (count - LOW)) / (HIGH - LOW);
}

/** Walks a tree as Go's decoder does, aliases, merges, limits and all. */
class Decoder {
  readonly duplicates: [Node, Node][] = [];
  /** The first thing that JSON cannot say; Go finds it after all others. */
  late: DecodeError | undefined;
  private count = 0;
  private aliased = 0;
  private depth = 0;
  private readonly open = new Set<AliasNode>();

  value(node: Node): Json {
    this.tick(node);
    switch (node.kind) {
      case 'scalar':
        return this.scalar(node);
      case 'seq':
        return node.items.map((item) => this.value(item.node));
      case 'map': {
        const out: Growing = {};
        this.fill(node, out, new Map());
        return out;
      }
      case 'alias':
        return this.through(node, (target) => this.value(target));
    }
  }

  private tick(node: Node): void {
    this.count++;
    if (this.depth > 0) this.aliased++;
    if (this.aliased <= 100 || this.count <= 1000) return;
    if (this.aliased / this.count > allowedAliasRatio(this.count)) {
      throw new Undecodable('document contains excessive aliasing', node);
    }
  }

  private through<T>(node: AliasNode, then: (target: Node) => T): T {
    if (this.open.has(node)) throw new Undecodable(`anchor '${node.name}' value contains itself`, node);
    if (node.target === undefined) throw new Undecodable(`unknown anchor '${node.name}' referenced`, node);
    this.open.add(node);
    this.depth++;
    const out = then(node.target);
    this.depth--;
    this.open.delete(node);
    return out;
  }

  private postpone(problem: string, node: Node): void {
    this.late ??= { problem, range: { from: node.start, to: node.to } };
  }

  private scalar(node: ScalarNode): Json {
    if (node.tag === 'tag:yaml.org,2002:binary') return this.binary(node);
    const resolved = resolveScalar(node);
    switch (resolved.kind) {
      case 'null':
        return null;
      case 'mismatch':
        throw new Undecodable(`cannot decode !!${resolved.found} \`${node.value}\` as a !!${resolved.wanted}`, node);
      case 'float':
        if (!Number.isFinite(resolved.value)) {
          const name = Number.isNaN(resolved.value) ? 'NaN' : resolved.value > 0 ? '+Inf' : '-Inf';
          this.postpone(`unsupported value: ${name}`, node);
        }
        return resolved.value;
      default:
        return resolved.value;
    }
  }

  private binary(node: ScalarNode): string {
    const text = fromBase64(node.value.replace(/[\r\n]/g, ''));
    if (text === undefined) throw new Undecodable('!!binary value contains invalid base64 data', node);
    return text;
  }

  private fill(node: MapNode, out: Growing, seen: Map<string, Node>): void {
    for (const pair of node.pairs) {
      if (isMerge(pair.key)) {
        this.merge(pair.value, out, seen);
        continue;
      }
      const key = this.key(pair.key);
      const value = this.value(pair.value);
      const before = seen.get(key.identity);
      if (before !== undefined) this.duplicates.push([before, pair.key]);
      seen.set(key.identity, pair.key);
      // `__proto__` is a key like any other, which plain assignment would swallow.
      if (key.text === '__proto__') {
        Object.defineProperty(out, key.text, { value, enumerable: true, configurable: true, writable: true });
      } else {
        out[key.text] = value;
      }
    }
  }

  private key(node: Node): Key {
    if (node.kind === 'alias') {
      this.tick(node);
      return this.through(node, (target) => this.key(target));
    }
    if (node.kind !== 'scalar') {
      this.value(node);
      throw new Undecodable('invalid map key', node);
    }
    this.tick(node);
    if (node.style === 'plain' && node.tag === '' && node.value === '') return { text: '', identity: 'null' };
    if (node.tag === 'tag:yaml.org,2002:binary') {
      const text = this.binary(node);
      return { text, identity: `s${text}` };
    }
    const resolved = resolveScalar(node);
    switch (resolved.kind) {
      case 'string':
        return { text: resolved.value, identity: `s${resolved.value}` };
      case 'bool':
        return { text: String(resolved.value), identity: `b${resolved.value}` };
      case 'int':
        if (resolved.unsigned) this.postpone('unsupported map key of type: uint64', node);
        return { text: resolved.text, identity: `i${resolved.text}` };
      case 'float':
        return { text: floatKey(resolved.value), identity: `f${resolved.value}` };
      case 'null':
        this.postpone('unsupported map key of type: null', node);
        return { text: 'null', identity: 'null' };
      case 'mismatch':
        throw new Undecodable(`cannot decode !!${resolved.found} \`${node.value}\` as a !!${resolved.wanted}`, node);
    }
  }

  /** Entries of a map, or of several of which the first counts most, put in where the `<<` stands: they win over what is above. */
  private merge(node: Node, out: Growing, seen: Map<string, Node>): void {
    if (node.kind === 'seq') {
      for (let i = node.items.length - 1; i >= 0; i--) {
        const item = node.items[i]?.node;
        if (item !== undefined) this.mergeOne(item, out, seen);
      }
      return;
    }
    this.mergeOne(node, out, seen);
  }

  private mergeOne(node: Node, out: Growing, seen: Map<string, Node>): void {
    this.tick(node);
    if (node.kind === 'map') return this.fill(node, out, seen);
    if (node.kind === 'alias' && (node.target === undefined || node.target.kind === 'map')) {
      return this.through(node, (target) => {
        this.tick(node);
        if (target.kind === 'map') this.fill(target, out, seen);
      });
    }
    throw new Undecodable('map merge requires map or sequence of maps as the value', node);
  }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Standard base64 with padding, read as UTF-8; nothing where it is not base64. */
function fromBase64(text: string): string | undefined {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return undefined;
  let bits = 0;
  let held = 0;
  let escaped = '';
  const raw: number[] = [];
  for (const letter of text.replaceAll('=', '')) {
    held = ((held << 6) | ALPHABET.indexOf(letter)) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      const octet = (held >> bits) & 0xff;
      raw.push(octet);
      escaped += `%${octet.toString(16).padStart(2, '0')}`;
    }
  }
  try {
    return decodeURIComponent(escaped);
  } catch {
    return raw.map((octet) => (octet < 0x80 ? String.fromCharCode(octet) : '\ufffd')).join('');
  }
}

/** The value that a tree has for kubectl, as JSON. Never throws: what has no JSON is an error with its place. */
export function decodeTree(tree: Tree): Decoded {
  if (tree.root === undefined) return { value: undefined, error: undefined, duplicates: [] };
  const decoder = new Decoder();
  try {
    const value = decoder.value(tree.root);
    const { duplicates, late } = decoder;
    return { value: late === undefined ? value : undefined, error: late, duplicates };
  } catch (thrown) {
    if (!(thrown instanceof Undecodable)) throw thrown;
    const error = { problem: thrown.message, range: thrown.range };
    return { value: undefined, error, duplicates: decoder.duplicates };
  }
}
