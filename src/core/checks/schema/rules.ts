import type { Json, JsonArray, JsonObject, YamlPath } from '../../yaml/types.ts';
import { durationNs } from '../../istio/duration.ts';
import type { SchemaProblem } from './types.ts';

// A value has passed its schema when a rule sees it, so what a rule reads has the type that the rule expects.
const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const object = (value: Json): JsonObject => (isObject(value) ? value : {});
const array = (value: Json | undefined): JsonArray => (Array.isArray(value) ? value : []);
const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const has = (value: Json, key: string): boolean => Object.hasOwn(object(value), key);
const atMostOne =
  (...keys: string[]) =>
  (value: Json): boolean =>
    keys.filter((key) => has(value, key)).length <= 1;
const keysOf = (value: Json): string[] => Object.keys(object(value));
const port = (value: number): boolean => value > 0 && value <= 65_535;

/** By the CEL expression as Istio writes it: whether a value keeps the rule. A rule that is not here is not judged. */
const judges: Readonly<Record<string, (value: Json) => boolean>> = {
  "duration(self) >= duration('1ms')": (value) => (durationNs(text(value)) ?? -1n) >= 1_000_000n,
  '0 < self && self <= 65535': (value) => port(Number(value)),
  '!self.contains("*")': (value) => !text(value).includes('*'),
  'self.all(key, !key.contains("*"))': (value) => keysOf(value).every((key) => !key.includes('*')),
  'self.all(key, key.size() != 0)': (value) => keysOf(value).every((key) => key !== ''),
  'self.size() == 0': (value) => text(value) === '',
  '(has(self.valueFrom) ? self.valueFrom : "") != "HOST" || !has(self.value)': (value) =>
    object(value)['valueFrom'] !== 'HOST' || !has(value, 'value'),
  '(has(self.tlsCertificates) ? 1 : 0) + (has(self.credentialNames) ? 1 : 0) <= 1': atMostOne(
    'tlsCertificates',
    'credentialNames',
  ),
  '(has(self.credentialName) ? 1 : 0) + (has(self.credentialNames) ? 1 : 0) <= 1': atMostOne(
    'credentialName',
    'credentialNames',
  ),
  '(has(self.credentialNames) ? 1 : 0) + (has(self.tlsCertificates) ? 1 : 0) <= 1': atMostOne(
    'credentialNames',
    'tlsCertificates',
  ),
  'self.startsWith("unix://") ? (self.substring(7, 8) == "/" || self.substring(7, 8) == "@") : true': (value) =>
    !text(value).startsWith('unix://') || /^unix:\/\/[/@]/.test(text(value)),
  'self.startsWith("unix://") ? !self.endsWith("/") : true': (value) =>
    !text(value).startsWith('unix://') || !text(value).endsWith('/'),
  'self.all(key, size(key) < 63 && key.matches("^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$"))': (value) =>
    keysOf(value).every((key) => key.length < 63 && /^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$/.test(key)),
  'has(self.address) || has(self.network)': (value) => has(value, 'address') || has(value, 'network'),
  '(has(self.address) ? self.address : "").startsWith("unix://") ? !has(self.ports) : true': (value) =>
    !text(object(value)['address']).startsWith('unix://') || !has(value, 'ports'),
  '(has(self.selector) ? 1 : 0) + (has(self.targetRefs) ? 1 : 0) <= 1': atMostOne('selector', 'targetRefs'),
  'has(self.wasm) != has(self.lua)': (value) => has(value, 'wasm') !== has(value, 'lua'),
  '(has(self.selector) ? 1 : 0) + (has(self.targetRef) ? 1 : 0) + (has(self.targetRefs) ? 1 : 0) <= 1': atMostOne(
    'selector',
    'targetRef',
    'targetRefs',
  ),
  '(has(self.workloadSelector) ? 1 : 0) + (has(self.targetRefs) ? 1 : 0) <= 1': atMostOne(
    'workloadSelector',
    'targetRefs',
  ),
  'has(self.context) ? ((self.context == "WAYPOINT") ? has(self.waypoint) : !has(self.waypoint)) : !has(self.waypoint)':
    (value) => (object(value)['context'] === 'WAYPOINT') === has(value, 'waypoint'),
  '(has(self.workloadSelector) ? 1 : 0) + (has(self.endpoints) ? 1 : 0) <= 1': atMostOne(
    'workloadSelector',
    'endpoints',
  ),
  '!((has(self.addresses) ? self.addresses : []).exists(k, k.contains("/")) && !((has(self.resolution) ? self.resolution : "NONE") in ["STATIC", "NONE"]))':
    (value) =>
      !array(object(value)['addresses']).some((address) => text(address).includes('/')) ||
      ['STATIC', 'NONE'].includes(text(object(value)['resolution'] ?? 'NONE')),
  '((has(self.resolution) ? self.resolution : "NONE") == "NONE") ? !has(self.endpoints) : true': (value) =>
    text(object(value)['resolution'] ?? 'NONE') !== 'NONE' || !has(value, 'endpoints'),
  '((has(self.resolution) ? self.resolution : "") == "DNS_ROUND_ROBIN") ? ((has(self.endpoints) ? self.endpoints : []).size() <= 1) : true':
    (value) => object(value)['resolution'] !== 'DNS_ROUND_ROBIN' || array(object(value)['endpoints']).length <= 1,
  'self != "*"': (value) => value !== '*',
  'self.all(l1, self.exists_one(l2, l1.number == l2.number))': (value) => {
    const numbers = array(value).map((item) => object(item)['number']);
    return new Set(numbers).size === numbers.length;
  },
  'self in ["", "HTTP", "HTTPS"]': (value) => ['', 'HTTP', 'HTTPS'].includes(text(value)),
  '(has(self.serviceAccounts) || has(self.notServiceAccounts)) ? (!has(self.principals) &&\n!has(self.notPrincipals) && !has(self.namespaces) && !has(self.notNamespaces)) : true':
    (value) =>
      !(has(value, 'serviceAccounts') || has(value, 'notServiceAccounts')) ||
      !['principals', 'notPrincipals', 'namespaces', 'notNamespaces'].some((key) => has(value, key)),
  'has(self.portLevelMtls) ? (((has(self.selector) && has(self.selector.matchLabels)) ? self.selector.matchLabels : {}).size() > 0) : true':
    (value) =>
      !has(value, 'portLevelMtls') ||
      keysOf(object(object(value)['selector'] ?? null)['matchLabels'] ?? null).length > 0,
  'self.all(key, 0 < int(key) && int(key) <= 65535)': (value) =>
    keysOf(value).every((key) => /^[+-]?\d+$/.test(key) && port(Number(key))),
  '(has(self.jwksUri) ? 1 : 0) + (has(self.jwks_uri) ? 1 : 0) + (has(self.jwks) ? 1 : 0) <= 1': atMostOne(
    'jwksUri',
    'jwks_uri',
    'jwks',
  ),
  '((has(self.operation) ? self.operation : "") == "UPSERT") ? (self.value != "") : true': (value) =>
    object(value)['operation'] !== 'UPSERT' || (has(value, 'value') && object(value)['value'] !== ''),
  '((has(self.operation) ? self.operation : "") == "REMOVE") ? !has(self.value) : true': (value) =>
    object(value)['operation'] !== 'REMOVE' || !has(value, 'value'),
};

/** The CEL rules that a value breaks. The value has the structure that its schema asks for. Source: the CRDs of Istio, rule by rule. */
export function brokenRules(
  value: Json,
  rules: readonly (readonly [string, string])[],
  path: YamlPath,
): SchemaProblem[] {
  return rules
    .filter(([rule]) => judges[rule]?.(value) === false)
    .map(([, message]) => ({ code: 'SCHEMA-RULE' as const, path, message }));
}

/** Whether a rule of the CRDs is judged here: for the test that none was forgotten unnoticed. */
export const isJudged = (rule: string): boolean => rule in judges;
