export { actions, previewExample } from './actions.ts';
export { connectWorker } from './connect.ts';
export { getAppState, subscribeAppState, useAppState } from './store.ts';
export { texts, type TextEvent } from './texts.ts';
export { playhead } from './traffic.ts';
export type { Actions, AppState, BottomTab, Notice, Theme, TrafficState } from './types.ts';
