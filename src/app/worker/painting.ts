/** A page that does not say that it has painted is not waited for any longer than this, in milliseconds: it may be hidden. */
const MOST_MS = 150;

/** What painting needs from outside: a timer, and how to end it. */
export type Wait = (ms: number, then: () => void) => () => void;

/**
 * Whether the page makes the frame that shows a key. Meanwhile it has the processor to itself: what nobody looks at between a key and its
 * picture waits until the page says `painted`.
 */
export class Painting {
  private readonly wait: Wait;
  private waiting: (() => void)[] = [];
  private endWait: (() => void) | undefined;

  constructor(wait: Wait) {
    this.wait = wait;
  }

  get isUnderWay(): boolean {
    return this.endWait !== undefined;
  }

  /** A key is about to be told. */
  begin(): void {
    this.endWait?.();
    this.endWait = this.wait(MOST_MS, () => this.done());
  }

  /** Does it when the frame is painted: at once, if none is under way. */
  then(act: () => void): void {
    if (this.isUnderWay) this.waiting.push(act);
    else act();
  }

  /** The page has painted: what waited is done, in order. */
  done(): void {
    this.endWait?.();
    this.endWait = undefined;
    const acts = this.waiting;
    this.waiting = [];
    for (const act of acts) act();
  }
}
