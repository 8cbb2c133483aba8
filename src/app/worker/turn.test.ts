import { expect, it } from 'vitest';
import { Turn } from './turn.ts';

it('comes once in a turn of its own, and can be asked for again from there', async () => {
  let times = 0;
  await new Promise<void>((done) => {
    const turn = new Turn(() => {
      times += 1;
      expect(turn.isAsked).toBe(false);
      if (times < 2) turn.ask();
      else done();
    });
    turn.ask();
    turn.ask();
    expect([times, turn.isAsked]).toEqual([0, true]);
  });
  await new Promise((go) => setTimeout(go, 5));
  expect(times).toBe(2);
});
