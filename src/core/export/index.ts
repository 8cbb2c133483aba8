export { applyOrder, isOurs } from './apply-order.ts';
export { asOneStream, downloadName, exportedText } from './one-stream.ts';
export type { Bundle } from './one-stream.ts';
export { kubectlApply, kubectlHereDocument } from './kubectl.ts';
