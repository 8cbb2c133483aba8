import { fileId, slotId } from '../base/ids.ts';
import { assignIds, readResources } from '../istio/index.ts';
import type { AnyResource, Resource } from '../istio/index.ts';
import { rangeOfPath, readDocument } from '../yaml/index.ts';
import type { JsonObject, YamlDocument } from '../yaml/types.ts';
import { analyze } from './analysis/index.ts';
import { levelOf } from './levels.ts';
import { schemaProblems } from './schema/index.ts';
import { webhookFaults } from './webhook/index.ts';

/** What becomes of one document: why the API server and the webhook refuse it, and what the webhook warns of. */
export interface DocumentVerdict {
  readonly kind: string;
  readonly name: string;
  readonly schema: readonly string[];
  readonly webhook: readonly string[];
  readonly warnings: readonly string[];
}
export interface AnalysisMessage {
  readonly code: string;
  readonly level: 'Error' | 'Warning' | 'Info';
  /** `Kind namespace/name`, the namespace as written. */
  readonly resource: string;
  readonly line: number;
  readonly message: string;
}
export interface Verdict {
  readonly documents: readonly DocumentVerdict[];
  readonly analysis: readonly AnalysisMessage[];
}

const isMap = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const placed = (path: readonly (string | number)[], message: string): string =>
  path.length === 0 ? message : `${path.join('.')}: ${message}`;

/** Why an object can't even be read as one. Source: unstructured.UnstructuredJSONScheme. */
function readingErrors(document: YamlDocument): readonly string[] {
  const errors = document.problems.filter(({ severity }) => severity === 'error').map(({ message }) => message);
  if (errors.length > 0 || document.empty) return errors;
  return isMap(document.value) && textOf(document.value['kind']) !== '' ? [] : ['The document says no kind.'];
}

function documentVerdict(document: YamlDocument, resource: AnyResource | undefined, crd: boolean): DocumentVerdict {
  const object = isMap(document.value) ? document.value : {};
  const metadata = isMap(object['metadata']) ? object['metadata'] : {};
  const reading = readingErrors(document);
  const ofIstio = reading.length === 0 && textOf(object['apiVersion']).includes('istio.io/');
  const schema = ofIstio && crd ? schemaProblems(object).map(({ path, message }) => placed(path, message)) : [];
  const faults =
    ofIstio && resource !== undefined
      ? webhookFaults(resource).filter(({ lost, sometimes }) => !lost && sometimes !== true)
      : [];
  const errors = faults.filter(({ severity }) => severity === 'error');
  // What is refused is not warned of.
  const warnings = errors.length > 0 ? [] : faults;
  const said = (list: typeof faults): readonly string[] => list.map(({ path, message }) => placed(path, message));
  return {
    kind: reading.length > 0 ? '' : textOf(object['kind']),
    name: reading.length > 0 ? '' : textOf(metadata['name']),
    schema: [...reading, ...schema],
    webhook: said(errors),
    warnings: said(warnings),
  };
}

/** An object without a name is none of the workspace's, but the webhook is asked about it all the same. */
function nameless(document: YamlDocument): readonly Resource[] {
  const { value } = document;
  if (!isMap(value) || textOf(value['apiVersion']) === '' || textOf(value['kind']) === '') return [];
  const metadata = isMap(value['metadata']) ? value['metadata'] : {};
  if (textOf(metadata['name']) !== '') return [];
  const named = readDocument(JSON.stringify({ ...value, metadata: { ...metadata, name: 'x' } }));
  return readResources(fileId('case'), slotId('nameless'), named).map((resource) => ({ ...resource, name: '' }));
}

/** The line, from 1 in its document, of a place in an object. */
function lineOf(resource: AnyResource, path: readonly (string | number)[]): number {
  const { from } = rangeOfPath(resource.document, [...resource.source.path, ...path]);
  return resource.document.text.slice(0, from).split('\n').length;
}

/**
 * The verdicts of API server, webhook and `istioctl analyze` on a stream of documents that is the whole mesh, as the recordings have
 * them. `lines` says on which line of the stream each document begins, from 1. The CRDs are asked only with `crd`: the recordings
 * were made without them.
 */
export function verdictOf(
  documents: readonly YamlDocument[],
  lines: readonly number[],
  options: { readonly crd: boolean; readonly now?: string | undefined },
): Verdict {
  const read = documents.map((document, index) => {
    const resources = readResources(fileId('case'), slotId(`${index}`), document);
    return resources.length > 0 ? resources : nameless(document);
  });
  const starts = new Map(
    read.flatMap((resources, index) => resources.map(({ source }) => [source.slot, lines[index] ?? 1])),
  );
  const findings = analyze(assignIds(read.flat()), {
    defaultNamespace: '',
    complete: true,
    now: options.now,
    validation: true,
    byLine: true,
  });
  return {
    documents: documents.map((document, index) => documentVerdict(document, read[index]?.[0], options.crd)),
    analysis: findings.map(({ code, entry, path, message }) => ({
      code,
      level: levelOf(code),
      resource: `${textOf(entry.resource.value['kind'])} ${entry.fullName}`,
      line: (starts.get(entry.resource.source.slot) ?? 1) + lineOf(entry.resource, path) - 1,
      message,
    })),
  };
}
