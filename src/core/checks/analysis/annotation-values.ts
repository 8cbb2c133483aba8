import { isPrefix } from '../webhook/ip.ts';

/* What values of Istio's annotations are read as. Source: inject.AnnotationValidation. */

type Judge = (value: string) => boolean;

const each =
  (one: Judge): Judge =>
  (value) =>
    value.trim() === '' || value.split(',').every((part) => one(part));
const or =
  (word: string, judge: Judge): Judge =>
  (value) =>
    value === word || judge(value);

const isUnsigned =
  (most: number): Judge =>
  (value) =>
    /^\d+$/.test(value) && Number(value) <= most;
const isPort: Judge = (value) => isUnsigned(65_535)(value.trim());
const isInterface: Judge = (value) => /^[a-zA-Z][a-zA-Z0-9_.-]{0,14}$/.test(value.trim());
const isBool: Judge = (value) => /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(value);
const isQuantity: Judge = (value) => /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/.test(value);
const isSubnets: Judge = (value) => value === '' || value.split(',').every(isPrefix);

const PORTS = 'port numbers with commas';
const INTERFACES = 'names of interfaces with commas';
const SUBNETS = 'subnets such as 10.0.0.0/8 with commas';
const SECONDS = 'a whole number from 0 on';
const QUANTITY = 'a quantity such as 100m or 128Mi';

/** By annotation: whether a value is one, and what it takes. */
const VALUES: Readonly<Record<string, readonly [judge: Judge, takes: string]>> = {
  'sidecar.istio.io/interceptionMode': [
    (value) => ['REDIRECT', 'TPROXY', 'NONE'].includes(value),
    'REDIRECT, TPROXY or NONE',
  ],
  'status.sidecar.istio.io/port': [isPort, 'a port number'],
  'readiness.status.sidecar.istio.io/initialDelaySeconds': [isUnsigned(4_294_967_295), SECONDS],
  'readiness.status.sidecar.istio.io/periodSeconds': [isUnsigned(4_294_967_295), SECONDS],
  'readiness.status.sidecar.istio.io/failureThreshold': [isUnsigned(4_294_967_295), SECONDS],
  'traffic.sidecar.istio.io/includeOutboundIPRanges': [or('*', isSubnets), `${SUBNETS}, or *`],
  'traffic.sidecar.istio.io/excludeOutboundIPRanges': [isSubnets, SUBNETS],
  'traffic.sidecar.istio.io/includeInboundPorts': [or('*', each(isPort)), `${PORTS}, or *`],
  'traffic.sidecar.istio.io/excludeInboundPorts': [each(isPort), PORTS],
  'traffic.sidecar.istio.io/excludeOutboundPorts': [each(isPort), PORTS],
  'traffic.sidecar.istio.io/excludeInterfaces': [or('', each(isInterface)), INTERFACES],
  'traffic.sidecar.istio.io/kubevirtInterfaces': [or('', each(isInterface)), INTERFACES],
  'istio.io/reroute-virtual-interfaces': [or('', each(isInterface)), INTERFACES],
  'prometheus.istio.io/merge-metrics': [isBool, 'true or false'],
  'sidecar.istio.io/proxyCPU': [isQuantity, QUANTITY],
  'sidecar.istio.io/proxyMemory': [isQuantity, QUANTITY],
  'sidecar.istio.io/proxyCPULimit': [isQuantity, QUANTITY],
  'sidecar.istio.io/proxyMemoryLimit': [isQuantity, QUANTITY],
};

/** What an annotation takes, where its value is nothing of the kind. The proxy's configuration is not looked into. */
export function annotationTakes(name: string, value: string): string | undefined {
  const rule = Object.hasOwn(VALUES, name) ? VALUES[name] : undefined;
  return rule === undefined || rule[0](value) ? undefined : rule[1];
}
