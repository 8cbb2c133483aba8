/** Kiali's checks that istioctl lacks, with a title for the page of help. Source: Kiali's models/istio_validation.go. */
export const KIALI_CODES = {
  KIA0005: 'An exportTo namespace that is not there',
  KIA0201: 'DestinationRules for the same host and subset',
  KIA0209: 'A subset without labels',
  KIA0301: 'Gateways with the same host on the same port',
  KIA1102: 'A VirtualService for a gateway that is not there',
  KIA1104: 'A weight on a single destination',
  KIA1105: 'The same destination twice in one route',
  KIA1106: 'VirtualServices with the same host on the same gateway',
  KIA1211: 'ServiceEntries with the same host and port',
} as const;

export type KialiCode = keyof typeof KIALI_CODES;
