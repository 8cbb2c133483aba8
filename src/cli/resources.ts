import { fileId, slotId } from '../core/base/ids.ts';
import { assignIds, readResources } from '../core/istio/index.ts';
import type { Resource } from '../core/istio/index.ts';
import { readDocument, splitStream } from '../core/yaml/index.ts';

/** The resources of YAML streams, each with the name of its file. Documents that are broken bring none. */
export function resourcesOf(files: readonly { readonly name: string; readonly text: string }[]): readonly Resource[] {
  const read = files.flatMap(({ name, text }) => {
    const file = fileId(name);
    const documents = splitStream(text).filter((segment) => segment.kind === 'document');
    return documents.flatMap((segment, index) =>
      readResources(file, slotId(`${name}#${index}`), readDocument(segment.text)),
    );
  });
  return assignIds(read);
}
