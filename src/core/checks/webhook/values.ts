import { RE2JS } from 're2js';
import { durationNs } from '../../istio/duration.ts';
import type { StringMatch } from '../../istio/index.ts';
import { AUTO_PROTOCOL, parseProtocol } from '../../istio/index.ts';
import { byteLength, isLabel } from './names.ts';

/** What is wrong with a port's number. Source: agent.ValidatePort. */
export function portFault(port: number): string | undefined {
  return port >= 1 && port <= 65_535 ? undefined : `Port ${port} is not between 1 and 65535.`;
}

/** What is wrong with a duration: Envoy wants whole milliseconds, at least one. Source: agent.ValidateDuration. */
export function durationFault(text: string): string | undefined {
  const ns = durationNs(text) ?? 0n;
  if (ns < 1_000_000n) return 'The duration must be at least 1ms.';
  return ns % 1_000_000n === 0n ? undefined : 'The duration must be in whole milliseconds.';
}

/** What is wrong with a whole percentage. Source: ValidatePercent. */
export function percentFault(value: number): string | undefined {
  return value >= 0 && value <= 100 ? undefined : `${value} is not between 0 and 100 percent.`;
}

/** What is wrong with a percentage of a fault: Envoy counts in millionths. Source: validatePercentage. */
export function fractionFault(value: number | undefined): string | undefined {
  if (value === undefined || value === 0 || (value >= 0.0001 && value <= 100)) return undefined;
  return `${value} percent is neither 0 nor between 0.0001 and 100.`;
}

const compiled = new Map<string, string | undefined>();

function compileFault(pattern: string): string | undefined {
  if (!compiled.has(pattern)) {
    let fault: string | undefined;
    try {
      RE2JS.compile(pattern);
    } catch (error) {
      fault = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error);
    }
    if (compiled.size > 20_000) compiled.clear();
    compiled.set(pattern, fault);
  }
  return compiled.get(pattern);
}

/** What is wrong with a regular expression: RE2's syntax, 1024 bytes at most. `where` names the field as Istio does. Source: validateStringRegexp. */
export function regexFault(pattern: string, where: string): string | undefined {
  if (byteLength(pattern) > 1024) return `The regular expression of ${where} is longer than 1024 bytes.`;
  const fault = compileFault(pattern);
  return fault === undefined ? undefined : `The regular expression of ${where} is none that RE2 reads: ${fault}`;
}

/** What is wrong with the regex of a text match. Source: validateStringMatchRegexp. */
export function regexMatchFault(match: StringMatch | undefined, where: string): string | undefined {
  if (match?.regex === undefined) return undefined;
  return match.regex === '' ? `The regular expression of ${where} is empty.` : regexFault(match.regex, where);
}

/** What is wrong with a text match. An empty `exact` and `{}` are fine. Source: validateStringMatch. */
export function matchFault(match: StringMatch | undefined, where: string): string | undefined {
  return match?.prefix === '' ? `The prefix of ${where} is empty.` : regexMatchFault(match, where);
}

/** A protocol in capitals; `auto` for one that Istio does not know. */
export { AUTO_PROTOCOL, parseProtocol } from '../../istio/index.ts';

/** What is wrong with a protocol; empty is fine. Source: ValidateProtocol. */
export function protocolFault(protocol: string): string | undefined {
  return protocol === '' || parseProtocol(protocol) !== AUTO_PROTOCOL
    ? undefined
    : `"${protocol}" is no protocol that Istio knows.`;
}

/** Whether a protocol carries TLS as it stands. */
export const isTlsProtocol = (protocol: string): boolean => ['HTTPS', 'TLS'].includes(protocol.toUpperCase());

/** What is wrong with a port's name. Source: ValidatePortName. */
export function portNameFault(name: string): string | undefined {
  return isLabel(name) ? undefined : `"${name}" can't be the name of a port.`;
}
