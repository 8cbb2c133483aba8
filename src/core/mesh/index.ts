export type * from './types.ts';
export { buildMesh } from './build-mesh.ts';
export type { MeshBuildOptions } from './build-mesh.ts';
export { bindsMesh, boundServers } from './gateways.ts';
export type { BoundServer } from './gateways.ts';
export { referencesTo } from './lookup.ts';
export { meshProblems } from './problems.ts';
