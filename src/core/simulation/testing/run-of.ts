import { fileId, slotId } from '../../base/ids.ts';
import { assignIds, readResources } from '../../istio/index.ts';
import { buildMesh } from '../../mesh/index.ts';
import type { Mesh } from '../../mesh/types.ts';
import { createEngine } from '../../routing/index.ts';
import { readDocument, splitStream } from '../../yaml/index.ts';
import { createRun, type Run } from '../run.ts';
import { scenarioOf } from '../scenario.ts';
import { createTally, type Tally } from '../counters.ts';

/** The mesh of a stream of documents. */
export function meshOf(text: string): Mesh {
  const documents = splitStream(text).filter(({ kind }) => kind === 'document');
  const resources = documents.flatMap((segment, i) =>
    readResources(fileId('test.yaml'), slotId(`d${i}`), readDocument(segment.text)),
  );
  return buildMesh(assignIds(resources));
}

/** A run over a stream of documents, with a tally to count into. */
export function runOf(text: string, seed?: number): { readonly mesh: Mesh; readonly run: Run; readonly tally: Tally } {
  const mesh = meshOf(text);
  const scenario = scenarioOf(mesh);
  const { registry, outboundTrafficPolicy } = scenario;
  const run = createRun(createEngine(mesh, { registry, outboundTrafficPolicy }), scenario, seed);
  return { mesh, run, tally: createTally(mesh, run.classes) };
}
