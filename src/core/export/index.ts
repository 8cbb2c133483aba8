export { applyOrder } from './apply-order.ts';
export { asOneStream, downloadName } from './one-stream.ts';
export type { Bundle, ExportFile } from './one-stream.ts';
export { kubectlApply, kubectlHereDocument } from './kubectl.ts';
