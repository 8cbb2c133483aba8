const UNIT_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};
const WHOLE = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/;
const PART = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g;

/**
 * Milliseconds of a duration as Istio reads it: `1.5s`, `100ms`, `1h30m`, `0`. `undefined` for any other text.
 * Source: Go's time.ParseDuration, which golang/protobuf's jsonpb calls for google.protobuf.Duration.
 */
export function durationMs(text: string): number | undefined {
  if (/^[+-]?0$/.test(text)) return 0;
  if (!WHOLE.test(text)) return undefined;
  let ms = 0;
  for (const [, amount = '', unit = ''] of text.matchAll(PART)) ms += Number(amount) * (UNIT_MS[unit] ?? 0);
  return text.startsWith('-') ? -ms : ms;
}
