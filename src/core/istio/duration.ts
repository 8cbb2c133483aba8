const units: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

/** A duration as Go's time.ParseDuration reads it (`1h30m`, `1.5s`, `-2ms`, `0`), in nanoseconds; `undefined` where Go refuses it. */
export function durationNs(text: string): bigint | undefined {
  const signed = /^([+-]?)(.*)$/s.exec(text);
  const body = signed?.[2] ?? '';
  if (body === '0') return 0n;
  const parts = [...body.matchAll(/(\d+)?(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/gy)];
  if (parts.length === 0 || parts.reduce((length, part) => length + part[0].length, 0) !== body.length)
    return undefined;
  let total = 0n;
  for (const [, whole, fraction, unit] of parts) {
    if (whole === undefined && (fraction === undefined || fraction === '')) return undefined;
    const size = units[unit ?? ''] ?? 0n;
    total += BigInt(whole ?? 0) * size;
    if (fraction) total += (BigInt(fraction) * size) / 10n ** BigInt(fraction.length);
  }
  if (total > 9_223_372_036_854_775_807n) return undefined;
  return signed?.[1] === '-' ? -total : total;
}

/**
 * Milliseconds of a duration as Istio reads it: `1.5s`, `100ms`, `1h30m`, `0`. `undefined` for any other text.
 * Source: Go's time.ParseDuration, which golang/protobuf's jsonpb calls for google.protobuf.Duration.
 */
export function durationMs(text: string): number | undefined {
  const ns = durationNs(text);
  return ns === undefined ? undefined : Number(ns) / 1e6;
}
