import {
  isDestinationRule,
  isGateway,
  isSidecar,
  isVirtualService,
  MESH_GATEWAY,
  resolveGateway,
  resolveHost,
} from '../istio/index.ts';
import type { AnyResource, Destination, Gateway, Resource, SourceRef, VirtualService } from '../istio/index.ts';
import type { YamlPath } from '../yaml/types.ts';
import type { ReferenceKind } from './types.ts';

/** Something that a resource names, resolved as far as it can be without looking at other resources. */
export interface Mention {
  readonly kind: ReferenceKind;
  readonly source: SourceRef;
  /** A full host, `namespace/name` of a gateway or delegate, a secret's name; for `workload` the selector as text. */
  readonly name: string;
  /** As written. */
  readonly written: string;
  readonly subset?: string;
  readonly port?: number;
  /** What kind of rule names it. */
  readonly protocol?: 'HTTP' | 'TLS' | 'TCP';
  /** The host is named as a place to send to (or by a DestinationRule), so it is assumed when nothing declares it. */
  readonly assumes?: boolean;
}

type Add = (mention: Omit<Mention, 'source'>, path: YamlPath) => void;

function addDestination(
  add: Add,
  resource: AnyResource,
  destination: Destination | undefined,
  at: { readonly path: YamlPath; readonly kind: 'destination' | 'mirror'; readonly protocol: 'HTTP' | 'TLS' | 'TCP' },
): void {
  const { host, subset, port } = destination ?? {};
  if (host === undefined || host === '') return;
  const common = { name: resolveHost(host, resource.namespace), written: host, protocol: at.protocol };
  add({ kind: at.kind, ...common, assumes: true }, [...at.path, 'host']);
  if (subset !== undefined && subset !== '') add({ kind: 'subset', ...common, subset }, [...at.path, 'subset']);
  const number = port?.number;
  if (number !== undefined && number !== 0)
    add({ kind: 'port', ...common, port: number }, [...at.path, 'port', 'number']);
}

function addGateways(add: Add, namespace: string, gateways: readonly string[] | undefined, path: YamlPath): void {
  gateways?.forEach((written, index) => {
    if (written === '' || written === MESH_GATEWAY) return;
    add({ kind: 'gateway', name: resolveGateway(written, namespace), written }, [...path, index]);
  });
}

function ofHttp(add: Add, resource: VirtualService): void {
  resource.spec.http?.forEach((rule, index) => {
    const path = ['spec', 'http', index];
    rule.match?.forEach((match, at) => {
      addGateways(add, resource.namespace, match.gateways, [...path, 'match', at, 'gateways']);
    });
    rule.route?.forEach((item, at) => {
      addDestination(add, resource, item.destination, {
        path: [...path, 'route', at, 'destination'],
        kind: 'destination',
        protocol: 'HTTP',
      });
    });
    addDestination(add, resource, rule.mirror, { path: [...path, 'mirror'], kind: 'mirror', protocol: 'HTTP' });
    rule.mirrors?.forEach((mirror, at) => {
      addDestination(add, resource, mirror.destination, {
        path: [...path, 'mirrors', at, 'destination'],
        kind: 'mirror',
        protocol: 'HTTP',
      });
    });
    const delegate = rule.delegate?.name;
    if (delegate === undefined || delegate === '') return;
    const namespace = rule.delegate?.namespace ?? '';
    const name = `${namespace === '' ? resource.namespace : namespace}/${delegate}`;
    add({ kind: 'delegate', name, written: delegate }, [...path, 'delegate', 'name']);
  });
}

function ofLayer4(add: Add, resource: VirtualService, list: 'tls' | 'tcp'): void {
  resource.spec[list]?.forEach((rule, index) => {
    const path = ['spec', list, index];
    rule.match?.forEach((match, at) => {
      addGateways(add, resource.namespace, match.gateways, [...path, 'match', at, 'gateways']);
    });
    rule.route?.forEach((item, at) => {
      addDestination(add, resource, item.destination, {
        path: [...path, 'route', at, 'destination'],
        kind: 'destination',
        protocol: list === 'tls' ? 'TLS' : 'TCP',
      });
    });
  });
}

function ofVirtualService(add: Add, resource: VirtualService): void {
  const { hosts, gateways, http, tls, tcp } = resource.spec;
  addGateways(add, resource.namespace, gateways, ['spec', 'gateways']);
  if (gateways === undefined || gateways.length === 0 || gateways.includes(MESH_GATEWAY)) {
    hosts?.forEach((written, index) => {
      if (written === '' || written === '*') return;
      add({ kind: 'host', name: resolveHost(written, resource.namespace), written }, ['spec', 'hosts', index]);
    });
  }
  if (http !== undefined) ofHttp(add, resource);
  if (tls !== undefined) ofLayer4(add, resource, 'tls');
  if (tcp !== undefined) ofLayer4(add, resource, 'tcp');
}

/** A selector as people write it: `app=reviews,version=v1`. */
export const selectorText = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');

function ofGateway(add: Add, resource: Gateway): void {
  const { selector, servers } = resource.spec;
  if (selector !== undefined && Object.keys(selector).length > 0) {
    const text = selectorText(selector);
    add({ kind: 'workload', name: text, written: text }, ['spec', 'selector']);
  }
  servers?.forEach((server, index) => {
    const path = ['spec', 'servers', index, 'tls'];
    const { credentialName, credentialNames } = server.tls ?? {};
    if (credentialName !== undefined && credentialName !== '') {
      add({ kind: 'credential', name: credentialName, written: credentialName }, [...path, 'credentialName']);
    }
    credentialNames?.forEach((name, at) => {
      if (name !== '') add({ kind: 'credential', name, written: name }, [...path, 'credentialNames', at]);
    });
  });
}

const known = new WeakMap<AnyResource, readonly Mention[]>();

/** All that a resource names, in the order of its text. Read once for each resource. */
export function mentionsOf(resource: Resource): readonly Mention[] {
  let mentions = known.get(resource);
  if (mentions !== undefined) return mentions;
  const found: Mention[] = [];
  const { file, slot, path: base } = resource.source;
  const add: Add = (mention, path) => {
    found.push({ ...mention, source: { file, slot, path: [...base, ...path] } });
  };
  const any: AnyResource = resource;
  if (isVirtualService(any)) ofVirtualService(add, any);
  else if (isGateway(any)) ofGateway(add, any);
  else if (isDestinationRule(any)) {
    const { host } = any.spec;
    if (host !== undefined && host !== '') {
      add({ kind: 'host', name: resolveHost(host, any.namespace), written: host, assumes: true }, ['spec', 'host']);
    }
  } else if (isSidecar(any)) {
    addDestination(add, any, any.spec.outboundTrafficPolicy?.egressProxy, {
      path: ['spec', 'outboundTrafficPolicy', 'egressProxy'],
      kind: 'destination',
      protocol: 'TCP',
    });
  }
  mentions = found;
  known.set(resource, mentions);
  return mentions;
}
