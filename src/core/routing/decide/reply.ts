import type { Outcome } from '../types.ts';
import type { HeaderMap } from './headers.ts';
import type { HttpRequest } from './http-request.ts';

/**
 * Something that is still being put together. Outcomes are filled in field by field: made by spreading one object into another, a decision
 * took 10 µs.
 */
export type Draft<T> = { -readonly [K in keyof T]: T[K] };

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
  let shown = false;
  let isWhole = true;
  for (const name in headers) {
    if (OWN.has(name)) isWhole = false;
    else shown = true;
  }
  if (!shown) return undefined;
  return isWhole ? headers : Object.fromEntries(Object.entries(headers).filter(([name]) => !OWN.has(name)));
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

/** An answer of Envoy's own, put into `out`: no body for HEAD, and 200 with a gRPC status for gRPC requests. */
export function localReply(request: HttpRequest, reply: LocalReply, headers: HeaderMap, out: Draft<Outcome>): Outcome {
  const type = request.headers['content-type'];
  const grpc = type !== undefined && /^application\/grpc($|[+;])/.test(type);
  if (grpc) {
    headers['grpc-status'] ??= String(GRPC[reply.status] ?? (reply.status === 200 ? 0 : 2));
    if (reply.body !== undefined && reply.body !== '') headers['grpc-message'] = reply.body;
  }
  out.status = grpc ? 200 : reply.status;
  if (reply.flags !== undefined && reply.flags !== '') out.flags = reply.flags;
  out.details = reply.details;
  if (reply.location !== undefined) out.location = reply.location;
  const body = grpc || request.method === 'HEAD' ? '' : (reply.body ?? '');
  if (body !== '') out.body = body;
  const shown = shownHeaders(headers);
  if (shown !== undefined) out.responseHeaders = shown;
  return out;
}
