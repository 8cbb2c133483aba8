import type { Resource } from '../../istio/types.ts';
import type { Mesh } from '../../mesh/types.ts';
import { proxyOfText, requestOfForm } from '../../routing/request-text.ts';
import type { RequestForm } from '../../routing/request-text.ts';
import type { Engine, Outcome } from '../../routing/types.ts';
import type { Json, JsonObject } from '../../yaml/types.ts';
import type { KeptRequest } from './types.ts';
import { clusterLabel } from './way.ts';

const object = (value: Json | undefined): JsonObject =>
  // Arrays are out, so what is left of the JSON types is an object.
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
// A cast because Array.isArray does not narrow readonly arrays.
const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);
const text = (value: Json | undefined): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

interface Expected {
  readonly status?: number | undefined;
  readonly cluster?: string | undefined;
}

function formOf(entry: JsonObject): RequestForm {
  const headers = Object.entries(object(entry['headers'])).map(([name, value]) => [name, text(value)] as const);
  return { method: text(entry['method']) || 'GET', url: text(entry['url']), from: text(entry['from']), headers };
}

function words({ status, cluster }: Expected): string {
  const what = status === undefined || status === 0 ? 'connected' : String(status);
  return cluster === undefined ? what : `${what} from ${clusterLabel(cluster)}`;
}

/** The outcomes that no other is likelier than. */
function likeliest(outcomes: readonly Outcome[]): readonly Outcome[] {
  const most = Math.max(...outcomes.map(({ probability }) => probability));
  return outcomes.filter(({ probability }) => probability > most - 1e-9);
}

function judged(scenario: Resource, index: number, entry: JsonObject, engine: Engine): KeptRequest {
  const form = formOf(entry);
  const wants = object(entry['expect']);
  const status = typeof wants['status'] === 'number' ? wants['status'] : undefined;
  const expected: Expected = { status, cluster: text(wants['cluster']) || undefined };
  const request = requestOfForm(form);
  const at = { ...scenario.source, path: [...scenario.source.path, 'spec', 'tests', index] };
  const name = text(entry['name']) || `${form.method} ${form.url}`;
  if (request.kind === 'refused')
    return { name, form, passes: false, expected: words(expected), now: request.message, at };
  const found = likeliest(engine.decide(proxyOfText(form.from), request.value).outcomes);
  const fits = (outcome: Outcome): boolean =>
    (expected.status === undefined || outcome.status === expected.status) && outcome.cluster === expected.cluster;
  const now = found[0];
  return {
    name,
    form,
    passes: found.some(fits),
    expected: words(expected),
    now: now?.error ?? (now === undefined ? 'nothing' : words(now)),
    at,
  };
}

/** The requests that the Scenario documents of a mesh keep, each with what becomes of it now. Entries that are no objects are left out. */
export function keptRequests(mesh: Mesh, engine: Engine): readonly KeptRequest[] {
  return (mesh.byKind.get('Scenario') ?? []).flatMap((scenario) =>
    list(object(scenario.value['spec'])['tests']).flatMap((entry, index) =>
      Object.keys(object(entry)).length === 0 ? [] : [judged(scenario, index, object(entry), engine)],
    ),
  );
}
