/** Four decimal numbers up to 255 without leading zeros. */
function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

/** Eight groups of one to four hex digits, one `::` for at least one group of zeros, an IPv4 address for the last two. */
function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1)?.at(-1);
  const embedded = last?.includes('.') === true;
  if (embedded && !isIpv4(last)) return false;
  const all = groups.flat();
  const plain = embedded ? all.slice(0, -1) : all;
  if (!plain.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return false;
  const count = plain.length + (embedded ? 2 : 0);
  return halves.length === 2 ? count <= 7 : count === 8;
}

/** Whether a text is an address, a zone behind `%` allowed for IPv6. Source: Go's netip.ParseAddr. */
export function isAddress(text: string): boolean {
  const mark = /[.:%]/.exec(text)?.[0];
  if (mark === '.') return isIpv4(text);
  if (mark !== ':') return false;
  const zone = text.indexOf('%');
  return zone < 0 ? isIpv6(text) : zone < text.length - 1 && isIpv6(text.slice(0, zone));
}

/** Whether a text is a CIDR block, `10.0.0.0/8`. Source: Go's netip.ParsePrefix. */
export function isPrefix(text: string): boolean {
  const slash = text.lastIndexOf('/');
  if (slash < 0) return false;
  const address = text.slice(0, slash);
  const bits = text.slice(slash + 1);
  if (address.includes('%') || !isAddress(address) || !/^(?:0|[1-9]\d*)$/.test(bits)) return false;
  return Number(bits) <= (address.includes(':') ? 128 : 32);
}

/** What is wrong with an address; nothing for a good one. */
export function addressFault(text: string): string | undefined {
  return isAddress(text) ? undefined : `"${text}" is no IP address.`;
}

/** What is wrong with an address or CIDR block. Source: agent.ValidateIPSubnet. */
export function subnetFault(text: string): string | undefined {
  if (text.split('/').length !== 2) return addressFault(text);
  return isPrefix(text) ? undefined : `"${text}" is no CIDR block such as 10.0.0.0/8.`;
}
