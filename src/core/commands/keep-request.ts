import { fileId } from '../base/ids.ts';
import { ok } from '../base/result.ts';
import type { PlanResult, Projection } from '../workspace/types.ts';
import { printBlock } from '../yaml/index.ts';
import type { JsonObject } from '../yaml/types.ts';
import { isList, valueAt } from '../yaml/model.ts';
import { planSetField } from './set-field.ts';
import type { GestureOf } from './types.ts';

const FILE = 'scenario.yaml';

/**
 * Keeps a request with the outcome that is expected, as the last of the first Scenario's `tests`. Where there is no Scenario, one comes
 * into a file of its own, since it is no part of what goes to the cluster. Refuses where the Scenario's document can't be edited.
 */
export function planKeepRequest(projection: Projection, gesture: GestureOf<'keepRequest'>): PlanResult {
  const label = 'Keep the request';
  const test = testOf(gesture);
  const scenario = projection.mesh.byKind.get('Scenario')?.[0];
  if (!scenario) {
    const value = {
      apiVersion: 'meshwright/v1',
      kind: 'Scenario',
      metadata: { name: 'requests' },
      spec: { tests: [test] },
    };
    const text = printBlock(value, { step: 2, compactSequences: true, column: 0, eol: '\n' });
    return ok({ label, changes: new Map(), addFiles: [{ id: freeFile(projection), text: `${text}\n` }], notes: [] });
  }
  const tests = valueAt(scenario.value, ['spec', 'tests']);
  const index = tests !== undefined && isList(tests) ? tests.length : 0;
  const at = { ...scenario.source, path: [...scenario.source.path, 'spec', 'tests', index] };
  const plan = planSetField(projection, { kind: 'setField', at, value: test });
  return plan.kind === 'refused' ? plan : ok({ ...plan.value, label });
}

function testOf({ method, url, from, headers, expect }: GestureOf<'keepRequest'>): JsonObject {
  const sent = headers.filter(([name]) => name.trim() !== '');
  const brief = url.replace(/^https?:\/\//, '');
  const first = sent[0];
  return {
    name: `${method} ${brief}${first ? ` with ${first[0]}: ${first[1]}` : ''}`,
    from,
    url,
    ...(method === 'GET' ? {} : { method }),
    ...(sent.length === 0 ? {} : { headers: Object.fromEntries(sent) }),
    expect,
  };
}

function freeFile(projection: Projection): ReturnType<typeof fileId> {
  const taken = new Set<string>(projection.files.map(({ id }) => id));
  let name = FILE;
  for (let count = 2; taken.has(name); count += 1) name = FILE.replace('.', `-${count}.`);
  return fileId(name);
}
