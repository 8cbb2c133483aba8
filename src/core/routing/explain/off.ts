import type { Labels } from '../compile/model.ts';
import { labelsFit } from '../compile/read.ts';
import type { Proxy } from '../types.ts';
import type { Failure } from './conditions.ts';

/** Why an entry for one port does not exist at another; `undefined` where it does. 0 stands for every port. */
export function wrongPort(wanted: number, port: number): Failure | undefined {
  if (wanted === 0 || wanted === port) return undefined;
  return { text: `it is for port ${wanted}, the caller asks for ${port}`, path: ['port'] };
}

/** Why an entry for some gateways does not exist at `gateway` (`mesh` or `namespace/name`). */
export function wrongGateway(wanted: readonly string[], gateway: string): Failure | undefined {
  if (wanted.length === 0 || wanted.includes(gateway)) return undefined;
  const here = gateway === 'mesh' ? 'calls inside the mesh' : `Gateway ${gateway}`;
  return { text: `it is for ${wanted.join(', ')}, not for ${here}`, path: ['gateways'] };
}

/** Why an entry for some callers does not exist for this one: its labels, then its namespace. */
export function wrongCaller(labels: Labels, namespace: string, proxy: Proxy): Failure | undefined {
  const own: Labels = proxy.labels ?? {};
  if (!labelsFit(labels, own)) {
    const key = Object.keys(labels).find((name) => own[name] !== labels[name]) ?? '';
    const who = proxy.type === 'gateway' ? "the gateway's pod" : 'the caller';
    const has = own[key] === undefined ? 'no such label' : `${key}=${own[key]}`;
    return { text: `it is for callers with ${key}=${labels[key] ?? ''}, ${who} has ${has}`, path: ['sourceLabels'] };
  }
  if (namespace === '' || namespace === proxy.namespace) return undefined;
  return {
    text: `it is for callers of namespace ${namespace}, this one is of ${proxy.namespace}`,
    path: ['sourceNamespace'],
  };
}
