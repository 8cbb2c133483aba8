import { isHttpProtocol } from '../../istio/protocol.ts';
import type { Protocol } from './model.ts';

const TCP: ReadonlySet<Protocol> = new Set(['TCP', 'HTTPS', 'TLS', 'MONGO', 'REDIS', 'MYSQL']);

export function isHttp(protocol: Protocol): boolean {
  return isHttpProtocol(protocol);
}

/** HTTP, or told to be HTTP by looking at the traffic. */
export function isHttpOrAuto(protocol: Protocol): boolean {
  return protocol === 'auto' || isHttpProtocol(protocol);
}

/** Protocols that are routed as connections. */
export function isTcp(protocol: Protocol): boolean {
  return TCP.has(protocol);
}

export function isTls(protocol: Protocol): boolean {
  return protocol === 'HTTPS' || protocol === 'TLS';
}
