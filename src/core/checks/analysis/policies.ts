import { ROOT_NAMESPACE, selects } from '../../istio/index.ts';
import type { JsonObject, YamlPath } from '../../yaml/types.ts';
import { podInMesh, podIsAmbient } from './in-mesh.ts';
import { asList, asMap, asText, asTexts, isMap, rawAt, textsAt } from './raw.ts';
import { selectorText } from './world.ts';
import type { Analyzer, Entry, Say, World } from './types.ts';

const GATEWAY_NAME = 'gateway.networking.k8s.io/gateway-name';

/** Selectors of policies that select the pods of a Kubernetes Gateway. Source: k8sgateway.SelectorAnalyzer. */
export const gatewayApiSelectors: Analyzer = {
  name: 'k8sgateway.SelectorAnalyzer',
  reads: ['AuthorizationPolicy', 'RequestAuthentication', 'Telemetry', 'WasmPlugin', 'Pod'],
  needs: [],
  analyze: (world, say) => {
    const pods = world.of('Pod').filter(({ resource }) => resource.labels[GATEWAY_NAME] !== undefined);
    for (const kind of ['AuthorizationPolicy', 'RequestAuthentication', 'Telemetry', 'WasmPlugin']) {
      for (const entry of world.of(kind)) {
        if (rawAt(entry, 'spec', 'targetRef') !== undefined || !isMap(rawAt(entry, 'spec', 'selector'))) continue;
        const labels = textsAt(entry, 'spec', 'selector', 'matchLabels');
        for (const pod of pods) {
          if (pod.namespace !== entry.namespace || !selects(labels, pod.resource.labels)) continue;
          const message = `The selector takes pods of the Kubernetes Gateway ${pod.resource.labels[GATEWAY_NAME]}: there targetRefs work, selectors don't.`;
          say({ code: 'IST0166', entry, path: ['spec', 'selector'], message });
        }
      }
    }
  },
};

function namespaceMatches(name: string, pattern: string): boolean {
  if (pattern.startsWith('*')) return name.endsWith(pattern.slice(1));
  if (pattern.endsWith('*')) return name.startsWith(pattern.slice(0, -1));
  return name.toLowerCase() === pattern.toLowerCase();
}

/** The namespaces that a source of a policy names, and where. */
function namedNamespaces(source: JsonObject, path: YamlPath): readonly NamedNamespace[] {
  return ['namespaces', 'notNamespaces'].flatMap((key) =>
    asTexts(source[key]).map((pattern, at) => ({
      pattern,
      path: [...path, key, at],
      // Istio looks for the line among `namespaces` in either case.
      linePath: [...path, 'namespaces', at],
    })),
  );
}
interface NamedNamespace {
  readonly pattern: string;
  readonly path: YamlPath;
  readonly linePath: YamlPath;
}

function unknownNamespaces(world: World, entry: Entry, say: Say): void {
  const namespaces = world.of('Namespace').map(({ name }) => name);
  for (const [index, rule] of asList(rawAt(entry, 'spec', 'rules')).entries()) {
    for (const [place, from] of asList(asMap(rule)['from']).entries()) {
      const path = ['spec', 'rules', index, 'from', place, 'source'];
      for (const { pattern, ...at } of namedNamespaces(asMap(asMap(from)['source']), path)) {
        if (!namespaces.some((name) => namespaceMatches(name, pattern)))
          say({ code: 'IST0101', entry, ...at, message: `The namespace "${pattern}" is not there.` });
      }
    }
  }
}

/** AuthorizationPolicies for no workload, or for namespaces that are not there. Source: authz.AuthorizationPoliciesAnalyzer. */
export const authorizationPolicies: Analyzer = {
  name: 'auth.AuthorizationPoliciesAnalyzer',
  reads: ['AuthorizationPolicy', 'Namespace', 'Pod'],
  needs: ['Namespace', 'Pod'],
  analyze: (world, say) => {
    const pods = world.of('Pod').filter((pod) => podInMesh(world, pod) || podIsAmbient(pod));
    for (const entry of world.of('AuthorizationPolicy')) {
      const selected = isMap(rawAt(entry, 'spec', 'selector'));
      const labels = textsAt(entry, 'spec', 'selector', 'matchLabels');
      const everywhere = entry.namespace === ROOT_NAMESPACE;
      const found = pods.some(
        ({ namespace, resource }) => (everywhere || namespace === entry.namespace) && selects(labels, resource.labels),
      );
      if (!found && (selected || !everywhere)) {
        const message = `The policy is for no workload that there is ("${selectorText(labels)}").`;
        say({ code: 'IST0127', entry, path: ['spec', 'selector'], message });
      }
      unknownNamespaces(world, entry, say);
    }
  },
};

/** Kinds with conditions, and which of these are bad when they are False. */
const CONDITIONS: Readonly<Record<string, readonly string[]>> = {
  Service: ['istio.io/WaypointBound'],
  ServiceEntry: ['istio.io/WaypointBound'],
  WorkloadEntry: ['istio.io/WaypointBound'],
  AuthorizationPolicy: ['ZtunnelAccepted', 'WaypointAccepted'],
  'Gateway.gateway.networking.k8s.io': ['Accepted', 'Programmed', 'ResolvedRefs'],
  HTTPRoute: ['Accepted', 'Programmed', 'ResolvedRefs'],
  GRPCRoute: ['Accepted', 'Programmed', 'ResolvedRefs'],
};

/** What the cluster wrote into an object's status, where it is bad. Source: conditions.ConditionAnalyzer. */
export const conditions: Analyzer = {
  name: 'conditions.ConditionAnalyzer',
  reads: [
    'Service',
    'ServiceEntry',
    'WorkloadEntry',
    'AuthorizationPolicy',
    'Gateway.gateway.networking.k8s.io',
    'HTTPRoute',
    'GRPCRoute',
  ],
  needs: [],
  analyze: (world, say) => {
    for (const [kind, bad] of Object.entries(CONDITIONS)) {
      for (const entry of world.of(kind)) {
        const own = asList(rawAt(entry, 'status', 'conditions'));
        const ofParents = asList(rawAt(entry, 'status', 'parents')).flatMap((parent) =>
          asList(asMap(parent)['conditions']),
        );
        for (const condition of (kind.endsWith('Route') ? ofParents : own).map(asMap)) {
          const type = asText(condition['type']);
          const reason = asText(condition['reason']);
          const partly = kind === 'AuthorizationPolicy' && type === 'WaypointAccepted' && reason === 'PartiallyInvalid';
          if (!partly && !(bad.includes(type) && condition['status'] === 'False')) continue;
          const message = `The cluster says ${type} is not so: ${reason}, ${asText(condition['message'])}.`;
          say({ code: 'IST0171', entry, path: ['status'], message });
        }
      }
    }
  },
};

/** The oldest versions of the Gateway API's CRDs that Istio takes. Source: gatewayapi.MinimumCRDVersions. */
const OLDEST: Readonly<Record<string, readonly [number, number]>> = {
  'backendtlspolicies.gateway.networking.k8s.io': [1, 4],
  'grpcroutes.gateway.networking.k8s.io': [1, 1],
  'tcproutes.gateway.networking.k8s.io': [1, 6],
  'tlsroutes.gateway.networking.k8s.io': [1, 5],
};

/** CRDs of the Gateway API that are too old. Source: k8sgateway.CRDVersionAnalyzer. */
export const gatewayApiVersions: Analyzer = {
  name: 'k8sgateway.CRDVersionAnalyzer',
  reads: ['CustomResourceDefinition'],
  needs: [],
  analyze: (world, say) => {
    for (const entry of world.of('CustomResourceDefinition')) {
      const oldest = OLDEST[entry.name];
      const version = entry.resource.annotations['gateway.networking.k8s.io/bundle-version'] ?? '';
      const found = /^v?(\d+)(?:\.(\d+))?/.exec(version);
      if (oldest === undefined || found === null) continue;
      const [major, minor] = [Number(found[1]), Number(found[2] ?? 0)];
      if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) continue;
      const message = `The CRD is of version ${version}; Istio needs ${oldest.join('.')} at least.`;
      say({ code: 'IST0176', entry, path: ['metadata', 'annotations'], message });
    }
  },
};
