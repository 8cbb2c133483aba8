export type * from './types.ts';
export { buildGraph } from './build-graph.ts';
export { callerNodeId, INTERNET } from './build/callers.ts';
export { freePlaceFor, layoutGraph, meshBoundary, placeNew } from './layout/layout.ts';
export { heldBy, idAt, sourceOf } from './lookup.ts';
export { BAND_WIDTH, COLUMNS, GRID, HEAD_HEIGHT, headHeight, nodeSize, rowHeight, rowOffset } from './size.ts';
export { type Lanes, lanesFor, laneSteps, noLanes, touchesLanes } from './wires/lanes.ts';
export { sampleWire, type Via, type Wire, wireThrough } from './wires/path.ts';
