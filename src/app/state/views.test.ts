import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ToWorker } from '../worker/protocol.ts';
import { setPort } from './port.ts';
import { initialState, store } from './store.ts';
import { behindFrame, settleView, takeView } from './views.ts';

const frames: FrameRequestCallback[] = [];
const sent: ToWorker[] = [];
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => frames.push(callback));
  setPort({ postMessage: (message) => sent.push(message) });
  store.setState(initialState, true);
});
afterEach(() => {
  settleView();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  frames.length = 0;
  sent.length = 0;
});
const drawFrame = (): void => {
  for (const frame of frames.splice(0)) frame(0);
  vi.advanceTimersByTime(1);
};

it('lets everything but the picture wait for its frame, in order, and tells the worker of it', () => {
  const said: (string | null)[] = [];
  takeView({ version: 1, selection: { ids: ['a'] }, undoLabel: 'Type' });
  takeView({ version: 2, undoLabel: 'Type more' });
  behindFrame(() => said.push(store.getState().undoLabel));
  takeView({ version: 3, selection: { ids: ['b'] }, undoLabel: 'Drag' });
  expect(store.getState().selection.ids).toEqual(['b']);
  expect([store.getState().version, said, sent]).toEqual([-1, [], []]);
  drawFrame();
  expect(store.getState()).toMatchObject({ version: 3, undoLabel: 'Drag', inspected: { id: 'b' } });
  expect(said).toEqual(['Type more']);
  expect(new Set(sent.map(({ kind }) => kind))).toEqual(new Set(['painted']));
});

it('takes in at once what has no picture before it, and waits for nothing when it is asked to settle', () => {
  takeView({ version: 1, undoLabel: 'Type' });
  expect(store.getState().undoLabel).toBe('Type');
  takeView({ version: 2, selection: { ids: ['a'] }, undoLabel: 'Drag' });
  settleView();
  expect(store.getState().undoLabel).toBe('Drag');
});
