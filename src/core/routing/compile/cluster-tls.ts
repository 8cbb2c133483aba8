import type { JsonObject } from '../../yaml/types.ts';
import type { Port, Service } from './model.ts';
import { mutualTlsOf } from './peer-authentication.ts';
import type { Push } from './push.ts';
import { enumAt, objectAt, stringAt } from './read.ts';
import { endpointsOf } from './registry.ts';

/** The parts of a push that clusters are made of. */
export type ClusterInputs = Pick<Push, 'registry' | 'mutualTls'>;

/** How a cluster speaks TLS: `auto` asks each endpoint, `tls` always does, `''` never. */
export interface ClusterTls {
  readonly tls: 'auto' | 'tls' | '';
  readonly sni: string;
}

const NONE: ClusterTls = { tls: '', sni: '' };
const MODES = ['DISABLE', 'SIMPLE', 'MUTUAL', 'ISTIO_MUTUAL'];

/** True where istiod would turn on mutual TLS by itself for the service (istiod: `BestEffortInferServiceMTLSMode`). */
function infersMutualTls(push: ClusterInputs, service: Service, port: Port, policy: JsonObject | undefined): boolean {
  if (service.external) return false;
  const passthrough =
    service.resolution === 'passthrough' || stringAt(objectAt(policy, 'loadBalancer'), 'simple') === 'PASSTHROUGH';
  if (passthrough) {
    const endpoints = endpointsOf(push.registry.endpoints, service, port);
    if (endpoints.length === 0 || endpoints.some((e) => !e.mutualTls)) return false;
  }
  return mutualTlsOf(push.mutualTls, service.namespace) !== 'DISABLE';
}

/** What a cluster's TLS depends on. */
export interface TlsQuestion {
  readonly push: ClusterInputs;
  readonly service: Service;
  readonly port: Port;
  readonly subset: string;
  /** The policy's `tls` block for this cluster. */
  readonly tls: JsonObject | undefined;
  /** The traffic policy as written that tells whether connections are passed through. */
  readonly written: JsonObject | undefined;
  readonly originalDst: boolean;
  readonly gateway: boolean;
  /** The DestinationRule has a workload selector. */
  readonly selected: boolean;
}

/** A cluster's TLS (istiod: `buildUpstreamTLSSettings`, `applyUpstreamTLSSettings`). */
export function clusterTls(question: TlsQuestion): ClusterTls {
  const { tls, service, port, subset } = question;
  const ownName = service.resolution === 'dynamicDns' ? '' : `outbound_.${port.number}_.${subset}_.${service.hostname}`;
  if (tls === undefined) {
    if (!infersMutualTls(question.push, service, port, question.written)) return NONE;
    return question.originalDst ? { tls: 'tls', sni: ownName } : { tls: 'auto', sni: '' };
  }
  const mode = enumAt(tls, 'mode', MODES);
  const sni = stringAt(tls, 'sni');
  const credential = stringAt(tls, 'credentialName');
  if (mode === 'ISTIO_MUTUAL') return { tls: 'tls', sni: sni || ownName };
  if (mode !== 'SIMPLE' && mode !== 'MUTUAL') return NONE;
  if (credential !== '' && !credential.startsWith('configmap://') && !question.gateway && !question.selected)
    return NONE;
  if (
    mode === 'MUTUAL' &&
    credential === '' &&
    (stringAt(tls, 'clientCertificate') === '' || stringAt(tls, 'privateKey') === '')
  )
    return NONE;
  return { tls: 'tls', sni };
}
