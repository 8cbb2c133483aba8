import { match } from '../specs.ts';
import { rules } from './rules.ts';

/** Rules of the webhook: conditions of HTTP rules. */
export const HTTP_CONDITIONS_RULES = rules('VirtualService', [
  [
    'V-VS-041',
    'No name of a header to match',
    'Header names are letters, digits and a few marks; a name with a space never arrives.',
    match("headers: {'a b': {exact: x}}"),
    match('headers: {a-b: {exact: x}}'),
  ],
  [
    'V-VS-042',
    'No value of a header to match',
    'An empty prefix or regex matches everything or nothing, and a regex must be one that RE2 reads; `*` is none.',
    match("headers: {a: {regex: '*'}}"),
    match('headers: {a: {}}'),
  ],
  [
    'V-VS-043',
    'No name of a header that must be absent',
    'Header names are letters, digits and a few marks, and never empty.',
    match("withoutHeaders: {'': {exact: x}}"),
    match('withoutHeaders: {a: {exact: x}}'),
  ],
  [
    'V-VS-044',
    'No value of a header that must be absent',
    'The regex must be one that RE2 reads; `*` alone means that the header must not be there at all.',
    match("withoutHeaders: {a: {regex: '['}}"),
    match("withoutHeaders: {a: {regex: '*'}}"),
  ],
  [
    'V-VS-045',
    'No regular expression of a path',
    'Envoy matches with RE2, which has no look-ahead, no look-behind and no back-references, and at most 1024 bytes.',
    match("uri: {regex: '(?=a)'}"),
    match("uri: {regex: '/a.*'}"),
  ],
  [
    'V-VS-046',
    'An empty condition on the scheme',
    'An empty prefix or regex says nothing.',
    match("scheme: {prefix: ''}"),
    match('scheme: {exact: https}'),
  ],
  [
    'V-VS-047',
    'An empty condition on the method',
    'An empty prefix or regex says nothing.',
    match("method: {regex: ''}"),
    match('method: {exact: GET}'),
  ],
  [
    'V-VS-048',
    'No condition on the authority',
    'A regex must be one that RE2 reads; an empty prefix says nothing.',
    match("authority: {regex: '('}"),
    match('authority: {exact: shop.example.com}'),
  ],
  [
    'V-VS-049',
    'No condition on a query parameter',
    'A regex must be one that RE2 reads, and `*` is none; an empty prefix says nothing.',
    match("queryParams: {q: {regex: '*'}}"),
    match("queryParams: {q: {regex: '.*'}}"),
  ],
  ['V-VS-050', 'No port to match', 'Ports go from 1 to 65535.', match('port: 70000'), match('port: 8080')],
  [
    'V-VS-051',
    'No labels of a caller',
    'These can’t be labels of a pod, so no caller has them.',
    match("sourceLabels: {'a!': b}"),
    match('sourceLabels: {a: b}'),
  ],
  [
    'V-VS-053',
    'No namespace of a caller',
    'This can’t be the name of a namespace, so no caller is in it.',
    match('sourceNamespace: a.b'),
    match('sourceNamespace: a-b'),
  ],
]);
