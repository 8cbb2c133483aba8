// Serves the built page for the browser tests: node scripts/serve.mjs PORT. A taken port is an error here.
import { join } from 'node:path';
import { root } from './lib/run.mjs';
import { serve } from './lib/serve.mjs';

const wanted = Number(process.argv[2] ?? 4173);
const { port } = await serve(join(root, 'dist/app'), wanted);
if (port !== wanted) {
  console.error(`Port ${wanted} is taken.`);
  process.exit(1);
}
