export { layoutGraph } from './layered.ts';
export { freePlaceFor, placeNew } from './place-new.ts';
export { meshBoundary } from './boundary.ts';
