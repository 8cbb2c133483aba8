import type { Labels } from './model.ts';

/** Where something runs. Parts that are not known are `''`. */
export interface Locality {
  readonly region: string;
  readonly zone: string;
  readonly subzone: string;
}

const REGION = 'topology.kubernetes.io/region';
const ZONE = 'topology.kubernetes.io/zone';
const SUBZONE = 'topology.istio.io/subzone';

/** Labels by which istiod knows networks and nodes. */
export const NETWORK_LABEL = 'topology.istio.io/network';
export const NODE_LABEL = 'kubernetes.io/hostname';
export const REGION_LABEL = REGION;
export const ZONE_LABEL = ZONE;
export const SUBZONE_LABEL = SUBZONE;

/** istiod's own name of the cluster that it watches. */
const CLUSTER = 'Kubernetes';

/** The parts of `region/zone/subzone`. */
export function splitLocality(text: string): Locality {
  const [region = '', zone = '', subzone = ''] = text.split('/');
  return { region, zone, subzone };
}

/** `region/zone/subzone` without what is empty at its end (istiod: `LocalityToString`). */
export function localityText({ region, zone, subzone }: Locality): string {
  if (zone === '') return region;
  return subzone === '' ? `${region}/${zone}` : `${region}/${zone}/${subzone}`;
}

function localityLabel(labels: Labels): string {
  return labels['topology.istio.io/locality'] ?? labels['istio-locality'] ?? '';
}

/** The locality that a workload's labels give it; dots stand for slashes where there are none (istiod: `SanitizeLocalityLabel`). */
export function localityOfLabels(labels: Labels): string {
  const text = localityLabel(labels);
  return text.includes('/') ? text : text.replaceAll('.', '/');
}

/** The locality that a Node's labels give to what runs on it. */
export function localityOfNode(labels: Labels): string {
  const region = labels[REGION] ?? labels['failure-domain.beta.kubernetes.io/region'] ?? '';
  const zone = labels[ZONE] ?? labels['failure-domain.beta.kubernetes.io/zone'] ?? '';
  const subzone = labels[SUBZONE] ?? '';
  return region === '' && zone === '' && subzone === '' ? '' : `${region}/${zone}/${subzone}`;
}

/**
 * The locality that a caller's labels give it; `undefined` where they say nothing. Dots are no slashes here (istiod:
 * `localityFromProxyLabels`).
 */
export function localityOfCaller(labels: Labels): Locality | undefined {
  const region = labels[REGION];
  const zone = labels[ZONE];
  const subzone = labels[SUBZONE];
  if (region !== undefined || zone !== undefined || subzone !== undefined)
    return { region: region ?? '', zone: zone ?? '', subzone: subzone ?? '' };
  const text = localityLabel(labels);
  return text === '' ? undefined : splitLocality(text);
}

/** Labels with those that follow from where a workload runs (istiod: `AugmentLabels`). */
export function withTopology(labels: Labels, locality: Locality, node = ''): Labels {
  const out: Record<string, string> = { ...labels, 'topology.istio.io/cluster': CLUSTER };
  if (locality.region !== '') out[REGION] = locality.region;
  if (locality.zone !== '') out[ZONE] = locality.zone;
  if (locality.subzone !== '') out[SUBZONE] = locality.subzone;
  if (node !== '') out[NODE_LABEL] = node;
  return out;
}
