import { TO, tls, tcp } from '../specs.ts';
import { rules } from './rules.ts';

/** Rules of the webhook: TLS and TCP rules. */
export const TLS_AND_TCP_RULES = rules('VirtualService', [
  [
    'V-VS-160',
    'A TLS rule without conditions',
    'A TLS rule is chosen by the server name that the client asks for.',
    tls(TO),
    tls(`match: [{sniHosts: [shop.example.com]}], ${TO}`),
  ],
  [
    'V-VS-162',
    'A TLS condition without server names',
    'A TLS rule is chosen by the server name that the client asks for.',
    tls(`match: [{}], ${TO}`),
    tls(`match: [{sniHosts: [shop.example.com]}], ${TO}`),
  ],
  [
    'V-VS-163',
    'No server name',
    'Server names are DNS names, with a * as the first part at most.',
    tls(`match: [{sniHosts: [a_b]}], ${TO}`),
    tls(`match: [{sniHosts: [shop.example.com]}], ${TO}`),
  ],
  [
    'V-VS-164',
    'An address as a server name',
    'Clients that connect to an address send no server name.',
    tls(`match: [{sniHosts: [1.2.3.4]}], ${TO}`),
    tls(`match: [{sniHosts: [shop.example.com]}], ${TO}`),
  ],
  [
    'V-VS-165',
    'A server name that is none of the hosts',
    'The rule is asked only for the hosts of the VirtualService.',
    tls(`match: [{sniHosts: [pay.example.com]}], ${TO}`),
    tls(`match: [{sniHosts: [shop.example.com]}], ${TO}`),
  ],
  [
    'V-VS-166',
    'No subnet',
    'A subnet is an address, or one with a mask such as 10.0.0.0/8.',
    tls(`match: [{sniHosts: [shop.example.com], destinationSubnets: [1.2.3.4/33]}], ${TO}`),
    tls(`match: [{sniHosts: [shop.example.com], destinationSubnets: [1.2.3.4/32]}], ${TO}`),
  ],
  [
    'V-VS-167',
    'No port to match',
    'Ports go from 1 to 65535.',
    tls(`match: [{sniHosts: [shop.example.com], port: 70000}], ${TO}`),
    tls(`match: [{sniHosts: [shop.example.com], port: 443}], ${TO}`),
  ],
  [
    'V-VS-168',
    'No labels of a caller',
    'These can’t be labels of a pod, so no caller has them.',
    tls(`match: [{sniHosts: [shop.example.com], sourceLabels: {a: 'b!'}}], ${TO}`),
    tls(`match: [{sniHosts: [shop.example.com], sourceLabels: {a: b}}], ${TO}`),
  ],
  [
    'V-VS-170',
    'A TLS rule without a route',
    'A connection that matches must go somewhere.',
    tls('match: [{sniHosts: [shop.example.com]}]'),
    tls(`match: [{sniHosts: [shop.example.com]}], ${TO}`),
  ],
  [
    'V-VS-181',
    'No subnet',
    'A subnet is an address, or one with a mask such as 10.0.0.0/8.',
    tcp(`match: [{destinationSubnets: [x]}], ${TO}`),
    tcp(`match: [{destinationSubnets: [10.0.0.0/8]}], ${TO}`),
  ],
  [
    'V-VS-182',
    'No port to match',
    'Ports go from 1 to 65535.',
    tcp(`match: [{port: 70000}], ${TO}`),
    tcp(`match: [{port: 3306}], ${TO}`),
  ],
  [
    'V-VS-183',
    'No labels of a caller',
    'These can’t be labels of a pod, so no caller has them.',
    tcp(`match: [{sourceLabels: {'': b}}], ${TO}`),
    tcp(`match: [{sourceLabels: {a: b}}], ${TO}`),
  ],
  [
    'V-VS-185',
    'A TCP rule without a route',
    'A connection that matches must go somewhere.',
    tcp('match: [{port: 80}]'),
    tcp(`match: [{port: 80}], ${TO}`),
  ],
]);
