import type { HTTPRoute } from '../../istio/specs.ts';

/** A number without needless zeros, then ` %`: `10 %`, `0.5 %`. */
function percentText(value: number): string {
  return `${Number(value.toFixed(4))} %`;
}

function mirrorChips(rule: HTTPRoute): string[] {
  const shares: number[] = [];
  if (rule.mirror?.host !== undefined) shares.push(rule.mirrorPercentage?.value ?? rule.mirrorPercent ?? 100);
  for (const mirror of rule.mirrors ?? []) shares.push(mirror.percentage?.value ?? 100);
  return shares.map((share) => (share >= 100 ? 'mirror' : `mirror ${percentText(share)}`));
}

/** A fault without a percentage never happens (TranslateFault in pilot's route.go), so it says 0 %. */
function faultChips(rule: HTTPRoute): string[] {
  const chips: string[] = [];
  const { delay, abort } = rule.fault ?? {};
  if (delay)
    chips.push(`delay ${delay.fixedDelay ?? '?'} ${percentText(delay.percentage?.value ?? delay.percent ?? 0)}`);
  if (abort)
    chips.push(`abort ${abort.httpStatus ?? abort.grpcStatus ?? '?'} ${percentText(abort.percentage?.value ?? 0)}`);
  return chips;
}

/** What else an HTTP rule does, as chips: `timeout 5s`, `retries 3`, `mirror 10 %`, `503 direct response`, … */
export function chipsOf(rule: HTTPRoute): string[] {
  const chips: string[] = [];
  if (rule.redirect) chips.push('redirect');
  else if (rule.directResponse) chips.push(`${rule.directResponse.status ?? '?'} direct response`);
  if (rule.timeout !== undefined) chips.push(`timeout ${rule.timeout}`);
  if (rule.retries) chips.push(rule.retries.attempts === 0 ? 'no retries' : `retries ${rule.retries.attempts ?? 2}`);
  if (rule.rewrite)
    chips.push(
      `rewrite ${rule.rewrite.uri ?? rule.rewrite.authority ?? rule.rewrite.uriRegexRewrite?.rewrite ?? ''}`.trim(),
    );
  chips.push(...mirrorChips(rule), ...faultChips(rule));
  if (rule.corsPolicy) chips.push('cors');
  if (rule.headers || rule.route?.some((destination) => destination.headers)) chips.push('headers');
  return chips;
}

/** Where a rule without destinations goes: `→ 301 /x`, `→ 503`. `undefined` where it goes to a destination or a delegate. */
export function answerOf(rule: HTTPRoute): string | undefined {
  const redirect = rule.redirect;
  if (redirect) {
    const path = redirect.uri ?? redirect.prefixRewrite ?? '';
    const place =
      redirect.authority !== undefined
        ? `${redirect.scheme ? `${redirect.scheme}://` : ''}${redirect.authority}${path}`
        : path || (redirect.scheme ?? '');
    return `→ ${redirect.redirectCode ?? 301} ${place}`.trim();
  }
  return rule.directResponse ? `→ ${rule.directResponse.status ?? '?'}` : undefined;
}
