import { fileId, slotId } from '../../base/ids.ts';
import { readResources } from '../../istio/index.ts';
import type { AnyResource } from '../../istio/index.ts';
import { readDocument, splitStream } from '../../yaml/index.ts';
import type { Json } from '../../yaml/types.ts';
import type { Entry, World } from './types.ts';

/** The stand-in that istioctl adds, since files seldom hold the gateway's own pod. Source: analysis/local/defaults.go. */
const INGRESS = `
apiVersion: v1
kind: Pod
metadata: {name: istio-ingressgateway-dummypod, namespace: istio-system, labels: {istio: ingressgateway}}
spec: {containers: [{name: istio-proxy}]}
---
apiVersion: v1
kind: Service
metadata: {name: istio-ingressgateway, namespace: istio-system}
spec:
  ports:
  - {name: http2, nodePort: 31380, port: 80, protocol: TCP, targetPort: 80}
  - {name: https, nodePort: 31390, port: 443, protocol: TCP, targetPort: 443}
  - {name: tcp, nodePort: 31400, port: 31400, protocol: TCP, targetPort: 31400}
  - {name: tls, nodePort: 31447, port: 15443, protocol: TCP, targetPort: 15443}
  selector: {istio: ingressgateway}
`;
/** Objects of these namespaces are never looked at. Source: inject.IgnoredNamespaces. */
const IGNORED = new Set(['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage']);

const STAND_IN_FILE = fileId('istioctl');
let standIns: readonly AnyResource[] | undefined;
function ingress(): readonly AnyResource[] {
  standIns ??= splitStream(INGRESS)
    .filter((segment) => segment.kind === 'document')
    .flatMap(({ text }, index) => readResources(STAND_IN_FILE, slotId(`istioctl#${index}`), readDocument(text)));
  return standIns;
}

/** Whether an object is one of those that istioctl adds. */
export const isStandIn = (resource: AnyResource): boolean =>
  resource.source.file === STAND_IN_FILE && ingress().includes(resource);

const isMap = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function writtenNamespace(resource: AnyResource): string {
  const { metadata } = resource.value;
  const namespace = isMap(metadata) ? metadata['namespace'] : undefined;
  return typeof namespace === 'string' ? namespace : '';
}

const entries = new Map<string, WeakMap<AnyResource, Entry>>();

function entryOf(resource: AnyResource, defaultNamespace: string): Entry {
  let kept = entries.get(defaultNamespace);
  if (kept === undefined) entries.set(defaultNamespace, (kept = new WeakMap<AnyResource, Entry>()));
  let entry = kept.get(resource);
  if (entry === undefined) {
    const written = writtenNamespace(resource);
    const namespace = resource.namespace === '' || written !== '' ? written : defaultNamespace;
    const { name } = resource;
    entry = { resource, namespace, name, fullName: namespace === '' ? name : `${namespace}/${name}` };
    kept.set(resource, entry);
  }
  return entry;
}

const NONE: readonly Entry[] = [];
/** The lists of the world that was built last, so that what did not change is the same list in the next one. */
let lastLists = new Map<string, readonly Entry[]>();

function keptList(kind: string, list: readonly Entry[]): readonly Entry[] {
  const last = lastLists.get(kind);
  return last?.length === list.length && list.every((entry, index) => entry === last[index]) ? last : list;
}

/**
 * The world of these resources; `complete` where they are the whole mesh. `defaultNamespace` is that of objects that name none;
 * istioctl's own tests have ''.
 */
export function buildWorld(resources: readonly AnyResource[], defaultNamespace: string, complete: boolean): World {
  const kinds = new Map<string, Map<string, Entry>>();
  for (const resource of [...resources, ...ingress()]) {
    const entry = entryOf(resource, defaultNamespace);
    if (IGNORED.has(resource.kind === 'Namespace' ? entry.name : entry.namespace)) continue;
    let byName = kinds.get(resource.kind);
    if (byName === undefined) kinds.set(resource.kind, (byName = new Map<string, Entry>()));
    // What the documents declare goes before the stand-ins.
    if (!byName.has(entry.fullName) || !isStandIn(resource)) byName.set(entry.fullName, entry);
  }
  const lists = new Map([...kinds].map(([kind, byName]) => [kind, keptList(kind, [...byName.values()])]));
  lastLists = lists;
  const served = new Set(
    (lists.get('Service') ?? []).flatMap(({ resource, namespace }) => (isStandIn(resource) ? [] : [namespace])),
  );
  return {
    complete,
    knowsHostsOf: (namespace) => complete || served.has(namespace),
    of: (kind) => lists.get(kind) ?? NONE,
    find: (kind, fullName) => kinds.get(kind)?.get(fullName),
  };
}

/** `name` or `namespace/name` as a full name, a bare one being of `namespace`. Source: resource.NewShortOrFullName. */
export function fullNameOf(namespace: string, text: string): string {
  return text.includes('/') || namespace === '' ? text.replace(/^\//, '') : `${namespace}/${text}`;
}

/** A selector as Kubernetes prints it: `a=b,c=d`. */
export function selectorText(selector: Readonly<Record<string, string>> | undefined): string {
  return Object.entries(selector ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}
