import type { ViewDelta } from '../../worker/protocol.ts';
import { applyPicture, applyRest } from '../apply-delta.ts';
import type { AppState } from '../types.ts';

/** The state when a view is taken in as a whole. */
export function taken(state: AppState, delta: ViewDelta): AppState {
  const drawn = { ...state, ...applyPicture(state, delta) };
  return { ...drawn, ...applyRest(drawn, delta) };
}
