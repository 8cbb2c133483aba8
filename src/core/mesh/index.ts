export type * from './types.ts';
export { buildMesh } from './build-mesh.ts';
export type { MeshBuildOptions } from './build-mesh.ts';
export { bindsMesh, boundGateways, boundServers, commonHosts } from './gateways.ts';
export type { BoundServer } from './gateways.ts';
export { referencesTo, referencesToName } from './lookup.ts';
export { meshProblems } from './problems.ts';
