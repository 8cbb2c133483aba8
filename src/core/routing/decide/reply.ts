import type { Outcome } from '../types.ts';
import type { HeaderMap } from './headers.ts';
import type { HttpRequest } from './http-request.ts';

/** An outcome without its share. */
export type Result = Omit<Outcome, 'probability'>;

/** Headers that an outcome does not show: Envoy's own. */
const OWN: ReadonlySet<string> = new Set([
  'date',
  'server',
  'content-length',
  'content-type',
  'x-envoy-upstream-service-time',
  'connection',
  'location',
  'x-upstream',
  'x-envoy-decorator-operation',
]);

/** The headers as an outcome shows them; `undefined` where none are left. */
export function shownHeaders(headers: HeaderMap): Readonly<Record<string, string>> | undefined {
  const names = Object.keys(headers).filter((name) => !OWN.has(name));
  if (names.length === 0) return undefined;
  return names.length === Object.keys(headers).length
    ? headers
    : Object.fromEntries(names.map((name) => [name, headers[name] ?? '']));
}

/** What Envoy answers itself. */
export interface LocalReply {
  readonly status: number;
  readonly flags?: string;
  readonly details: string;
  readonly body?: string;
  readonly location?: string;
}

const GRPC: Readonly<Record<number, number>> = {
  400: 13,
  401: 16,
  403: 7,
  404: 12,
  429: 14,
  502: 14,
  503: 14,
  504: 14,
};

/** An answer of Envoy's own: no body for HEAD, and 200 with a gRPC status for gRPC requests. */
export function localReply(request: HttpRequest, reply: LocalReply, headers: HeaderMap, rest: Result): Result {
  const grpc = /^application\/grpc($|[+;])/.test(request.headers['content-type'] ?? '');
  if (grpc) {
    headers['grpc-status'] ??= String(GRPC[reply.status] ?? (reply.status === 200 ? 0 : 2));
    if (reply.body !== undefined && reply.body !== '') headers['grpc-message'] = reply.body;
  }
  const shown = shownHeaders(headers);
  const body = grpc || request.method === 'HEAD' ? '' : (reply.body ?? '');
  return {
    ...rest,
    status: grpc ? 200 : reply.status,
    ...(reply.flags === undefined || reply.flags === '' ? {} : { flags: reply.flags }),
    details: reply.details,
    ...(reply.location === undefined ? {} : { location: reply.location }),
    ...(body === '' ? {} : { body }),
    ...(shown === undefined ? {} : { responseHeaders: shown }),
  };
}
