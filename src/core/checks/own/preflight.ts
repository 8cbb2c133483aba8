import type { RuleRef } from '../../routing/index.ts';
import { keyOf, siteEntries } from './entries.ts';
import { witnessOn } from './requests.ts';
import type { Say } from './types.ts';
import type { View } from './view.ts';

/** An origin that a policy lets in. */
function originFor(origins: readonly { readonly kind: string; readonly value?: string }[]): string | undefined {
  const [first] = origins;
  if (first?.kind === 'exact') return first.value === '*' ? 'https://app.example.com' : first.value;
  if (first?.kind === 'prefix') return `${first.value ?? ''}`;
  return undefined;
}

/** CORS policies on rules that ask for a method: the browser's preflight has method OPTIONS and goes elsewhere. */
export function preflight(view: View, say: Say): void {
  const told = new Set<string>();
  for (const site of view.sites) {
    for (const { route, ref, rule } of siteEntries(site)) {
      const whole: RuleRef = { resource: ref.resource, path: ref.path };
      if (route?.cors === undefined || route.action.kind !== 'forward' || told.has(keyOf(whole))) continue;
      if (!rule.match.every(({ method }) => method?.kind === 'exact' && method.value !== 'OPTIONS')) continue;
      const origin = originFor(route.cors.origins);
      const witness = rule.match.length === 0 ? undefined : witnessOn(site, route);
      if (witness === undefined || origin === undefined) continue;
      const request = {
        ...witness,
        method: 'OPTIONS',
        headers: { ...witness.headers, origin, 'access-control-request-method': witness.method ?? 'GET' },
      };
      const { outcomes } = view.engine.decide(site.caller.proxy, request);
      // Another rule with a policy of its own answers it.
      if (outcomes.some(({ details }) => details === 'cors_response')) continue;
      told.add(keyOf(whole));
      say({
        code: 'MW-CORS-PREFLIGHT',
        resource: whole.resource,
        path: [...whole.path, 'corsPolicy'],
        message: `The preflight of a browser does not get here: it has method OPTIONS, this rule asks for ${witness.method ?? ''}.`,
        remedy: 'Add a match for OPTIONS with the same uri to this rule.',
        proxy: site.caller.proxy,
        request,
        claim: { notRule: whole },
      });
    }
  }
}
