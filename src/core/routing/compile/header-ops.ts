import type { JsonObject } from '../../yaml/types.ts';
import type { HeaderOp, HeaderOps } from './envoy.ts';
import { NO_OPS } from './envoy.ts';
import { compareText } from './order.ts';
import { objectAt, stringMapAt, stringsAt } from './read.ts';

/** A `headers` block for Envoy. `host` in it does not touch a header: it names the authority. */
export interface TranslatedHeaders {
  readonly request: HeaderOps;
  readonly response: HeaderOps;
  readonly authority: string;
}

const NO_HEADERS: TranslatedHeaders = { request: NO_OPS, response: NO_OPS, authority: '' };

function isInternal(key: string): boolean {
  return key.startsWith(':') || key.toLowerCase() === 'host';
}

function opsOf(values: Readonly<Record<string, string>>, append: boolean): readonly HeaderOp[] {
  const keys = Object.keys(values).sort(compareText);
  return keys
    .filter((key) => !isInternal(key))
    .map((key) => ({ key: key.toLowerCase(), value: values[key] ?? '', append }));
}

function authorityOf(values: Readonly<Record<string, string>>): string {
  const key = Object.keys(values).findLast((k) => k.toLowerCase() === ':authority' || k.toLowerCase() === 'host');
  return key === undefined ? '' : (values[key] ?? '');
}

function side(block: JsonObject | undefined): HeaderOps {
  const put = [...opsOf(stringMapAt(block, 'set'), false), ...opsOf(stringMapAt(block, 'add'), true)];
  const remove = stringsAt(block, 'remove')
    .filter((key) => !isInternal(key))
    .map((key) => key.toLowerCase());
  return put.length + remove.length === 0 ? NO_OPS : { put, remove };
}

/** Translates a rule's or destination's `headers` (istiod: `TranslateHeadersOperations`). */
export function translateHeaders(headers: JsonObject | undefined): TranslatedHeaders {
  if (headers === undefined) return NO_HEADERS;
  const request = objectAt(headers, 'request');
  const authority = authorityOf(stringMapAt(request, 'set')) || authorityOf(stringMapAt(request, 'add'));
  return { request: side(request), response: side(objectAt(headers, 'response')), authority };
}

/** Two parsers' work as one, the first's in front. */
export function joinOps(a: HeaderOps, b: HeaderOps): HeaderOps {
  if (a === NO_OPS) return b;
  if (b === NO_OPS) return a;
  return { put: [...a.put, ...b.put], remove: [...a.remove, ...b.remove] };
}
