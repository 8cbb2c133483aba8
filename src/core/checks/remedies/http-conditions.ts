/** What to do about rules of the webhook: conditions of HTTP rules. */
export const HTTP_CONDITIONS_REMEDIES: Readonly<Record<string, string>> = {
  'V-VS-041': 'Write the header’s name, without spaces and colons.',
  'V-VS-042': 'To ask only that the header is there, write {}; else a text, or a regex such as ".*".',
  'V-VS-043': 'Write the header’s name.',
  'V-VS-044': 'Write a regex of RE2, or regex: "*" for a header that must not be there.',
  'V-VS-045': 'Write it without look-around and back-references, or match a prefix.',
  'V-VS-046': 'Write exact: https, or remove the condition.',
  'V-VS-047': 'Write a method such as exact: GET, or remove the condition.',
  'V-VS-048': 'Write exact: with the host, or a regex of RE2.',
  'V-VS-049': 'Write exact:, or a regex such as ".*".',
  'V-VS-050': 'Write the port that requests arrive at, or remove the condition.',
  'V-VS-051': 'Write keys and values in letters, digits, dashes, underscores and dots.',
  'V-VS-053': 'Write the namespace in letters, digits and dashes.',
};
