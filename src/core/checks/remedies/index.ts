import { ANALYSIS_REMEDIES } from './analysis.ts';
import { CONNECTION_POOL_REMEDIES } from './connection-pool.ts';
import { DESTINATION_RULE_REMEDIES } from './destination-rule.ts';
import { GATEWAY_REMEDIES } from './gateway.ts';
import { HTTP_ACTIONS_REMEDIES } from './http-actions.ts';
import { HTTP_CONDITIONS_REMEDIES } from './http-conditions.ts';
import { HTTP_DESTINATIONS_REMEDIES } from './http-destinations.ts';
import { LOAD_BALANCER_REMEDIES } from './load-balancer.ts';
import { POLICIES_REMEDIES } from './policies.ts';
import { RESOLUTION_REMEDIES } from './resolution.ts';
import { SCHEMA_REMEDIES } from './schema.ts';
import { SERVER_TLS_REMEDIES } from './server-tls.ts';
import { SERVICE_ENTRY_REMEDIES } from './service-entry.ts';
import { SIDECAR_REMEDIES } from './sidecar.ts';
import { TLS_AND_TCP_REMEDIES } from './tls-and-tcp.ts';
import { VIRTUAL_SERVICE_REMEDIES } from './virtual-service.ts';
import { WORKLOADS_REMEDIES } from './workloads.ts';

/** By code: what to do, in a sentence that begins with what to write. */
export const REMEDIES: Readonly<Record<string, string>> = {
  ...VIRTUAL_SERVICE_REMEDIES,
  ...HTTP_CONDITIONS_REMEDIES,
  ...HTTP_ACTIONS_REMEDIES,
  ...HTTP_DESTINATIONS_REMEDIES,
  ...TLS_AND_TCP_REMEDIES,
  ...DESTINATION_RULE_REMEDIES,
  ...CONNECTION_POOL_REMEDIES,
  ...LOAD_BALANCER_REMEDIES,
  ...GATEWAY_REMEDIES,
  ...SERVER_TLS_REMEDIES,
  ...SERVICE_ENTRY_REMEDIES,
  ...RESOLUTION_REMEDIES,
  ...WORKLOADS_REMEDIES,
  ...SIDECAR_REMEDIES,
  ...POLICIES_REMEDIES,
  ...SCHEMA_REMEDIES,
  ...ANALYSIS_REMEDIES,
};

/** What to do about a code, where the problem itself does not say it better. */
export const remedyFor = (code: string): string | undefined =>
  Object.hasOwn(REMEDIES, code) ? REMEDIES[code] : undefined;
