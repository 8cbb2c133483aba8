import { ok, refuse } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { Proxy, Request } from './types.ts';

/** A request as people write it down. `from` is who sends it: see `proxyOfText`. A header `Host` stands for the authority. */
export interface RequestForm {
  readonly method: string;
  readonly url: string;
  readonly from: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

const DEFAULT_PORTS = { http: 80, https: 443, tls: 443, tcp: 80 } as const;
type Scheme = keyof typeof DEFAULT_PORTS;
const isScheme = (text: string): text is Scheme => text in DEFAULT_PORTS;

function labelsOf(text: string): Readonly<Record<string, string>> {
  const labels: Record<string, string> = {};
  for (const part of text.split(',')) {
    const [key = '', ...value] = part.split('=');
    if (key.trim() !== '') labels[key.trim()] = value.join('=').trim();
  }
  return labels;
}

/**
 * Who sends, from text: `gateway:istio=ingressgateway` is somebody outside who comes through the gateway's pods with these labels (in
 * istio-system; `gateway:NAMESPACE/KEY=VALUE` elsewhere), `default/app=sleep,version=v1` a workload, `default` any workload of a namespace.
 */
export function proxyOfText(from: string): Proxy {
  const gateway = from.startsWith('gateway:');
  const rest = (gateway ? from.slice('gateway:'.length) : from).trim();
  const slash = rest.indexOf('/');
  const standard = gateway ? 'istio-system' : 'default';
  // `app.kubernetes.io/name=x` is a label: a namespace has no dot before the slash.
  const hasNamespace = slash > 0 && /^[a-z0-9-]+$/.test(rest.slice(0, slash));
  const isLabels = rest.includes('=') || gateway;
  const namespace = hasNamespace ? rest.slice(0, slash) : isLabels || rest === '' ? standard : rest;
  const labels = hasNamespace ? rest.slice(slash + 1) : isLabels ? rest : '';
  return { type: gateway ? 'gateway' : 'sidecar', namespace, labels: labelsOf(labels) };
}

/** The text that `proxyOfText` reads back. */
export function textOfProxy({ type, namespace, labels = {} }: Proxy): string {
  const written = Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
  if (type === 'gateway') return `gateway:${namespace === 'istio-system' ? '' : `${namespace}/`}${written}`;
  return written === '' ? namespace : `${namespace}/${written}`;
}

/** The form's request as the engine takes it. Refuses a URL without a host, a scheme that no mesh routes, and a port that is none. */
export function requestOfForm(form: RequestForm): Result<Request> {
  const parts = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\[[^\]]*\]|[^/:?#\s]+)(?::(\d+))?([/?][^#]*)?(?:#.*)?$/i.exec(
    form.url.trim(),
  );
  const remedy = 'Write http://HOST[:PORT]/PATH.';
  if (!parts) return refuse('NO_URL', form.url.trim() === '' ? 'There is no URL yet.' : 'This is no URL.', { remedy });
  const [, written = 'http', name = '', portText, rest = '/'] = parts;
  const scheme = written.toLowerCase();
  if (!isScheme(scheme)) {
    return refuse('NO_SCHEME', `${scheme}:// is nothing that the mesh routes.`, {
      remedy: 'Write http://, https://, tls:// or tcp://.',
    });
  }
  const port = portText === undefined ? DEFAULT_PORTS[scheme] : Number(portText);
  if (port < 1 || port > 65_535) return refuse('NO_PORT', `${String(port)} is no port.`, { remedy: '1 to 65535.' });
  // Who dials an address asks no name server.
  const dialled = /^\d+(\.\d+){3}$/.test(name) ? { address: name } : {};
  if (scheme === 'tcp') return ok({ protocol: scheme, port, host: name, ...dialled });
  if (scheme === 'tls') return ok({ protocol: scheme, port, host: name, sni: name });
  const headers: Record<string, string> = {};
  let host = port === DEFAULT_PORTS[scheme] ? name : `${name}:${String(port)}`;
  for (const [key, value] of form.headers) {
    if (key.trim() === '') continue;
    if (key.trim().toLowerCase() === 'host') host = value.trim();
    else headers[key.trim()] = value;
  }
  const method = form.method.trim() === '' ? 'GET' : form.method.trim();
  const path = rest.startsWith('?') ? `/${rest}` : rest;
  const sni = scheme === 'https' ? { sni: name } : {};
  return ok({ protocol: scheme, port, host, method, path, headers, ...sni });
}

/** The form that says an engine's request, as short as it can be written: the port only where it is not the scheme's own. */
export function formOfRequest(request: Request, proxy: Proxy): RequestForm {
  const scheme = request.protocol ?? 'http';
  const host = request.host ?? request.address ?? '';
  const own = host.replace(/:\d+$/, '');
  const port = request.port === DEFAULT_PORTS[scheme] ? '' : `:${String(request.port)}`;
  const headers = Object.entries(request.headers ?? {});
  const name = request.sni ?? own;
  return {
    method: request.method ?? 'GET',
    url: `${scheme}://${name}${port}${scheme === 'tcp' || scheme === 'tls' ? '' : (request.path ?? '/')}`,
    from: textOfProxy(proxy),
    headers: name === own ? headers : [['Host', host], ...headers],
  };
}
