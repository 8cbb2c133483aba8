import { joinParts } from '../worker/parts.ts';
import type { ViewDelta, ViewPart } from '../worker/protocol.ts';

let parts: ViewPart[] = [];

/** Keeps a part until the view that it belongs to comes. */
export function keepPart(part: ViewPart): void {
  parts.push(part);
}

/** The view with its parts. */
export function wholeView(delta: ViewDelta): ViewDelta {
  const whole = joinParts(parts, delta);
  parts = [];
  return whole;
}
