import { resourceId } from '../base/ids.ts';
import type { FileId, SlotId } from '../base/ids.ts';
import { rangeOfPath } from '../yaml/index.ts';
import type { Json, JsonObject, YamlDocument, YamlPath } from '../yaml/types.ts';

import { kindSchema, KINDS } from './schema/index.ts';
import type { KindSchema } from './schema/index.ts';
import { typedView } from './typed-view.ts';
import type { Resource, SourceRef } from './types.ts';

/** A resource before it is known where its document stands. */
type Draft = Omit<Resource, 'source' | 'document' | 'stale'> & { readonly path: YamlPath };

const KNOWN_NAMES = new Set(KINDS.map((kind) => kind.kind));
const WITHOUT_NAMESPACE = new Set([
  'APIService',
  'CSIDriver',
  'CSINode',
  'CustomResourceDefinition',
  'GatewayClass',
  'IngressClass',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PriorityClass',
  'RuntimeClass',
  'StorageClass',
  'ValidatingAdmissionPolicy',
  'ValidatingWebhookConfiguration',
]);

const isMap = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isWithoutNamespace = (kind: string): boolean => WITHOUT_NAMESPACE.has(kind) || kind.startsWith('Cluster');

function splitVersion(apiVersion: string): { readonly group: string; readonly version: string } {
  const slash = apiVersion.indexOf('/');
  return slash < 0
    ? { group: '', version: apiVersion }
    : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

/** A kind of another group that has the name of one of ours is called as kubectl would: `Gateway.gateway.networking.k8s.io`. */
function kindName(kind: string, group: string, version: string, schema: KindSchema | undefined): string {
  if (schema !== undefined || !KNOWN_NAMES.has(kind)) return kind;
  return kindSchema(group, kind) === undefined
    ? [kind, group].filter((part) => part !== '').join('.')
    : [kind, version, group].filter((part) => part !== '').join('.');
}

function strings(value: Json | undefined): Readonly<Record<string, string>> {
  // The typed view left only texts in it.
  return isMap(value) ? (value as Readonly<Record<string, string>>) : {};
}

function draft(document: YamlDocument, value: JsonObject, path: YamlPath): Draft | undefined {
  const { apiVersion, kind: written } = value;
  if (typeof apiVersion !== 'string' || typeof written !== 'string' || apiVersion === '' || written === '')
    return undefined;
  const { group, version } = splitVersion(apiVersion);
  const found = kindSchema(group, written);
  const schema = found?.versions.includes(version) === true ? found : undefined;
  const meta = typedView(value['metadata'], 'k8s.ObjectMeta', [...path, 'metadata'], false);
  const name = meta.spec['name'] ?? (schema?.kind === 'Scenario' ? 'scenario' : undefined);
  if (typeof name !== 'string' || name === '') return undefined;
  const kind = kindName(written, group, version, schema);
  const writtenNamespace = meta.spec['namespace'];
  const hasNamespace = schema?.namespaced ?? !isWithoutNamespace(written);
  const namespace = !hasNamespace
    ? ''
    : typeof writtenNamespace === 'string' && writtenNamespace !== ''
      ? writtenNamespace
      : 'default';
  const view =
    schema?.spec === undefined
      ? { spec: isMap(value['spec']) ? value['spec'] : {}, misfits: [] }
      : typedView(value['spec'], schema.spec, [...path, 'spec'], schema.protojson);
  return {
    kind,
    apiVersion,
    group,
    namespace,
    name,
    value,
    path,
    id: resourceId(namespace === '' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`),
    labels: strings(meta.spec['labels']),
    annotations: strings(meta.spec['annotations']),
    spec: view.spec,
    shape: [...meta.misfits, ...view.misfits].map((misfit) => ({
      ...misfit,
      range: rangeOfPath(document, misfit.path),
    })),
  };
}

function drafts(document: YamlDocument, value: Json | undefined, path: YamlPath): readonly Draft[] {
  if (!isMap(value)) return [];
  const { kind, items } = value;
  if (typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items) && path.length === 0) {
    // A cast because Array.isArray does not narrow readonly arrays.
    return (items as readonly Json[]).flatMap((item, index) => drafts(document, item, ['items', index]));
  }
  const one = draft(document, value, path);
  return one === undefined ? [] : [one];
}

/** Written out, since objects made by spreading are several times slower to read, and there are thousands of them. */
function placed(one: Draft, source: SourceRef, document: YamlDocument, stale: boolean): Resource {
  return {
    kind: one.kind,
    apiVersion: one.apiVersion,
    group: one.group,
    namespace: one.namespace,
    name: one.name,
    id: one.id,
    labels: one.labels,
    annotations: one.annotations,
    spec: one.spec,
    value: one.value,
    shape: one.shape,
    source,
    document,
    stale,
  };
}

const draftsOf = new WeakMap<YamlDocument, readonly Draft[]>();
const resourcesOf = new WeakMap<YamlDocument, Map<string, readonly Resource[]>>();
const NONE: readonly Resource[] = [];

/**
 * The resources that a document declares: its object, or each item of a `List`. Objects without apiVersion, kind or name give none;
 * kinds that the schema table does not know are resources too. Ids are as if no name were there twice: see assignIds.
 * The same document, file, slot and `stale` give the same array.
 */
export function readResources(
  file: FileId,
  slot: SlotId,
  document: YamlDocument,
  options: { readonly stale?: boolean } = {},
): readonly Resource[] {
  if (document.value === undefined) return NONE;
  const stale = options.stale ?? false;
  const key = `${stale ? 1 : 0}\n${slot}\n${file}`;
  let places = resourcesOf.get(document);
  if (places === undefined) {
    places = new Map();
    resourcesOf.set(document, places);
  }
  let resources = places.get(key);
  if (resources === undefined) {
    let read = draftsOf.get(document);
    if (read === undefined) {
      read = drafts(document, document.value, []);
      draftsOf.set(document, read);
    }
    resources = read.map((one) => placed(one, { file, slot, path: one.path }, document, stale));
    places.set(key, resources);
  }
  return resources;
}
