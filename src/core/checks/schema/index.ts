import type { JsonObject } from '../../yaml/types.ts';
import { schemaFor } from './crds.ts';
import { structureProblems } from './structure.ts';
import type { SchemaProblem } from './types.ts';

export type { SchemaProblem } from './types.ts';

/**
 * Why the API server refuses an object of one of Istio's kinds: its CRD's structure and CEL rules. Empty where it accepts it, and for kinds
 * that no CRD of Istio serves. Metadata is not judged. Source: the CRDs of the pinned release (`scripts/schemas.mjs`).
 */
export function schemaProblems(object: JsonObject): readonly SchemaProblem[] {
  const group = String(object['apiVersion'] ?? '').split('/')[0] ?? '';
  const schema = schemaFor(object);
  if (!schema) {
    return group.endsWith('istio.io')
      ? [
          {
            code: 'SCHEMA-TYPE',
            path: ['kind'],
            message: `${String(object['kind'])} in ${String(object['apiVersion'])} is no kind of Istio`,
          },
        ]
      : [];
  }
  const { apiVersion: _apiVersion, kind: _kind, metadata: _metadata, status: _status, ...judged } = object;
  return structureProblems(judged, schema, []);
}
