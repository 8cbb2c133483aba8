import type { AnyResource } from '../istio/index.ts';
import type { Mesh } from '../mesh/types.ts';
import type { Proxy, Request } from '../routing/types.ts';
import type { Json, JsonObject } from '../yaml/types.ts';
import { defaultScenario } from './default-scenario.ts';
import type { Scenario, ScenarioCaller } from './types.ts';

const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443, tls: 443, tcp: 80 };

const object = (value: Json | undefined): JsonObject =>
  // Arrays are out, so what is left of the JSON types is an object.
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
const text = (value: Json | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
const amount = (value: Json | undefined): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
// A cast because Array.isArray does not narrow readonly arrays.
const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);

/** Texts by key; numbers and booleans as YAML has them are written out, since headers and labels are texts anyway. */
function texts(value: Json | undefined): Readonly<Record<string, string>> | undefined {
  const entries = Object.entries(object(value)).flatMap(([key, one]) =>
    typeof one === 'object' ? [] : [[key, String(one)] as const],
  );
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** `a=1,b=2` as labels. */
export function parseLabels(written: string): Readonly<Record<string, string>> {
  const labels: Record<string, string> = {};
  for (const part of written.split(',')) {
    const [key = '', ...value] = part.split('=');
    if (key.trim() !== '') labels[key.trim()] = value.join('=').trim();
  }
  return labels;
}

/**
 * The request that a URL says: `http://reviews:9080/reviews/0?x=1`, `https://a.com`, `tls://a.com:443` (TLS that the caller brings
 * itself), `tcp://db:5432`. Without a scheme it is http; without a port the scheme's own. `undefined` where there is no host.
 */
export function requestOfUrl(url: string): Request | undefined {
  const parts = /^(?:([a-z]+):\/\/)?(\[[^\]]*\]|[^/:?#]+)(?::(\d+))?([/?][^#]*)?/i.exec(url.trim());
  if (!parts) return undefined;
  const [, scheme = 'http', host = '', port, path = '/'] = parts;
  const protocol = (['http', 'https', 'tls', 'tcp'] as const).find((one) => one === scheme.toLowerCase()) ?? 'http';
  const dialled = port === undefined ? (DEFAULT_PORTS[protocol] ?? 80) : Number(port);
  const plain = { protocol, port: dialled, host };
  if (protocol === 'tcp') return plain;
  if (protocol === 'tls') return { ...plain, sni: host };
  const http = { ...plain, method: 'GET', path: path.startsWith('?') ? `/${path}` : path };
  return protocol === 'https' ? { ...http, sni: host } : http;
}

function readRequest(entry: JsonObject): Request | undefined {
  const long = object(entry['request']);
  const written = { ...entry, ...long };
  const url = text(written['url']);
  const base = url === undefined ? undefined : requestOfUrl(url);
  const port = amount(written['port']) ?? base?.port;
  if (port === undefined) return undefined;
  const protocol = (['http', 'https', 'tls', 'tcp'] as const).find((one) => one === written['protocol']);
  const headers = texts(written['headers']);
  const status = amount(written['upstreamStatus']);
  const delay = amount(written['upstreamDelayMs']);
  const more: { address?: string; sni?: string; method?: string; host?: string; path?: string } = {};
  for (const key of ['address', 'sni', 'method', 'host', 'path'] as const) {
    const value = text(written[key]);
    if (value !== undefined) more[key] = value;
  }
  return {
    ...(base ?? { protocol: 'http', method: 'GET', path: '/' }),
    ...more,
    port,
    ...(protocol && { protocol }),
    ...(headers && { headers }),
    ...(status !== undefined && { upstreamStatus: status }),
    ...(delay !== undefined && { upstreamDelayMs: delay }),
  };
}

function readProxy(caller: JsonObject): Proxy {
  const long = object(caller['proxy']);
  const gateway = caller['gateway'];
  const asGateway = gateway !== undefined || long['type'] === 'gateway';
  const selector = typeof gateway === 'string' ? parseLabels(gateway) : texts(gateway);
  const labels = selector ?? texts(caller['labels']) ?? texts(long['labels']);
  const namespace = text(caller['namespace']) ?? text(long['namespace']) ?? (asGateway ? 'istio-system' : 'default');
  const ip = text(caller['ip']) ?? text(long['ip']);
  return { type: asGateway ? 'gateway' : 'sidecar', namespace, ...(labels && { labels }), ...(ip && { ip }) };
}

function readCaller(entry: Json, index: number): ScenarioCaller[] {
  const caller = object(entry);
  const requests = list(caller['requests']).flatMap((one) => {
    const request = readRequest(object(one));
    return request ? [{ request, share: amount(object(one)['share']) ?? 1 }] : [];
  });
  if (!requests.some(({ share }) => share > 0)) return [];
  const name = text(caller['name']) ?? `caller ${index + 1}`;
  return [{ name, proxy: readProxy(caller), rate: amount(caller['rate']) ?? 10, requests }];
}

/** What Scenario documents say, before what they leave open is made up. */
export interface WrittenScenario {
  readonly seed?: number | undefined;
  readonly registry?: Scenario['registry'] | undefined;
  readonly outboundTrafficPolicy?: Scenario['outboundTrafficPolicy'] | undefined;
  readonly callers: readonly ScenarioCaller[];
}

/**
 * What the Scenario documents of a mesh say: the first one's settings, and the callers of all. `undefined` where there is none. Callers
 * without a request that can be sent are left out; a value of the wrong kind counts as absent.
 */
export function readScenario(resources: readonly AnyResource[]): WrittenScenario | undefined {
  const documents = resources.filter(({ kind, group }) => kind === 'Scenario' && group === 'meshwright');
  if (documents.length === 0) return undefined;
  const specs = documents.map(({ value }) => object(value['spec']));
  const callers = specs.flatMap((spec) => list(spec['callers'])).flatMap(readCaller);
  const [first = {}] = specs;
  const registry = (['assumed', 'declared'] as const).find((one) => one === first['registry']);
  const policy = (['ALLOW_ANY', 'REGISTRY_ONLY'] as const).find((one) => one === first['outboundTrafficPolicy']);
  return { seed: amount(first['seed']), registry, outboundTrafficPolicy: policy, callers };
}

/** The traffic of a mesh: as its Scenario documents say, and made up where they say nothing. */
export function scenarioOf(mesh: Mesh): Scenario {
  const written = readScenario(mesh.resources);
  return {
    seed: written?.seed ?? 1,
    registry: written?.registry ?? mesh.registry,
    outboundTrafficPolicy: written?.outboundTrafficPolicy ?? 'ALLOW_ANY',
    callers: written && written.callers.length > 0 ? written.callers : defaultScenario(mesh).callers,
  };
}
