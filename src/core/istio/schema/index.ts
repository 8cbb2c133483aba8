import type { YamlPath } from '../../yaml/types.ts';
import { destinationRuleMessages } from './destination-rule.ts';
import { field, typeOf } from './field.ts';
import { gatewayMessages } from './gateway.ts';
import { httpActionMessages } from './http-actions.ts';
import { kubernetesMessages } from './kubernetes.ts';
import { loadBalancingMessages } from './load-balancing.ts';
import { scenarioMessages } from './scenario.ts';
import { serviceEntryMessages } from './service-entry.ts';
import { sidecarMessages } from './sidecar.ts';
import type { FieldSchema, FieldType, KindSchema, MessageSchema, MessageTable } from './types.ts';
import { virtualServiceMessages } from './virtual-service.ts';

export type { FieldSchema, FieldType, KindSchema, MessageSchema } from './types.ts';
export { typeOf } from './field.ts';

/** All messages by name: Istio's as in its reference pages, Kubernetes' with `k8s.` in front. */
export const MESSAGES: MessageTable = {
  ...virtualServiceMessages,
  ...httpActionMessages,
  ...destinationRuleMessages,
  ...loadBalancingMessages,
  ...gatewayMessages,
  ...serviceEntryMessages,
  ...sidecarMessages,
  ...kubernetesMessages,
  ...scenarioMessages,
};

const ISTIO = ['v1', 'v1beta1', 'v1alpha3'];
const istio = (kind: string, page: string, help: string): KindSchema => ({
  kind,
  group: 'networking.istio.io',
  versions: ISTIO,
  spec: kind,
  namespaced: true,
  help,
  protojson: true,
  page: `https://istio.io/latest/docs/reference/config/networking/${page}/`,
});
const kubernetes = (
  kind: string,
  group: string,
  spec: string | undefined,
  help: string,
  namespaced = true,
): KindSchema => ({
  kind,
  group,
  versions: ['v1'],
  namespaced,
  help,
  protojson: false,
  ...(spec === undefined ? {} : { spec }),
});

/** The kinds whose objects are read in full. */
export const KINDS: readonly KindSchema[] = [
  istio('Gateway', 'gateway', 'Ports that a gateway opens, and for which hosts.'),
  istio('VirtualService', 'virtual-service', 'Where requests for a host go.'),
  istio('DestinationRule', 'destination-rule', 'Subsets of a service, and how clients behave towards it.'),
  istio('ServiceEntry', 'service-entry', 'A service that Kubernetes does not know.'),
  istio('WorkloadEntry', 'workload-entry', 'A workload that is no pod.'),
  istio('Sidecar', 'sidecar', 'What the sidecars of some workloads take in and can reach.'),
  kubernetes('Service', '', 'k8s.ServiceSpec', 'A name and ports in front of some pods.'),
  kubernetes('Pod', '', 'k8s.PodSpec', 'A running workload.'),
  kubernetes('Deployment', 'apps', 'k8s.DeploymentSpec', 'A number of equal pods.'),
  kubernetes('StatefulSet', 'apps', 'k8s.DeploymentSpec', 'A number of pods with names of their own.'),
  kubernetes('DaemonSet', 'apps', 'k8s.DeploymentSpec', 'A pod on every node.'),
  kubernetes('ReplicaSet', 'apps', 'k8s.DeploymentSpec', 'A number of equal pods.'),
  kubernetes('Namespace', '', undefined, 'A part of the cluster with names of its own.', false),
  {
    kind: 'Scenario',
    group: 'meshwright',
    versions: ['v1'],
    spec: 'Scenario',
    namespaced: false,
    help: 'The traffic that Play sends.',
    protojson: false,
  },
];

const byKind = new Map(KINDS.map((kind) => [`${kind.group}/${kind.kind}`, kind]));

/** The kind's schema; `undefined` for kinds that are only kept and listed. Every served version counts as one kind. */
export function kindSchema(group: string, kind: string): KindSchema | undefined {
  return byKind.get(`${group}/${kind}`);
}

/** A message's fields; `undefined` for a name that the table does not have. */
export function messageSchema(message: string): MessageSchema | undefined {
  return Object.hasOwn(MESSAGES, message) ? MESSAGES[message] : undefined;
}

const camel = (name: string): string => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

/** A message's field by its JSON name, or by its proto name (`export_to`), which Istio's JSON reader takes as well. */
export function fieldOf(
  message: MessageSchema,
  key: string,
): { readonly name: string; readonly field: FieldSchema } | undefined {
  const name = Object.hasOwn(message.fields, key) ? key : camel(key);
  const found = Object.hasOwn(message.fields, name) ? message.fields[name] : undefined;
  return found === undefined ? undefined : { name, field: found };
}

const META = field('k8s.ObjectMeta', 'Name, namespace and labels.', undefined, { required: true });
const API_VERSION = field('string', 'The group and version that the object is written in.', undefined, {
  required: true,
});
const KIND = field('string', 'The kind of object.', undefined, { required: true });

/** The field at a path from the object's root (`['spec', 'http', 0, 'timeout']`): of an item or map value, the list's or map's field. */
export function fieldAt(
  kind: KindSchema,
  path: YamlPath,
): { readonly field: FieldSchema; readonly type: FieldType; readonly message?: string } | undefined {
  const roots: Readonly<Record<string, FieldSchema>> = {
    apiVersion: API_VERSION,
    kind: KIND,
    metadata: META,
    ...(kind.spec === undefined ? {} : { spec: field(kind.spec, kind.help) }),
  };
  const [root, ...rest] = path;
  let at = typeof root === 'string' && Object.hasOwn(roots, root) ? roots[root] : undefined;
  if (at === undefined) return undefined;
  let type = typeOf(at.type);
  let owner: string | undefined;
  for (const key of rest) {
    if (type.kind === 'list' || type.kind === 'map') {
      if ((typeof key === 'number') !== (type.kind === 'list')) return undefined;
      type = type.of;
      continue;
    }
    const message = type.kind === 'message' ? messageSchema(type.message) : undefined;
    const next = message === undefined ? undefined : fieldOf(message, String(key));
    if (type.kind !== 'message' || next === undefined) return undefined;
    owner = type.message;
    at = next.field;
    type = typeOf(at.type);
  }
  return owner === undefined ? { field: at, type } : { field: at, type, message: owner };
}

/** The type at a path from the object's root; `undefined` where the table knows nothing. `set` asks it what VALUE is. */
export function fieldTypeAt(group: string, kind: string, path: YamlPath): FieldType | undefined {
  const schema = kindSchema(group, kind);
  return schema === undefined ? undefined : fieldAt(schema, path)?.type;
}

const snake = (name: string): string =>
  name.replace('5xx', '_5xx').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The address of a field's entry in Istio's reference; the kind's page where the path is none of the table's. */
export function referenceAt(kind: KindSchema, path: YamlPath): string | undefined {
  if (kind.page === undefined) return undefined;
  const found = fieldAt(kind, path);
  if (found === undefined || found.message?.startsWith('k8s.') === true) return kind.page;
  const name = path.findLast((key) => typeof key === 'string');
  const anchor = found.message === undefined ? kind.kind : `${found.message}-${snake(String(name))}`;
  return `${kind.page}#${anchor.replaceAll('.', '-')}`;
}
