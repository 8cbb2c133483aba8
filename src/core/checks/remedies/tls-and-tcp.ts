/** What to do about rules of the webhook: TLS and TCP rules. */
export const TLS_AND_TCP_REMEDIES: Readonly<Record<string, string>> = {
  'V-VS-160': 'Add match with sniHosts.',
  'V-VS-162': 'Add sniHosts.',
  'V-VS-163': 'Write a DNS name.',
  'V-VS-164': 'Match destinationSubnets of a tcp rule, or write a DNS name.',
  'V-VS-165': 'Add it to hosts, or write one of them.',
  'V-VS-166': 'Write an address, or one with a mask up to 32 (128 for IPv6).',
  'V-VS-167': 'Write a port, or remove the condition.',
  'V-VS-168': 'Write keys and values in letters, digits, dashes, underscores and dots.',
  'V-VS-170': 'Add a route.',
  'V-VS-181': 'Write an address or subnet.',
  'V-VS-182': 'Write a port, or remove the condition.',
  'V-VS-183': 'Write keys and values in letters, digits, dashes, underscores and dots.',
  'V-VS-185': 'Add a route.',
};
