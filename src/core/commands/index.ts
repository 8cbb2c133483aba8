export { planGesture } from './plan-gesture.ts';
export { planSet } from './set-field.ts';
export { parseValue } from './coerce.ts';
export { parsePath } from './parse-path.ts';
export { evenShares, parseShares } from './parse-shares.ts';
export { COMMANDS, keyLabel } from './list.ts';
export type { Command, CommandGroup, When } from './list.ts';
export type * from './types.ts';
