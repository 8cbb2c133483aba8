import type {
  HTTPDirectResponse,
  HTTPMatchRequest,
  HTTPMirrorPolicy,
  HTTPRedirect,
  HTTPRewrite,
  Headers,
} from '../../istio/index.ts';
import type { YamlPath } from '../../yaml/types.ts';
import { destinationFaults } from './destination.ts';
import { isAuthority } from './headers.ts';
import { byteLength } from './names.ts';
import type { Report } from './report.ts';
import { portFault, regexFault } from './values.ts';

/** What is wrong with an HTTP status of a fault or an answer: 600 passes too. Source: validateHTTPStatus. */
export function statusFault(status: number): string | undefined {
  // Istio reads an answer's status as a signed number of 32 bits.
  const signed = status | 0;
  return signed >= 200 && signed <= 600 ? undefined : `${signed} is no HTTP status between 200 and 599.`;
}

/** The first fault of a redirect. Source: validateHTTPRedirect. */
export function redirectFaults(
  redirect: HTTPRedirect | undefined,
  matches: readonly HTTPMatchRequest[] | undefined,
  path: YamlPath,
  report: Report,
): void {
  if (redirect === undefined) return;
  const { uri = '', prefixRewrite = '', authority = '', scheme = '', redirectCode = 0, port = 0 } = redirect;
  if (uri !== '' && prefixRewrite !== '')
    return report.error('V-VS-100', path, 'A redirect can have uri or prefixRewrite, not both.');
  if (
    prefixRewrite !== '' &&
    (matches ?? []).some((match) => match.uri !== undefined && match.uri.prefix === undefined)
  )
    return report.error(
      'V-VS-101',
      [...path, 'prefixRewrite'],
      'prefixRewrite needs a prefix in every uri of the rule.',
    );
  const ported = redirect.port !== undefined || redirect.derivePort !== undefined;
  if (uri === '' && prefixRewrite === '' && authority === '' && !ported && scheme === '')
    return report.error('V-VS-102', path, 'A redirect needs uri, prefixRewrite, authority, scheme or port.');
  if (redirectCode !== 0 && (redirectCode < 300 || redirectCode > 399))
    return report.error(
      'V-VS-103',
      [...path, 'redirectCode'],
      `${redirectCode} is no status of a redirect (300 to 399).`,
    );
  if (scheme !== '' && scheme !== 'http' && scheme !== 'https')
    return report.error('V-VS-104', [...path, 'scheme'], 'The scheme must be http or https.');
  if (port > 0) report.check('V-VS-105', [...path, 'port'], portFault(port));
}

function bodyBytes(body: NonNullable<HTTPDirectResponse['body']>): number {
  if (body.string !== undefined) return byteLength(body.string);
  return Math.floor(((body.bytes ?? '').replace(/=+$/, '').length * 3) / 4);
}

/** Faults of a direct answer. Source: validateHTTPDirectResponse. */
export function directResponseFaults(answer: HTTPDirectResponse | undefined, path: YamlPath, report: Report): void {
  if (answer === undefined) return;
  const size = answer.body === undefined ? 0 : bodyBytes(answer.body);
  if (size > 1_048_576) report.error('V-VS-110', [...path, 'body'], 'The body is larger than 1 MB.');
  else if (size > 102_400)
    report.warning('V-VS-111', [...path, 'body'], 'The body is larger than 100 kB, which slows istiod down.');
  report.check('V-VS-112', [...path, 'status'], statusFault(answer.status ?? 0));
}

/** Faults of mirrors. Source: validateHTTPMirrors. */
export function mirrorsFaults(mirrors: readonly HTTPMirrorPolicy[] | undefined, path: YamlPath, report: Report): void {
  for (const [index, mirror] of (mirrors ?? []).entries()) {
    const at = [...path, index];
    if (mirror.destination === undefined) {
      report.error('V-VS-096', at, 'A mirror needs a destination.');
      continue;
    }
    destinationFaults(mirror.destination, [...at, 'destination'], report);
    if (mirror.percentage !== undefined)
      report.check('V-VS-098', [...at, 'percentage'], shareFault(mirror.percentage.value ?? 0));
  }
}

/** What is wrong with the share of requests that are mirrored. */
export function shareFault(value: number): string | undefined {
  return value >= 0 && value <= 100 ? undefined : `The share of mirrored requests, ${value}, is not between 0 and 100.`;
}

/** The first fault of a rewrite. Source: validateHTTPRewrite. */
export function rewriteFaults(rewrite: HTTPRewrite | undefined, path: YamlPath, report: Report): void {
  if (rewrite === undefined) return;
  const { uri = '', authority = '', uriRegexRewrite } = rewrite;
  const at = [...path, 'uriRegexRewrite'];
  if (uri !== '' && uriRegexRewrite !== undefined)
    return report.error('V-VS-130', path, 'A rewrite can have uri or uriRegexRewrite, not both.');
  if (uri === '' && uriRegexRewrite === undefined && authority === '')
    return report.error('V-VS-131', path, 'A rewrite needs uri, uriRegexRewrite or authority.');
  if (uriRegexRewrite === undefined) return;
  const { match = '', rewrite: text = '' } = uriRegexRewrite;
  if (match === '' || text === '') report.error('V-VS-132', at, 'uriRegexRewrite needs both match and rewrite.');
  else report.check('V-VS-133', [...at, 'match'], regexFault(match, 'uriRegexRewrite'));
}

/** The authority can be changed in one place only. Source: validateAuthorityRewrite. */
export function authorityFaults(
  rewrite: HTTPRewrite | undefined,
  headers: Headers | undefined,
  path: YamlPath,
  report: Report,
): void {
  let current = rewrite?.authority ?? '';
  for (const verb of ['set', 'add'] as const) {
    for (const [name, value] of Object.entries(headers?.request?.[verb] ?? {})) {
      if (!isAuthority(name)) continue;
      if (current !== '') {
        const message = `The authority is changed to "${current}" already, and here to "${value}".`;
        return report.error('V-VS-134', [...path, 'headers', 'request', verb, name], message);
      }
      current = value;
    }
  }
}
