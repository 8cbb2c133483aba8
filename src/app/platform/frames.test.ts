import { beforeEach, describe, expect, it } from 'vitest';
import { createFrames } from './frames.ts';

const stack: (() => void)[] = [];
const timers = new Set<() => void>();
let frames: ReturnType<typeof createFrames>;
let real: Map<number, FrameRequestCallback>;
let drawn: string[];

beforeEach(() => {
  stack.length = 0;
  timers.clear();
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
    soon: (then) => void stack.push(then),
    wait(_ms, then) {
      timers.add(then);
      return () => void timers.delete(then);
    },
  });
});

const emptyStack = (): void => stack.splice(0).forEach((then) => then());
const timeIsUp = (): void => [...timers].forEach((then) => then());
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

  it('wait for the answer, also where they were asked for before the edit was told', () => {
    ask('text');
    frames.hold();
    emptyStack();
    nextFrame();
    expect(drawn).toEqual([]);
    ask('graph');
    frames.release();
    nextFrame();
    expect(drawn).toEqual(['text', 'graph']);
  });

  it('come without the answer when it takes too long', () => {
    frames.hold();
    ask('text');
    emptyStack();
    timeIsUp();
    nextFrame();
    expect(drawn).toEqual(['text']);
  });

  it('are held from the first edit on, not from the last', () => {
    frames.hold();
    frames.hold();
    expect(timers.size).toBe(1);
  });

  it('can be taken back while they wait, and after', () => {
    frames.hold();
    const waiting = ask('waiting');
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
});
