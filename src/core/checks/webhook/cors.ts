import type { CorsPolicy, StringMatch } from '../../istio/index.ts';
import type { YamlPath } from '../../yaml/types.ts';
import { durationNs } from '../../istio/duration.ts';
import { corsNameFault } from './headers.ts';
import type { Report } from './report.ts';
import { durationFault, regexMatchFault } from './values.ts';
import { CORS_METHODS } from './words.ts';

function originFaults(origin: StringMatch, at: YamlPath, report: Report): void {
  const text = origin.exact ?? origin.prefix ?? origin.regex ?? '';
  if (text === '') report.error('V-VS-070', at, 'An allowed origin needs exact, prefix or regex.');
  else report.check('V-VS-071', at, regexMatchFault(origin, 'corsPolicy.allowOrigins'));
}

/** Faults of a CORS policy. Source: validateCORSPolicy. */
export function corsFaults(policy: CorsPolicy | undefined, path: YamlPath, report: Report): void {
  if (policy === undefined) return;
  for (const [index, origin] of (policy.allowOrigins ?? []).entries())
    originFaults(origin, [...path, 'allowOrigins', index], report);
  for (const [index, method] of (policy.allowMethods ?? []).entries()) {
    if (!CORS_METHODS.has(method))
      report.error('V-VS-072', [...path, 'allowMethods', index], `"${method}" is no HTTP method in capitals.`);
  }
  for (const key of ['allowHeaders', 'exposeHeaders'] as const) {
    for (const [index, name] of (policy[key] ?? []).entries())
      report.check('V-VS-073', [...path, key, index], corsNameFault(name));
  }
  if (policy.maxAge === undefined) return;
  report.check('V-VS-074', [...path, 'maxAge'], durationFault(policy.maxAge));
  if ((durationNs(policy.maxAge) ?? 0n) % 1_000_000_000n > 0n)
    report.error('V-VS-075', [...path, 'maxAge'], 'maxAge must be in whole seconds.');
}
