import { object, TO_WEB, vs } from './documents.ts';
import { cases } from './types.ts';

const web = (spec: string): string => vs('default/web', `hosts: [web], http: [{${TO_WEB}${spec}}]`);
const KEPT = vs('default/web', `hosts: [web], http: [{${TO_WEB}, timeout: 5s}]`);

/** What the API server says by the CRDs, what kubectl says of the text, and what Meshwright says of files. */
export const PLAIN_CASES = cases([
  [
    'SCHEMA-TYPE',
    'A value of the wrong type',
    'The API server refuses the object. Mind that kubectl reads yes, no, on and off as true and false, and 017 as a number.',
    vs('default/web', 'hosts: [web], http: [{route: [{destination: {host: web}, weight: "10"}]}]'),
    vs('default/web', 'hosts: [web], http: [{route: [{destination: {host: web}, weight: 10}]}]'),
  ],
  [
    'SCHEMA-REQUIRED',
    'A field that must be there',
    'The API server refuses the object.',
    object(
      'ServiceEntry',
      'default/api',
      'hosts: [api.example.com], ports: [{number: 80, protocol: HTTP}], resolution: DNS',
    ),
    object(
      'ServiceEntry',
      'default/api',
      'hosts: [api.example.com], ports: [{number: 80, name: http, protocol: HTTP}], resolution: DNS',
    ),
  ],
  [
    'SCHEMA-ENUM',
    'A name that is none of the choices',
    'The API server refuses the object. Names are in capitals.',
    object('AuthorizationPolicy', 'default/web', 'action: allow'),
    object('AuthorizationPolicy', 'default/web', 'action: ALLOW'),
  ],
  [
    'SCHEMA-RANGE',
    'A value out of range',
    'The API server refuses the object.',
    object('DestinationRule', 'default/web', 'host: web, trafficPolicy: {retryBudget: {percent: 150}}'),
    object('DestinationRule', 'default/web', 'host: web, trafficPolicy: {retryBudget: {percent: 20}}'),
  ],
  [
    'SCHEMA-SIZE',
    'Too much or too little',
    'The API server refuses the object.',
    object('ServiceEntry', 'default/web', 'hosts: []'),
    object('ServiceEntry', 'default/web', 'hosts: [api.example.com]'),
  ],
  [
    'SCHEMA-ONE-OF',
    'Fields that exclude each other',
    'The API server refuses the object. Without the CRDs Istio would take the one that it knows later.',
    web(', match: [{uri: {exact: /a, prefix: /a}}]'),
    web(', match: [{uri: {prefix: /a}}]'),
  ],
  [
    'SCHEMA-UNKNOWN',
    'A field that Istio does not know',
    'kubectl refuses the object, or with --validate=ignore the field is dropped without a word. Mostly it is misspelt, or a level too high or too low.',
    web(', timeOut: 5s'),
    KEPT,
  ],
  [
    'SCHEMA-DUPLICATE',
    'Two items of one key',
    'The API server keeps the items of this list by their key, so it refuses the second.',
    object(
      'ServiceEntry',
      'default/web',
      'hosts: [api.example.com], ports: [{number: 80, name: http, protocol: HTTP}, {number: 81, name: http, protocol: HTTP}], resolution: DNS',
    ),
    object(
      'ServiceEntry',
      'default/web',
      'hosts: [api.example.com], ports: [{number: 80, name: http, protocol: HTTP}, {number: 81, name: http-81, protocol: HTTP}], resolution: DNS',
    ),
  ],
  [
    'SCHEMA-RULE',
    'A rule of the CRD that is broken',
    'The API server refuses the object by a rule in CEL that the CRD brings along. The message says which.',
    object(
      'ServiceEntry',
      'default/api',
      'hosts: [api.example.com], ports: [{number: 80, name: http, protocol: HTTP}], endpoints: []',
    ),
    object(
      'ServiceEntry',
      'default/api',
      'hosts: [api.example.com], ports: [{number: 80, name: http, protocol: HTTP}]',
    ),
  ],
  [
    'STALE',
    'A document that can’t be read as it stands',
    'The canvas shows what it said before, and nothing follows from it until it can be read again. Nothing is lost.',
  ],
  ['READ_ONLY', 'A file that is shown only', 'It is too large or no text, so nothing is written into it.'],
]);
