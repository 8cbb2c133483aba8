import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { afterFrame, createFrames } from './frames.ts';

const stack: (() => void)[] = [];
const timers = new Set<() => void>();
let frames: ReturnType<typeof createFrames>;
let real: Map<number, FrameRequestCallback>;
let drawn: string[];
let now: number;

beforeEach(() => {
  stack.length = 0;
  timers.clear();
  now = 0;
  real = new Map();
  drawn = [];
  let last = 0;
  frames = createFrames({
    request(callback) {
      last += 1;
      real.set(last, callback);
      return last;
    },
    cancel: (id) => void real.delete(id),
    now: () => now,
    soon: (then) => void stack.push(then),
    wait(_ms, then) {
      timers.add(then);
      return () => void timers.delete(then);
    },
  });
});

const emptyStack = (): void => stack.splice(0).forEach((then) => then());
const timeIsUp = (): void => {
  const due = [...timers];
  timers.clear();
  for (const then of due) then();
};
const nextFrame = (): void => {
  const due = [...real.values()];
  real.clear();
  for (const callback of due) callback(0);
};
const ask = (name: string): number => frames.request(() => void drawn.push(name));

describe('frames', () => {
  it('come as ever where nothing is held', () => {
    ask('one');
    ask('two');
    emptyStack();
    nextFrame();
    expect(drawn).toEqual(['one', 'two']);
  });

  it('wait for the answer and are done with it on the spot, also where they were asked for before the edit was told', () => {
    ask('text');
    frames.hold();
    emptyStack();
    nextFrame();
    expect(drawn).toEqual([]);
    ask('graph');
    frames.release();
    expect(drawn).toEqual(['text', 'graph']);
    expect(real.size).toBe(0);
  });

  it('that were promised before the edit wait too, and can be taken back', () => {
    ask('traffic');
    const other = ask('other');
    emptyStack();
    ask('text');
    frames.hold();
    emptyStack();
    nextFrame();
    expect(drawn).toEqual([]);
    frames.cancel(other);
    frames.release();
    expect(drawn).toEqual(['traffic', 'text']);
  });

  it('come without the answer when it takes too long', () => {
    frames.hold();
    ask('text');
    emptyStack();
    timeIsUp();
    expect(drawn).toEqual(['text']);
  });

  it('are held from the first edit on, not from the last', () => {
    frames.hold();
    frames.hold();
    expect(timers.size).toBe(1);
  });

  it('are of the next frame where they are asked for by what was held', () => {
    frames.hold();
    frames.request(() => {
      drawn.push('first');
      ask('second');
    });
    ask('third');
    frames.release();
    expect(drawn).toEqual(['first', 'third']);
    emptyStack();
    nextFrame();
    expect(drawn).toEqual(['first', 'third', 'second']);
  });

  it('come in the next frame where one before them fails', () => {
    frames.hold();
    frames.request(() => {
      throw new Error('broken');
    });
    ask('text');
    expect(() => frames.release()).toThrow('broken');
    nextFrame();
    expect(drawn).toEqual(['text']);
  });

  it('are not touched by an answer or an input when nothing is held', () => {
    ask('text');
    frames.release();
    expect(drawn).toEqual([]);
    emptyStack();
    nextFrame();
    expect(drawn).toEqual(['text']);
  });

  it('can be taken back while they wait, and after', () => {
    frames.hold();
    const waiting = ask('waiting');
    frames.request(() => frames.cancel(next));
    const next = ask('next');
    emptyStack();
    frames.cancel(waiting);
    frames.release();
    const passed = ask('passed');
    emptyStack();
    frames.cancel(passed);
    frames.cancel(12345);
    nextFrame();
    expect(drawn).toEqual([]);
  });

  it('of what moves by itself come when nobody types, also those that were promised before the key', () => {
    const told = (name: string) => (_time: number, rested: boolean) =>
      void drawn.push(rested ? `${name} rested` : name);
    frames.calm(told('before'));
    emptyStack();
    nextFrame();
    frames.calm(told('promised'));
    const end = frames.calm(told('ended'));
    emptyStack();
    now = 1000;
    frames.hold();
    nextFrame();
    frames.release();
    frames.calm(told('asked'));
    end();
    expect(drawn).toEqual(['before']);
    now = 1200;
    frames.hold();
    now = 1260;
    // The rest of the first key is over, and that of the second one is not.
    timeIsUp();
    emptyStack();
    nextFrame();
    expect(drawn).toEqual(['before']);
    now = 1450;
    timeIsUp();
    emptyStack();
    nextFrame();
    expect(drawn).toEqual(['before', 'promised rested', 'asked rested']);
    now = 5000;
    frames.calm(told('after'));
    emptyStack();
    nextFrame();
    expect(drawn.at(-1)).toBe('after');
  });
});

describe('afterFrame', () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('comes once, behind the frame, or a moment later where none is drawn', () => {
    vi.useFakeTimers();
    const frames: FrameRequestCallback[] = [];
    vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => frames.push(callback));
    const done: string[] = [];
    afterFrame(() => done.push('drawn'));
    vi.advanceTimersByTime(50);
    frames.shift()?.(0);
    expect(done).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(done).toEqual(['drawn']);
    afterFrame(() => done.push('hidden'));
    vi.advanceTimersByTime(1000);
    frames.shift()?.(0);
    vi.advanceTimersByTime(1000);
    expect(done).toEqual(['drawn', 'hidden']);
  });
});
