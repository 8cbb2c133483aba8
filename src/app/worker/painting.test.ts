import { expect, it } from 'vitest';
import { Painting } from './painting.ts';

it('lets what is no hurry wait for the frame of a key, or for as long as a frame may take', () => {
  const timers = new Set<() => void>();
  const painting = new Painting((_ms, then) => {
    timers.add(then);
    return () => void timers.delete(then);
  });
  const done: string[] = [];
  painting.then(() => done.push('no key'));
  expect(done).toEqual(['no key']);
  painting.begin();
  painting.then(() => done.push('fields'));
  painting.begin();
  painting.then(() => done.push('checks'));
  expect([done.length, timers.size, painting.isUnderWay]).toEqual([1, 1, true]);
  painting.done();
  expect(done).toEqual(['no key', 'fields', 'checks']);
  expect([timers.size, painting.isUnderWay]).toEqual([0, false]);
  painting.begin();
  painting.then(() => done.push('hidden'));
  for (const timer of timers) timer();
  expect(done.at(-1)).toBe('hidden');
  expect(painting.isUnderWay).toBe(false);
});
