import type { Server } from 'node:http';

/** Serves a folder on this machine only. A taken port gives the next free one; resolves with the port that it got. */
export function serve(folder: string, port: number): Promise<{ readonly server: Server; readonly port: number }>;
