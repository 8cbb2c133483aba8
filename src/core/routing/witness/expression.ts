/** Characters: `set[code]` is 1 for each that counts; 128 stands for all beyond ASCII. */
export type CharSet = Uint8Array;

/** A regular expression as a tree, with repetitions written out. */
export type Node =
  | { readonly kind: 'set'; readonly set: CharSet }
  | { readonly kind: 'all'; readonly parts: readonly Node[] }
  | { readonly kind: 'any'; readonly parts: readonly Node[] }
  | { readonly kind: 'many'; readonly part: Node };

export const BEYOND = 128;

/** More copies of a part than these are not written out. */
const MOST_COPIES = 200;

export function setOf(holds: (char: string) => boolean, beyond = false): CharSet {
  const set = Uint8Array.from({ length: BEYOND + 1 }, (_, code) => (holds(String.fromCharCode(code)) ? 1 : 0));
  set[BEYOND] = beyond ? 1 : 0;
  return set;
}

const CLASSES: Readonly<Record<string, RegExp>> = {
  d: /[0-9]/,
  w: /[0-9A-Za-z_]/,
  s: /[\t\n\f\r ]/,
  alpha: /[A-Za-z]/,
  digit: /[0-9]/,
  alnum: /[0-9A-Za-z]/,
  upper: /[A-Z]/,
  lower: /[a-z]/,
  word: /[0-9A-Za-z_]/,
  space: /[\t\n\v\f\r ]/,
  xdigit: /[0-9A-Fa-f]/,
  punct: /[!-/:-@[-`{-~]/,
};

const inverted = (set: CharSet): CharSet => set.map((one) => 1 - one);

function classOf(name: string): CharSet | undefined {
  const pattern = CLASSES[name.toLowerCase()];
  if (pattern === undefined) return undefined;
  const set = setOf((char) => pattern.test(char));
  return name === name.toLowerCase() ? set : inverted(set);
}

/** Either case of each letter. */
function anyCase(set: CharSet): CharSet {
  return setOf((char) => {
    const has = (one: string): boolean => set[one.charCodeAt(0)] === 1;
    return has(char) || (/[a-z]/i.test(char) && (has(char.toLowerCase()) || has(char.toUpperCase())));
  }, set[BEYOND] === 1);
}

/** A character of a text as it stands. */
export function charNode(char: string, ignoreCase: boolean): Node {
  const set = setOf((one) => one === char);
  return { kind: 'set', set: ignoreCase ? anyCase(set) : set };
}

/** What can't be read here. */
class Unknown extends Error {}

/** Reads an expression of RE2 from left to right. */
class Reader {
  private at = 0;
  private ignoreCase = false;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  whole(): Node {
    const node = this.alternatives(true);
    if (this.at < this.text.length) throw new Unknown();
    return node;
  }

  private take(part: RegExp): RegExpExecArray | undefined {
    const found = part.exec(this.text.slice(this.at));
    if (found === null || found.index > 0) return undefined;
    this.at += found[0].length;
    return found;
  }

  /** `outer`: what stands at the ends stands at the ends of the text. */
  private alternatives(outer: boolean): Node {
    const parts = [this.sequence(outer)];
    while (this.take(/^\|/)) parts.push(this.sequence(outer));
    return { kind: 'any', parts };
  }

  private sequence(outer: boolean): Node {
    const parts: Node[] = [];
    if (outer) this.take(/^(\^|\\A)+/);
    while (this.at < this.text.length && !/[|)]/.test(this.text.charAt(this.at))) {
      if (outer && /^(\$|\\z)+(\||$)/.test(this.text.slice(this.at)) && this.take(/^(\$|\\z)+/)) break;
      if (this.flags()) continue;
      parts.push(this.counted(this.atom()));
    }
    return { kind: 'all', parts };
  }

  private flags(): boolean {
    const found = this.take(/^\(\?([is]*)(?:-([is]*))?\)/);
    if (found === undefined) return false;
    if (found[1]?.includes('i') === true) this.ignoreCase = true;
    if (found[2]?.includes('i') === true) this.ignoreCase = false;
    if (`${found[1] ?? ''}${found[2] ?? ''}`.includes('s')) throw new Unknown();
    return true;
  }

  private atom(): Node {
    if (this.take(/^\((?:\?:|\?P?<\w+>|(?!\?))/)) {
      const before = this.ignoreCase;
      const node = this.alternatives(false);
      this.ignoreCase = before;
      if (!this.take(/^\)/)) throw new Unknown();
      return node;
    }
    const set = this.set();
    return { kind: 'set', set: this.ignoreCase ? anyCase(set) : set };
  }

  private set(): CharSet {
    if (this.take(/^\[/)) return this.inBrackets();
    if (this.take(/^\./)) return setOf((char) => char !== '\n', true);
    if (this.take(/^\\/)) return this.escaped();
    const char = this.take(/^[ -~]/)?.[0];
    if (char === undefined || '^$*+?{}()[]'.includes(char)) throw new Unknown();
    return setOf((one) => one === char);
  }

  private escaped(): CharSet {
    const char = this.take(/^[!-~]/)?.[0] ?? '';
    const set = /[dDwWsS]/.test(char) ? classOf(char) : undefined;
    if (set !== undefined) return set;
    if (char === '' || /[A-Za-z0-9]/.test(char)) throw new Unknown();
    return setOf((one) => one === char);
  }

  private inBrackets(): CharSet {
    const not = this.take(/^\^/) !== undefined;
    const all = new Uint8Array(BEYOND + 1);
    for (let first = true; first || !this.take(/^\]/); first = false) {
      const named = this.take(/^\[:(\w+):\]/)?.[1];
      const set = named === undefined ? this.item() : classOf(named);
      if (set === undefined) throw new Unknown();
      set.forEach((one, code) => (all[code] ||= one));
    }
    return not ? inverted(all) : all;
  }

  private item(): CharSet {
    const set = this.take(/^\\/) ? this.escaped() : this.one();
    const from = set.indexOf(1);
    if (!/^-[^\]]/.test(this.text.slice(this.at))) return set;
    this.at += 1;
    const to = (this.take(/^\\/) ? this.escaped() : this.one()).indexOf(1);
    if (to < from) throw new Unknown();
    return setOf((char) => char.charCodeAt(0) >= from && char.charCodeAt(0) <= to);
  }

  private one(): CharSet {
    const char = this.take(/^[ -~]/)?.[0];
    if (char === undefined || char === '[') throw new Unknown();
    return setOf((one) => one === char);
  }

  private counted(part: Node): Node {
    const found = this.take(/^(?:([*+?])|\{(\d{1,4})(,?)(\d{0,4})\})\??/);
    if (found === undefined) return part;
    if (/^[*+?{]/.test(this.text.slice(this.at))) throw new Unknown();
    const [, sign, low, comma, high] = found;
    const min = sign === undefined ? Number(low) : sign === '+' ? 1 : 0;
    const max =
      sign === '?'
        ? 1
        : sign !== undefined || (comma === ',' && high === '')
          ? undefined
          : comma === ''
            ? min
            : Number(high);
    if (Math.max(min, max ?? 0) > MOST_COPIES) throw new Unknown();
    const must = Array.from({ length: min }, () => part);
    if (max === undefined) return { kind: 'all', parts: [...must, { kind: 'many', part }] };
    const may = Array.from({ length: max - min }, (): Node => ({
      kind: 'any',
      parts: [part, { kind: 'all', parts: [] }],
    }));
    return { kind: 'all', parts: [...must, ...may] };
  }
}

/** An expression as a tree; `undefined` where something stands in it that this reader does not know. It takes the whole text or not. */
export function readExpression(text: string): Node | undefined {
  try {
    return new Reader(text).whole();
  } catch (error) {
    if (error instanceof Unknown) return undefined;
    throw error;
  }
}
