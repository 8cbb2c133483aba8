import { fileId, slotId } from '../../base/ids.ts';
import { assignIds, readResources } from '../../istio/index.ts';
import { buildMesh } from '../../mesh/build-mesh.ts';
import type { Mesh } from '../../mesh/types.ts';
import { readDocument, splitStream } from '../../yaml/index.ts';

const file = fileId('test.yaml');

/** The mesh of a stream; the documents' slots are `d0`, `d1`, … in their order, or as `slots` names them. */
export function meshOf(text: string, previous?: Mesh, slots: readonly string[] = []): Mesh {
  const documents = splitStream(text).filter(({ kind }) => kind === 'document');
  const resources = documents.flatMap((segment, i) =>
    readResources(file, slotId(slots[i] ?? `d${i}`), readDocument(segment.text)),
  );
  return buildMesh(assignIds(resources), {}, previous);
}
