import type { Eyes } from '../../state/index.ts';

/** What those who find problems are called. */
export const EYES_NAMES: Readonly<Record<Eyes, string>> = {
  apiServer: 'API server',
  webhook: 'Webhook',
  istioctl: 'istioctl',
  kiali: 'Kiali',
  meshwright: 'Meshwright',
};

/** What each of them is, in a line. */
export const EYES_HINTS: Readonly<Record<Eyes, string>> = {
  apiServer: 'What kubectl apply refuses: YAML, schemas, CEL rules',
  webhook: 'What istiod’s validation refuses or warns of',
  istioctl: 'What istioctl analyze reports',
  kiali: 'What Kiali’s checks add to that',
  meshwright: 'What only this editor sees',
};

/** `API server and istioctl`. */
export function speakers(by: readonly Eyes[]): string {
  return new Intl.ListFormat('en').format(by.map((eyes) => EYES_NAMES[eyes]));
}
