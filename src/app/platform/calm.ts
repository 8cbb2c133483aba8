/** What moves by itself stands still until nobody has typed for so long, in milliseconds. */
const TYPING_MS = 250;

/** What moves by itself is told the frame's time, and whether it stood still before it because somebody typed. */
export type CalmCallback = (time: number, rested: boolean) => void;

interface CalmPorts {
  readonly request: (callback: FrameRequestCallback) => number;
  readonly cancel: (id: number) => void;
  readonly now: () => number;
  readonly wait: (ms: number, then: () => void) => () => void;
}

/**
 * Frames for what moves by itself. A frame that is under way when a key comes can't be called back, and the key waits for its end: so there
 * are none while somebody types.
 */
export function createCalm({ request, cancel, now, wait }: CalmPorts) {
  const promised = new Map<number, () => void>();
  let typedAt = -Infinity;
  return {
    /** Calls back in the next frame, or in the first one when nobody types any more. Gives the function that ends it. */
    ask(callback: CalmCallback): () => void {
      let rested = false;
      let end = (): void => undefined;
      const ask = (): void => {
        const rest = typedAt + TYPING_MS - now();
        if (rest > 0) {
          rested = true;
          end = wait(rest, ask);
          return;
        }
        const id = request((time) => {
          promised.delete(id);
          callback(time, rested);
        });
        promised.set(id, ask);
        end = () => {
          promised.delete(id);
          cancel(id);
        };
      };
      ask();
      return () => end();
    },
    /** Somebody typed: what was promised for the next frame waits too. */
    typed(): void {
      typedAt = now();
      for (const [id, ask] of promised) {
        promised.delete(id);
        cancel(id);
        ask();
      }
    },
  };
}
