/* Specs around the part that a rule is about, in YAML's flow style, so that an example fits on a line. */

export const TO = 'route: [{destination: {host: shop.example.com}}]';
export const PLAIN = 'port: {number: 80, name: p, protocol: HTTP}';
export const PORT = 'ports: [{number: 80, name: p, protocol: HTTP}]';

export const http = (rest: string): string => `hosts: [shop.example.com], http: [{${rest}}]`;
export const routed = (rest: string): string => http(`${TO}, ${rest}`);
export const match = (rest: string): string => routed(`match: [{${rest}}]`);
export const headers = (rest: string): string => routed(`headers: {${rest}}`);
export const fault = (rest: string): string => routed(`fault: {${rest}}`);
export const tls = (rest: string): string => `hosts: [shop.example.com], tls: [{${rest}}]`;
export const tcp = (rest: string): string => `hosts: [shop.example.com], tcp: [{${rest}}]`;

export const policy = (rest: string): string => `host: shop.example.com, trafficPolicy: {${rest}}`;
export const pool = (rest: string): string => policy(`connectionPool: {${rest}}`);
export const hash = (rest: string): string => policy(`loadBalancer: {consistentHash: {${rest}}}`);
export const locality = (rest: string): string =>
  policy(`outlierDetection: {}, loadBalancer: {localityLbSetting: {${rest}}}`);
export const zones = (rest: string): string =>
  policy(`outlierDetection: {}, loadBalancer: {zoneAwareLbSetting: {${rest}}}`);

export const server = (rest: string, port = 'port: {number: 443, name: s, protocol: HTTPS}'): string =>
  `servers: [{${port}, hosts: [shop.example.com], ${rest}}]`;
export const secured = (rest: string): string => server(`tls: {${rest}}`);

export const entry = (rest: string): string => `hosts: [shop.example.com], ${PORT}, ${rest}`;
export const ingress = (rest: string): string => `ingress: [{port: {number: 80, name: p, protocol: HTTP}, ${rest}}]`;
export const egress = (rest: string): string => `egress: [{hosts: ['./*'], ${rest}}]`;
export const probe = (rest: string): string => `template: {}, probe: {${rest}}`;
export const filters = (rest: string): string => `configPatches: [{${rest}}]`;
