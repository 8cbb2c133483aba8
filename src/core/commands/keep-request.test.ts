import { describe, expect, it } from 'vitest';
import { fileId } from '../base/ids.ts';
import { createSession } from '../workspace/index.ts';
import type { Session } from '../workspace/types.ts';
import { planGesture } from './plan-gesture.ts';
import type { GestureOf } from './types.ts';

const KEEP: GestureOf<'keepRequest'> = {
  kind: 'keepRequest',
  method: 'GET',
  url: 'http://reviews:9080/0',
  from: 'default/app=web',
  headers: [['end-user', 'jason']],
  expect: { status: 200, cluster: 'outbound|9080|v2|reviews.default.svc.cluster.local' },
};

function sessionOf(text: string): Session {
  const session = createSession();
  session.transact({ origin: 'import', label: 'Open', at: 0, addFiles: [{ id: fileId('a.yaml'), text }] });
  return session;
}
function keep(session: Session): string {
  const plan = planGesture(session.projection(), KEEP);
  if (plan.kind === 'refused') throw new Error(plan.message);
  const done = session.transact({ origin: 'panel', at: 1, ...plan.value });
  if (done.kind === 'refused') throw new Error(done.message);
  return session.projection().files.at(-1)?.text ?? '';
}

describe('planGesture keepRequest', () => {
  it('makes a Scenario in a file of its own where there is none, and adds to it from then on', () => {
    const session = sessionOf('# nothing\n');
    const text = keep(session);
    expect(text).toBe(`apiVersion: meshwright/v1
kind: Scenario
metadata:
  name: requests
spec:
  tests:
  - name: "GET reviews:9080/0 with end-user: jason"
    from: default/app=web
    url: http://reviews:9080/0
    headers:
      end-user: jason
    expect:
      status: 200
      cluster: outbound|9080|v2|reviews.default.svc.cluster.local
`);
    expect(session.projection().files.map(({ id }) => id)).toEqual(['a.yaml', 'scenario.yaml']);
    expect(keep(session).startsWith(text)).toBe(true);
    expect(keep(session).match(/- name:/g)).toHaveLength(3);
    session.undo();
    expect(
      session
        .projection()
        .files.at(-1)
        ?.text.match(/- name:/g),
    ).toHaveLength(2);
  });

  it('adds to the Scenario that is there, and leaves the rest of it alone', () => {
    const scenario = 'apiVersion: meshwright/v1\nkind: Scenario\nspec:\n  seed: 7 # mine\n';
    expect(keep(sessionOf(scenario)).startsWith(`${scenario}  tests:\n`)).toBe(true);
  });
});
