import { scanBlockScalar } from './block-scalar.ts';
import { isBlank, isBlankOrEnd, isBreak, isBreakOrEnd, TAB } from './chars.ts';
import { atMarker, scanPlain } from './plain.ts';
import { scanQuoted } from './quoted.ts';
import { scanAnchor, scanDirective, scanTag } from './tag.ts';
import type { Cursor, Token, TokenType } from './tokens.ts';
import { ScanError, token } from './tokens.ts';

/** Deeper nesting than this is refused. Go's own limit is 10,000; no resource comes near, and our trees are walked by recursion. */
export const MAX_DEPTH = 500;

/** A place where a key without `?` may have begun. */
interface SimpleKey {
  possible: boolean;
  /** Go has lost sight of it: its token is handed on without waiting for a colon. */
  hidden: boolean;
  required: boolean;
  number: number;
  pos: number;
  line: number;
  column: number;
}
const noKey = (): SimpleKey => ({
  possible: false,
  hidden: false,
  required: false,
  number: 0,
  pos: 0,
  line: 0,
  column: 0,
});

/**
 * The tokens of a YAML stream, one by one, as Go's scanner makes them (go.yaml.in/yaml/v2 scannerc.go, itself libyaml): same
 * tokens, same refusals in the same order. Throws `ScanError`. Offsets are UTF-16; columns too, where Go counts characters:
 * they only differ behind a character beyond the basic plane, where no block collection can begin.
 */
export class Scanner implements Cursor {
  readonly text: string;
  readonly comments: Cursor['comments'] = [];
  pos: number;
  lineStart: number;
  line = 0;
  indent = -1;
  flowLevel = 0;
  private queue: Token[] = [];
  private head = 0;
  private taken = 0;
  private keyAllowed = true;
  private keys: SimpleKey[] = [noKey()];
  private indents: number[] = [];
  private ended = false;

  constructor(text: string) {
    this.text = text;
    this.pos = this.lineStart = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  }

  /** The next token, not taken. After the end of the stream it stays `streamEnd`. */
  peek(): Token {
    while (this.head === this.queue.length || this.headMayBeKey()) {
      if (this.ended) break;
      this.fetch();
    }
    return this.queue[this.head] ?? token('streamEnd', this.text.length, this.text.length);
  }

  /** Takes the token that `peek` gave. */
  skip(): void {
    this.head++;
    this.taken++;
    if (this.head === this.queue.length) {
      this.queue = [];
      this.head = 0;
    }
  }

  private headMayBeKey(): boolean {
    for (const key of this.keys) if (key.possible && !key.hidden && key.number === this.taken) return this.isValid(key);
    return false;
  }

  private isValid(key: SimpleKey): boolean {
    if (!key.possible) return false;
    if (key.line < this.line || key.pos + 1024 < this.pos) {
      if (key.required) throw new ScanError("could not find expected ':'", this.pos, { from: key.pos, to: this.pos });
      key.possible = false;
      return false;
    }
    return true;
  }

  private top(): SimpleKey {
    return this.keys[this.keys.length - 1] as SimpleKey; // there is one key for the block level, and one for each flow level
  }

  private removeKey(): void {
    const key = this.top();
    if (key.possible && key.required) {
      throw new ScanError("could not find expected ':'", this.pos, { from: key.pos, to: this.pos });
    }
    key.possible = false;
  }

  private saveKey(): void {
    if (!this.keyAllowed) return;
    const column = this.pos - this.lineStart;
    this.removeKey();
    const number = this.taken + this.queue.length - this.head;
    const required = this.flowLevel === 0 && this.indent === column;
    this.keys[this.keys.length - 1] = {
      possible: true,
      hidden: false,
      required,
      number,
      pos: this.pos,
      line: this.line,
      column,
    };
  }

  private push(type: TokenType, length: number): void {
    this.queue.push(token(type, this.pos, this.pos + length));
    this.pos += length;
  }

  private roll(column: number, type: TokenType, at: number, number: number): void {
    if (this.flowLevel > 0 || this.indent >= column) return;
    this.indents.push(this.indent);
    this.indent = column;
    if (this.indents.length > MAX_DEPTH) throw new ScanError(`exceeded max depth of ${MAX_DEPTH}`, this.pos);
    const start = token(type, at, at);
    this.insert(start, number);
  }

  /** Puts a token in as number `number` of the stream; where that one is gone already, or for -1, at the end. */
  private insert(made: Token, number: number): void {
    if (number < this.taken) this.queue.push(made);
    else this.queue.splice(this.head + number - this.taken, 0, made);
  }

  private unroll(column: number): void {
    if (this.flowLevel > 0) return;
    while (this.indent > column) {
      this.queue.push(token('blockEnd', this.pos, this.pos));
      this.indent = this.indents.pop() ?? -1;
    }
  }

  private skipToToken(): void {
    const { text } = this;
    for (;;) {
      let code = text.charCodeAt(this.pos);
      const tabs = this.flowLevel > 0 || !this.keyAllowed;
      while (code === 32 || (tabs && code === TAB)) code = text.charCodeAt(++this.pos);
      if (code === 35) {
        const from = this.pos;
        while (!isBreakOrEnd(code)) code = text.charCodeAt(++this.pos);
        this.comments.push({ from, to: this.pos });
      }
      if (!isBreak(code)) return;
      this.pos += code === 13 && text.charCodeAt(this.pos + 1) === 10 ? 2 : 1;
      this.lineStart = this.pos;
      this.line++;
      if (this.flowLevel === 0) this.keyAllowed = true;
    }
  }

  private fetch(): void {
    this.skipToToken();
    this.unroll(this.pos - this.lineStart);
    const { text, pos } = this;
    const code = text.charCodeAt(pos);
    if (pos >= text.length) return this.fetchEnd();
    if (pos === this.lineStart && code === 37) {
      this.leaveDocument();
      this.queue.push(scanDirective(this));
      return;
    }
    if (atMarker(this)) {
      this.leaveDocument();
      return this.push(code === 45 ? 'documentStart' : 'documentEnd', 3);
    }
    const inFlow = this.flowLevel > 0;
    const blankNext = isBlankOrEnd(text.charCodeAt(pos + 1));
    switch (code) {
      case 91: // [
        return this.openFlow('flowSeqStart');
      case 123: // {
        return this.openFlow('flowMapStart');
      case 93: // ]
        return this.closeFlow('flowSeqEnd');
      case 125: // }
        return this.closeFlow('flowMapEnd');
      case 44: // ,
        this.removeKey();
        this.keyAllowed = true;
        return this.push('flowEntry', 1);
      case 45: // -
        if (blankNext) return this.fetchEntry();
        break;
      case 63: // ?
        if (inFlow || blankNext) return this.fetchKey();
        break;
      case 58: // :
        if (inFlow || blankNext) return this.fetchValue();
        break;
      case 42: // *
        return this.fetchInline(() => scanAnchor(this, 'alias'));
      case 38: // &
        return this.fetchInline(() => scanAnchor(this, 'anchor'));
      case 33: // !
        return this.fetchInline(() => scanTag(this));
      case 39: // '
        return this.fetchInline(() => scanQuoted(this, true));
      case 34: // "
        return this.fetchInline(() => scanQuoted(this, false));
    }
    if ((code === 124 || code === 62) && !inFlow) {
      this.removeKey();
      this.keyAllowed = true;
      this.queue.push(scanBlockScalar(this, code === 124));
      return;
    }
    if (!this.startsPlain(code, text.charCodeAt(pos + 1))) {
      throw new ScanError('found character that cannot start any token', pos);
    }
    this.fetchPlain();
  }

  private startsPlain(code: number, next: number): boolean {
    if (code === 45) return !isBlank(next);
    if (code === 63 || code === 58) return this.flowLevel === 0 && !isBlankOrEnd(next);
    return !isBlankOrEnd(code) && !'[]{},#&*!|>\'"%@`'.includes(String.fromCharCode(code));
  }

  private fetchPlain(): void {
    this.saveKey();
    this.keyAllowed = false;
    const { token: made, onNewLine } = scanPlain(this);
    this.queue.push(made);
    if (onNewLine) this.keyAllowed = true;
  }

  private fetchInline(scan: () => Token): void {
    this.saveKey();
    this.keyAllowed = false;
    this.queue.push(scan());
  }

  private leaveDocument(): void {
    this.unroll(-1);
    this.removeKey();
    this.keyAllowed = false;
  }

  private fetchEnd(): void {
    if (this.pos !== this.lineStart) {
      this.lineStart = this.pos;
      this.line++;
    }
    this.leaveDocument();
    this.push('streamEnd', 0);
    this.ended = true;
  }

  private openFlow(type: TokenType): void {
    this.saveKey();
    this.keys.push({ ...noKey(), number: this.taken + this.queue.length - this.head });
    this.flowLevel++;
    if (this.flowLevel > MAX_DEPTH) throw new ScanError(`exceeded max depth of ${MAX_DEPTH}`, this.pos);
    this.keyAllowed = true;
    this.push(type, 1);
  }

  private closeFlow(type: TokenType): void {
    this.removeKey();
    if (this.flowLevel > 0) {
      this.flowLevel--;
      // Go forgets the key of the bracket itself with that of an empty collection: `[]: a` is refused in its own way.
      const closed = this.keys.pop();
      for (const key of this.keys) if (key.number === closed?.number) key.hidden = true;
    }
    this.keyAllowed = false;
    this.push(type, 1);
  }

  private fetchEntry(): void {
    if (this.flowLevel === 0) {
      if (!this.keyAllowed) throw new ScanError('block sequence entries are not allowed in this context', this.pos);
      this.roll(this.pos - this.lineStart, 'blockSeqStart', this.pos, -1);
    }
    this.removeKey();
    this.keyAllowed = true;
    this.push('blockEntry', 1);
  }

  private fetchKey(): void {
    if (this.flowLevel === 0) {
      if (!this.keyAllowed) throw new ScanError('mapping keys are not allowed in this context', this.pos);
      this.roll(this.pos - this.lineStart, 'blockMapStart', this.pos, -1);
    }
    this.removeKey();
    this.keyAllowed = this.flowLevel === 0;
    this.push('key', 1);
  }

  private fetchValue(): void {
    const key = this.top();
    if (this.isValid(key)) {
      this.insert(token('key', key.pos, key.pos), key.number);
      this.roll(key.column, 'blockMapStart', key.pos, key.number);
      key.possible = false;
      this.keyAllowed = false;
    } else {
      if (this.flowLevel === 0) {
        if (!this.keyAllowed) throw new ScanError('mapping values are not allowed in this context', this.pos);
        this.roll(this.pos - this.lineStart, 'blockMapStart', this.pos, -1);
      }
      this.keyAllowed = this.flowLevel === 0;
    }
    this.push('value', 1);
  }
}
