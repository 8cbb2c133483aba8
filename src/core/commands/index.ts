export { planGesture } from './plan-gesture.ts';
export { planSet } from './set-field.ts';
export { parseValue } from './coerce.ts';
export { parsePath } from './parse-path.ts';
export type * from './types.ts';
