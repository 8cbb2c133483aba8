import { CONNECTION_POOL_RULES } from './connection-pool.ts';
import { DESTINATION_RULE_RULES } from './destination-rule.ts';
import { GATEWAY_RULES } from './gateway.ts';
import { HTTP_ACTIONS_RULES } from './http-actions.ts';
import { HTTP_CONDITIONS_RULES } from './http-conditions.ts';
import { HTTP_DESTINATIONS_RULES } from './http-destinations.ts';
import { LOAD_BALANCER_RULES } from './load-balancer.ts';
import { POLICIES_RULES } from './policies.ts';
import { RESOLUTION_RULES } from './resolution.ts';
import type { RuleHelp } from './rules.ts';
import { SERVER_TLS_RULES } from './server-tls.ts';
import { SERVICE_ENTRY_RULES } from './service-entry.ts';
import { SIDECAR_RULES } from './sidecar.ts';
import { TLS_AND_TCP_RULES } from './tls-and-tcp.ts';
import { VIRTUAL_SERVICE_RULES } from './virtual-service.ts';
import { WORKLOADS_RULES } from './workloads.ts';

export type { RuleHelp } from './rules.ts';

/** All rules of the webhook that are judged. */
export const RULES: readonly RuleHelp[] = [
  ...VIRTUAL_SERVICE_RULES,
  ...HTTP_CONDITIONS_RULES,
  ...HTTP_ACTIONS_RULES,
  ...HTTP_DESTINATIONS_RULES,
  ...TLS_AND_TCP_RULES,
  ...DESTINATION_RULE_RULES,
  ...CONNECTION_POOL_RULES,
  ...LOAD_BALANCER_RULES,
  ...GATEWAY_RULES,
  ...SERVER_TLS_RULES,
  ...SERVICE_ENTRY_RULES,
  ...RESOLUTION_RULES,
  ...WORKLOADS_RULES,
  ...SIDECAR_RULES,
  ...POLICIES_RULES,
];

const API: Readonly<Record<string, string>> = {
  AuthorizationPolicy: 'security.istio.io/v1',
  EnvoyFilter: 'networking.istio.io/v1alpha3',
};

/** The document of a spec in flow style, on four lines. */
export function ruleDocument(kind: string, spec: string, metadata = ''): string {
  const named = metadata.startsWith('name:') ? metadata : `name: shop${metadata === '' ? '' : `, ${metadata}`}`;
  return [
    `apiVersion: ${API[kind] ?? 'networking.istio.io/v1'}`,
    `kind: ${kind}`,
    `metadata: {namespace: default, ${named}}`,
    `spec: {${spec}}`,
    '',
  ].join('\n');
}
