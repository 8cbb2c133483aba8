export { layoutGraph } from './layered.ts';
export { placeNew } from './place-new.ts';
export { meshBoundary } from './boundary.ts';
