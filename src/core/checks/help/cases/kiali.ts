import { dr, gw, object, se, TO_WEB, vs, WEB } from './documents.ts';
import { cases } from './types.ts';

const ROUTE = `hosts: [web], http: [{${TO_WEB}`;
const SHOP = object('Namespace', 'default', undefined, { metadata: 'labels: {team: shop}' });

/** Kiali's checks that istioctl lacks. */
export const KIALI_CASES = cases([
  [
    'KIA0005',
    'An exportTo namespace that is not there',
    'Nobody sees the object there; mostly the name is misspelt.',
    SHOP + WEB + vs('default/web', `${ROUTE}}], exportTo: [shopp]`),
    SHOP + WEB + vs('default/web', `${ROUTE}}], exportTo: [default]`),
  ],
  [
    'KIA0201',
    'DestinationRules for one host and subset',
    'istiod merges the rules of a host: subsets of a name that was there before are left out, and of several traffic policies the first counts.',
    WEB +
      dr('default/one', 'host: web, subsets: [{name: v1, labels: {version: v1}}]') +
      dr('default/two', 'host: web, subsets: [{name: v1, labels: {version: v2}}]'),
    WEB + dr('default/one', 'host: web, subsets: [{name: v1, labels: {version: v1}}]'),
  ],
  [
    'KIA0209',
    'A subset without labels',
    'It holds all pods of the host, unless its ServiceEntry’s endpoints are meant.',
    WEB + dr('default/web', 'host: web, subsets: [{name: all}]'),
    WEB + dr('default/web', 'host: web, subsets: [{name: v1, labels: {version: v1}}]'),
  ],
  [
    'KIA0301',
    'Gateways with one host on one port',
    'The servers of all Gateways of a workload are put together; where hosts overlap, one of them answers.',
    gw('default/one', '{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.com]}') +
      gw('default/two', "{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*.example.com']}"),
    gw('default/one', '{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.com]}') +
      gw('default/two', '{port: {number: 80, name: http, protocol: HTTP}, hosts: [www.example.com]}'),
  ],
  [
    'KIA1102',
    'A VirtualService for a gateway that is not there',
    'The rules hold nowhere.',
    WEB + vs('default/web', `hosts: [web], gateways: [mesh], http: [{match: [{gateways: [ghost]}], ${TO_WEB}}]`),
    WEB + vs('default/web', `hosts: [web], gateways: [mesh], http: [{match: [{gateways: [mesh]}], ${TO_WEB}}]`),
  ],
  [
    'KIA1104',
    'A weight on a single destination',
    'One destination gets every request, whatever its weight.',
    WEB + vs('default/web', 'hosts: [web], http: [{route: [{destination: {host: web}, weight: 50}]}]'),
    WEB + vs('default/web', 'hosts: [web], http: [{route: [{destination: {host: web}}]}]'),
  ],
  [
    'KIA1105',
    'One destination twice in a route',
    'Its shares add up; mostly another subset was meant.',
    WEB +
      vs(
        'default/web',
        'hosts: [web], http: [{route: [{destination: {host: web}, weight: 50}, {destination: {host: web}, weight: 50}]}]',
      ),
    WEB + vs('default/web', 'hosts: [web], http: [{route: [{destination: {host: web}}]}]'),
  ],
  [
    'KIA1106',
    'VirtualServices with one host on one gateway',
    'Their rules are put one behind the other, in an order that hangs on when they were made.',
    WEB +
      gw('default/edge', '{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.com]}') +
      ['one', 'two']
        .map((name) =>
          vs(
            `default/${name}`,
            `hosts: [shop.example.com], gateways: [edge], http: [{match: [{uri: {prefix: /${name}}}], ${TO_WEB}}]`,
          ),
        )
        .join(''),
    WEB +
      gw('default/edge', '{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.com]}') +
      vs('default/one', `hosts: [shop.example.com], gateways: [edge], http: [{${TO_WEB}}]`),
  ],
  [
    'KIA1211',
    'ServiceEntries with one host and port',
    'One of them is used, or their endpoints are mixed.',
    ['one', 'two']
      .map((name) =>
        se(
          `default/${name}`,
          'hosts: [api.example.com], ports: [{number: 443, name: tls, protocol: TLS}], resolution: DNS',
        ),
      )
      .join(''),
    se('default/one', 'hosts: [api.example.com], ports: [{number: 443, name: tls, protocol: TLS}], resolution: DNS'),
  ],
]);
