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

type Kinds = ReadonlyMap<string, ReadonlyMap<string, Entry>>;
interface Built {
  readonly resources: readonly AnyResource[];
  readonly defaultNamespace: string;
  /** By kind, then by full name. */
  readonly kinds: Kinds;
  readonly lists: ReadonlyMap<string, readonly Entry[]>;
}
/** What was built last: the lists of kinds in which nothing changed are the same ones in the next world. */
let last: Built | undefined;

/** The entries of some kinds, or of all. What the documents declare goes before the stand-ins. */
function gather(resources: readonly AnyResource[], defaultNamespace: string, only?: ReadonlySet<string>): Kinds {
  const kinds = new Map<string, Map<string, Entry>>();
  for (const resource of [...resources, ...ingress()]) {
    if (only?.has(resource.kind) === false) continue;
    const entry = entryOf(resource, defaultNamespace);
    if (IGNORED.has(resource.kind === 'Namespace' ? entry.name : entry.namespace)) continue;
    let byName = kinds.get(resource.kind);
    if (byName === undefined) kinds.set(resource.kind, (byName = new Map<string, Entry>()));
    if (!byName.has(entry.fullName) || !isStandIn(resource)) byName.set(entry.fullName, entry);
  }
  return kinds;
}

/** The kinds of what stands between the common beginning and the common end of two lists. */
function touchedKinds(before: readonly AnyResource[], after: readonly AnyResource[]): ReadonlySet<string> {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from += 1;
  let end = 0;
  while (end < shorter - from && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  const touched = new Set<string>();
  for (const list of [before, after])
    for (let at = from; at < list.length - end; at += 1) touched.add(list[at]?.kind ?? '');
  return touched;
}

function build(resources: readonly AnyResource[], defaultNamespace: string): Built {
  if (last?.defaultNamespace !== defaultNamespace) last = undefined;
  if (last?.resources === resources) return last;
  const touched = last && touchedKinds(last.resources, resources);
  const fresh = gather(resources, defaultNamespace, touched);
  const kinds = new Map(last?.kinds);
  for (const kind of touched ?? []) kinds.delete(kind);
  for (const [kind, byName] of fresh) kinds.set(kind, byName);
  const lists = new Map(last?.lists);
  for (const kind of touched ?? []) lists.delete(kind);
  for (const [kind, byName] of fresh) lists.set(kind, [...byName.values()]);
  last = { resources, defaultNamespace, kinds, lists };
  return last;
}

const serving = new WeakMap<readonly Entry[], ReadonlySet<string>>();

/** The namespaces of which the documents declare a Service. */
function servedNamespaces(services: readonly Entry[]): ReadonlySet<string> {
  let served = serving.get(services);
  if (served === undefined) {
    served = new Set(services.flatMap(({ resource, namespace }) => (isStandIn(resource) ? [] : [namespace])));
    serving.set(services, served);
  }
  return served;
}

/**
 * The world of these resources; `complete` where they are the whole mesh. `defaultNamespace` is that of objects that name none;
 * istioctl's own tests have ''.
 */
export function buildWorld(resources: readonly AnyResource[], defaultNamespace: string, complete: boolean): World {
  const { kinds, lists } = build(resources, defaultNamespace);
  const of = (kind: string): readonly Entry[] => lists.get(kind) ?? NONE;
  return {
    complete,
    knowsHostsOf: (namespace) => complete || servedNamespaces(of('Service')).has(namespace),
    of,
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
