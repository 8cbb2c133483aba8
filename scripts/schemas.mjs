// Makes src/core/checks/schema/crds.json from Istio's CRDs: node scripts/schemas.mjs CRD_FILE.yaml
// Descriptions are dropped; the first version stands for all, since they differ in nothing else (checked).
import { readFileSync, writeFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { root } from './lib/run.mjs';

const kept = new Set([
  'type',
  'properties',
  'required',
  'items',
  'minimum',
  'maximum',
  'format',
  'nullable',
  'anyOf',
  'oneOf',
  'allOf',
  'not',
  'enum',
  'additionalProperties',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'maxProperties',
  'pattern',
  'default',
]);
const renamed = {
  'x-kubernetes-validations': 'rules',
  'x-kubernetes-int-or-string': 'intOrString',
  'x-kubernetes-preserve-unknown-fields': 'open',
  'x-kubernetes-list-map-keys': 'listKeys',
};

function slim(schema) {
  const out = {};
  for (const [key, value] of Object.entries(schema)) {
    if (renamed[key])
      out[renamed[key]] = key === 'x-kubernetes-validations' ? value.map((rule) => [rule.rule, rule.message]) : value;
    else if (!kept.has(key)) continue;
    else if (key === 'properties')
      out[key] = Object.fromEntries(Object.entries(value).map(([name, child]) => [name, slim(child)]));
    else if (['anyOf', 'oneOf', 'allOf'].includes(key)) out[key] = value.map(slim);
    else if (['items', 'not', 'additionalProperties'].includes(key))
      out[key] = typeof value === 'object' ? slim(value) : value;
    else out[key] = value;
  }
  return out;
}

const kinds = {};
for (const document of parseAllDocuments(readFileSync(process.argv[2], 'utf8'))) {
  const crd = document.toJS();
  if (crd?.kind !== 'CustomResourceDefinition') continue;
  const versions = crd.spec.versions.map((version) => slim(version.schema.openAPIV3Schema));
  const { metadata: _metadata, status: _status, ...properties } = versions[0].properties;
  const shape = { ...versions[0], properties };
  if (versions.some((version) => JSON.stringify(version.properties.spec) !== JSON.stringify(properties.spec)))
    throw new Error(`${crd.spec.names.kind}: versions differ`);
  kinds[`${crd.spec.group}/${crd.spec.names.kind}`] = {
    versions: crd.spec.versions.map((version) => version.name),
    schema: shape,
  };
}

// Equal parts are written once: a string in place of a schema names one of `parts`.
const seen = new Map();
const count = (node) => {
  if (node === null || typeof node !== 'object') return;
  const text = JSON.stringify(node);
  seen.set(text, (seen.get(text) ?? 0) + 1);
  Object.values(node).forEach(count);
};
count(kinds);
const parts = {};
const names = new Map();
const isSchema = (node) =>
  node !== null &&
  typeof node === 'object' &&
  !Array.isArray(node) &&
  (typeof node.type === 'string' || node.intOrString);
function share(node) {
  if (node === null || typeof node !== 'object') return node;
  if (Array.isArray(node)) return node.map(share);
  const text = JSON.stringify(node);
  const worth = isSchema(node) && (seen.get(text) ?? 0) > 1 && text.length > 60;
  if (worth && names.has(text)) return { $: names.get(text) };
  const out = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, share(value)]));
  if (!worth) return out;
  const name = `p${names.size}`;
  names.set(text, name);
  parts[name] = out;
  return { $: name };
}
const shared = share(kinds);
const json = JSON.stringify({ parts, kinds: shared });
writeFileSync(`${root}src/core/checks/schema/crds.json`, `${json}\n`);
console.log(`${Object.keys(kinds).length} kinds, ${Math.round(json.length / 1024)} KB`);
