import { describe, expect, it } from 'vitest';
import { retryPolicy } from '../compile/retry.ts';
import { playAttempts } from './attempts.ts';

const answer = (
  status: number,
  delayMs: number,
  timeoutMs: number,
  retries: Parameters<typeof retryPolicy>[0],
): unknown => {
  const { status: seen, flags, attempts } = playAttempts(status, delayMs, timeoutMs, retryPolicy(retries));
  return [seen, flags, attempts];
};

describe('attempts at a workload that answers as told', () => {
  it('[G-70] by default a 503 is not tried again', () => {
    expect(answer(503, 0, 0, undefined)).toEqual([503, '', 1]);
  });
  it('[G-71] attempts 0 switch retries off', () => {
    expect(answer(503, 0, 0, { attempts: 0, retryOn: '5xx' })).toEqual([503, '', 1]);
  });
  it('[R-677] when the tries are used up the last answer is given, with URX', () => {
    expect(answer(503, 0, 0, { attempts: 3, retryOn: '5xx' })).toEqual([503, 'URX', 4]);
  });
  it('[G-73] a number is a status', () => {
    expect(answer(503, 0, 0, { attempts: 1, retryOn: '503' })).toEqual([503, 'URX', 2]);
    expect(answer(500, 0, 0, { attempts: 1, retryOn: '503' })).toEqual([500, '', 1]);
  });
  it('[G-72] a try that takes too long is not tried again by default', () => {
    expect(answer(200, 500, 0, { attempts: 3, perTryTimeout: '100ms' })).toEqual([504, 'UT', 1]);
  });
  it('[R-675] a try that takes too long is a reset', () => {
    expect(answer(200, 500, 0, { attempts: 2, perTryTimeout: '100ms', retryOn: 'reset' })).toEqual([504, 'UT,URX', 3]);
  });
  it('[R-661] the timeout is for all tries together', () => {
    expect(answer(200, 500, 200, undefined)).toEqual([504, 'UT', 1]);
    expect(answer(200, 500, 150, { attempts: 9, perTryTimeout: '100ms', retryOn: '5xx' })).toEqual([504, 'UT', 2]);
  });
  it('[R-663] a try may not take longer than all', () => {
    expect(answer(200, 150, 200, { attempts: 3, perTryTimeout: '300ms', retryOn: '5xx' })).toEqual([200, '', 1]);
  });
});
