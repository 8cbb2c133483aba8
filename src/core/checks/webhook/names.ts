import { isAddress } from './ip.ts';

const LABEL = '[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?';
const LABEL_ONLY = new RegExp(`^${LABEL}$`);
const WILD_LABEL = new RegExp(`^(?:\\*|(?:\\*|\\*-)?${LABEL})$`);
const TAG_NAME = '(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const TAG_KEY = new RegExp(`^(${LABEL}(?:\\.${LABEL})*/)?(${TAG_NAME})$`);
const TAG_VALUE = new RegExp(`^(?:${TAG_NAME})?$`);

/** The length of a text in bytes of UTF-8, as Go counts. */
export function byteLength(text: string): number {
  let bytes = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** A number as Go's strconv.Atoi reads it; `undefined` for other texts and for what does not fit in 64 bits. */
export function goInteger(text: string): number | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const value = BigInt(text.replace(/^\+/, ''));
  return value >= -(2n ** 63n) && value < 2n ** 63n ? Number(value) : undefined;
}

/** Whether a text is one DNS label: up to 63 letters, digits and inner dashes. Source: labels.IsDNS1123Label. */
export const isLabel = (text: string): boolean => text.length <= 63 && LABEL_ONLY.test(text);
const isWildLabel = (text: string): boolean => text.length <= 63 && WILD_LABEL.test(text);

function lengthFault(name: string): string | undefined {
  if (byteLength(name) > 255) return `The name "${name}" is longer than 255 characters.`;
  return name === '' ? 'A host name is missing.' : undefined;
}

function labelsFault(domain: string): string | undefined {
  const parts = domain.split('.');
  const top = parts.at(-1) ?? '';
  if (goInteger(top) !== undefined) return `"${domain}" is no host name: its last part, "${top}", is a number.`;
  const wrong = parts.find((part, index) => !(index === parts.length - 1 && part === '') && !isLabel(part));
  return wrong === undefined ? undefined : `"${domain}" is no host name: "${wrong}" can't be a part of one.`;
}

/** What is wrong with a full host name; nothing for a good one. Source: agent.ValidateFQDN. */
export function fqdnFault(name: string): string | undefined {
  return lengthFault(name) ?? labelsFault(name);
}

/** What is wrong with a host name that may begin with a wildcard. Source: agent.ValidateWildcardDomain. */
export function wildcardFault(name: string): string | undefined {
  const tooLong = lengthFault(name);
  if (tooLong !== undefined) return tooLong;
  const dot = name.indexOf('.');
  const first = dot < 0 ? name : name.slice(0, dot);
  if (!isWildLabel(first)) return `"${name}" is no host name: "${first}" can't be its first part.`;
  return dot < 0 ? undefined : labelsFault(name.slice(dot + 1));
}

/**
 * The same for a host of a VirtualService at gateways; with `sni`, the names that AUTO_PASSTHROUGH makes
 * (`outbound_.80_._.host`) are good too. Source: agent.ValidateWildcardDomainForVirtualServiceBoundToGateway.
 */
export function gatewayHostFault(name: string, sni: boolean): string | undefined {
  const tooLong = lengthFault(name);
  if (tooLong !== undefined) return tooLong;
  if (!sni || !name.startsWith('outbound_')) return wildcardFault(name);
  const parts = name.split('_');
  if (parts.length < 4) return `"${name}" must look like outbound_.PORT_._.HOST.`;
  const trimmed = (part: string | undefined): string => (part ?? '').replace(/^\.+|\.+$/g, '');
  const port = trimmed(parts[1]);
  const host = trimmed(parts[3]);
  if (!/\d/.test(port)) return `"${name}" must look like outbound_.PORT_._.HOST, and "${port}" is no port.`;
  return /[a-zA-Z]/.test(host)
    ? undefined
    : `"${name}" must look like outbound_.PORT_._.HOST, and "${host}" is no host.`;
}

/** A wildcard that is not a whole first label: `*foo.com`. Source: agent.ValidatePartialWildCard. */
export function partialWildcardFault(host: string): string | undefined {
  return host.includes('*') && host !== '*' && !host.startsWith('*.')
    ? `"${host}" has a wildcard that is not the whole first part, as in *.example.com.`
    : undefined;
}

/** What is wrong with a path of a socket, `unix://` taken off. Source: ValidateUnixAddress. */
export function unixAddressFault(address: string): string | undefined {
  if (address === '') return 'The path of the socket is missing.';
  if (address.startsWith('@') || (address.startsWith('/') && !address.endsWith('/'))) return undefined;
  return `"${address}" is no absolute path of a socket.`;
}

/** What is wrong with labels: one message for each key or value. Source: labels.Instance.Validate. */
export function labelFaults(labels: Readonly<Record<string, string>> | undefined): readonly string[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => {
    const match = TAG_KEY.exec(key);
    const faults: string[] = [];
    if (match === null) faults.push(`"${key}" can't be the key of a label.`);
    else if ((match[1] ?? '').length > 254)
      faults.push(`The prefix of the label "${key}" is longer than 253 characters.`);
    else if ((match[2] ?? '').length > 63) faults.push(`The name of the label "${key}" is longer than 63 characters.`);
    if (!TAG_VALUE.test(value)) faults.push(`"${value}" can't be the value of a label.`);
    return faults;
  });
}

/** What a fault of `namespace/host` is about. */
export type ScopedHostPart = 'empty' | 'namespace' | 'short' | 'host' | 'partial';
type ScopedHostFault = readonly [part: ScopedHostPart, message: string];

function hostPartFaults(host: string, gateway: boolean): readonly ScopedHostFault[] {
  const faults: ScopedHostFault[] = [];
  if (host !== '*' && !host.includes('.'))
    faults.push(['short', 'Short names can’t stand here: write the full host name.']);
  const wrong = wildcardFault(host);
  if (wrong !== undefined) {
    if (!gateway) faults.push(['host', wrong]);
    if (!isAddress(host)) faults.push(['host', wrong]);
  }
  const partial = partialWildcardFault(host);
  if (partial !== undefined) faults.push(['partial', partial]);
  return faults;
}

/** What is wrong with `namespace/host` of a Gateway's server or a Sidecar's egress. Source: agent.ValidateNamespaceSlashWildcardHostname. */
export function scopedHostFaults(text: string, gateway: boolean): readonly ScopedHostFault[] {
  const slash = text.indexOf('/');
  if (slash < 0) return gateway ? hostPartFaults(text, true) : [['namespace', 'It must be written as namespace/host.']];
  const namespace = text.slice(0, slash);
  const host = text.slice(slash + 1);
  const faults: ScopedHostFault[] = [];
  if (namespace === '' || host === '') faults.push(['empty', 'Neither the namespace nor the host may be empty.']);
  const name = gateway ? namespace : namespace.replace(/^~/, '');
  if (name !== '*' && name !== '.' && !(name === '' && !gateway) && !isLabel(name))
    faults.push(['namespace', `"${namespace}" is no namespace.`]);
  return [...faults, ...hostPartFaults(host, gateway)];
}
