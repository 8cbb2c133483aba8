import { annotationTakes } from './annotation-values.ts';
import type { Analyzer, Entry, Say } from './types.ts';

const names = (prefix: string, list: string): readonly string[] => list.split(' ').map((name) => `${prefix}/${name}`);

/** Istio's annotations by the kinds that they are for. Source: istio.io/api/annotation of the pinned Istio. */
const HOMES: readonly (readonly [kinds: string, names: readonly string[]])[] = [
  ['Service', names('alpha.istio.io', 'canonical-serviceaccounts kubernetes-serviceaccounts')],
  ['Pod', names('ambient.istio.io', 'bypass-inbound-capture dns-capture redirection')],
  ['GatewayClass, Gateway', names('ambient.istio.io', 'waypoint-inbound-binding')],
  ['', names('galley.istio.io', 'analyze-suppress')],
  ['Gateway', names('gateway.istio.io', 'name-override service-account')],
  ['Pod', names('inject.istio.io', 'templates')],
  ['WorkloadEntry', names('istio.io', 'autoRegistrationGroup connectedAt disconnectedAt workloadController')],
  ['AuthorizationPolicy', names('istio.io', 'dry-run')],
  ['Pod', names('istio.io', 'reroute-virtual-interfaces')],
  ['Service, ServiceEntry, Namespace', names('istio.io', 'use-waypoint-canary-weight')],
  ['Ingress', names('kubernetes.io', 'ingress.class')],
  ['Service', names('networking.istio.io', 'exportTo')],
  ['Gateway', names('networking.istio.io', 'service-type')],
  ['Namespace, Service, ServiceEntry', names('networking.istio.io', 'traffic-distribution')],
  ['Pod', names('prometheus.istio.io', 'merge-metrics')],
  ['Pod', names('proxy.istio.io', 'config overrides')],
  [
    'Pod',
    names('readiness.status.sidecar.istio.io', 'applicationPorts failureThreshold initialDelaySeconds periodSeconds'),
  ],
  [
    'Pod',
    names(
      'sidecar.istio.io',
      'agentLogLevel bootstrapOverride componentLogLevel discoveryAddress extraStatTags inject interceptionMode logLevel nativeSidecar proxyCPU proxyCPULimit proxyImage proxyImageType proxyMemory proxyMemoryLimit rewriteAppHTTPProbers statsCompression statsEvictionInterval statsFlushInterval statsHistogramBins statsHistogramBuckets statsInclusionPrefixes statsInclusionRegexps statsInclusionSuffixes userVolume userVolumeMount',
    ),
  ],
  ['Pod', names('status.sidecar.istio.io', 'port')],
  ['Namespace', names('topology.istio.io', 'controlPlaneClusters')],
  ['Service', names('traffic.istio.io', 'nodeSelector')],
  [
    'Pod',
    names(
      'traffic.sidecar.istio.io',
      'excludeInboundPorts excludeInterfaces excludeOutboundIPRanges excludeOutboundPorts includeInboundPorts includeOutboundIPRanges includeOutboundPorts kubevirtInterfaces',
    ),
  ],
];
const KINDS_OF = new Map(HOMES.flatMap(([kinds, list]) => list.map((name) => [name, kinds] as const)));

const DEPRECATED = new Set([
  ...names('alpha.istio.io', 'canonical-serviceaccounts kubernetes-serviceaccounts'),
  ...names(
    'sidecar.istio.io',
    'discoveryAddress extraStatTags inject statsCompression statsInclusionPrefixes statsInclusionRegexps statsInclusionSuffixes',
  ),
  'traffic.sidecar.istio.io/kubevirtInterfaces',
]);
/** Those that Istio writes itself. Source: maturity.AlwaysIgnoredAnnotations. */
const IGNORED = new Set(['sidecar.istio.io/status', 'gateway.istio.io/controller-version', 'istio.io/rev']);
const INJECT = 'sidecar.istio.io/inject';
const READ = ['Namespace', 'Service', 'Pod', 'Deployment'];

const isIstios = (name: string): boolean =>
  name === 'kubernetes.io/ingress.class' || (name.split('/', 1)[0] ?? '').endsWith('istio.io');

function check(entry: Entry, kind: string, name: string, value: string, say: Say): void {
  const path = ['metadata', 'annotations', name];
  const at = { entry, path, linePath: path };
  const kinds = KINDS_OF.get(name);
  if (kinds === undefined) return say({ ...at, code: 'IST0108', message: `Istio has no annotation ${name}.` });
  if (DEPRECATED.has(name) && !(name === INJECT && entry.resource.labels[INJECT] !== undefined)) {
    const remedy = name === INJECT ? `Write the label ${INJECT}.` : 'Remove it, or set it in the mesh’s configuration.';
    say({ ...at, code: 'IST0135', message: `The annotation ${name} is deprecated.`, remedy });
  }
  if (kinds === '') return;
  if (!kinds.split(', ').includes(kind)) {
    const message = `The annotation ${name} does nothing on a ${kind}: it is for ${kinds}.`;
    const template = kind === 'Deployment' && kinds === 'Pod' ? { remedy: 'Put it on spec.template.' } : {};
    return say({ ...at, code: 'IST0107', message, ...template });
  }
  const takes = annotationTakes(name, value);
  if (takes === undefined) return;
  say({ ...at, code: 'IST0125', message: `The annotation ${name} takes ${takes}, and is "${value}".` });
}

/** Annotations that are unknown, deprecated, on the wrong kind, or of a wrong value. Source: annotations.K8sAnalyzer. */
export const annotations: Analyzer = {
  name: 'annotations.K8sAnalyzer',
  reads: READ,
  needs: [],
  analyze: (world, say) => {
    for (const kind of READ) {
      for (const entry of world.of(kind)) {
        for (const [name, value] of Object.entries(entry.resource.annotations))
          if (isIstios(name) && !IGNORED.has(name)) check(entry, kind, name, value, say);
      }
    }
  },
};
