import { describe, expect, it } from 'vitest';
import { fileId, resourceId } from '../base/ids.ts';
import { createSession } from '../workspace/index.ts';
import type { Session } from '../workspace/index.ts';
import { BOOKINFO, EXTERNAL, REVIEWS, REVIEWS_RULE } from '../workspace/testing/bookinfo.ts';
import { planGesture } from './plan-gesture.ts';
import type { Gesture } from './types.ts';

const A = fileId('a.yaml');
const open = (text = BOOKINFO) => createSession({ files: [{ id: A, text }] });
const textOf = (session: Session) => session.projection().files[0]?.text ?? '';

/** Plans and does a gesture; gives the lines that went and came, `-`/`+`, or the refusal's code. */
function run(session: Session, gesture: Gesture): string | string[] {
  const before = textOf(session);
  const plan = planGesture(session.projection(), gesture);
  if (plan.kind === 'refused') return plan.code;
  const { label, changes, addFiles, selectAt } = plan.value;
  const done = session.transact({
    origin: 'canvas',
    label,
    at: 0,
    changes,
    selectAt,
    ...(addFiles ? { addFiles } : {}),
  });
  if (done.kind === 'refused') return done.code;
  const after = textOf(session);
  session.undo();
  expect(textOf(session)).toBe(before);
  session.redo();
  expect(textOf(session)).toBe(after);
  return lineDiff(before, after);
}

function lineDiff(before: string, after: string): string[] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  while (a.length > 0 && b.length > 0 && a[0] === b[0]) {
    a.shift();
    b.shift();
  }
  while (a.length > 0 && b.length > 0 && a.at(-1) === b.at(-1)) {
    a.pop();
    b.pop();
  }
  return [...a.map((line) => `-${line}`), ...b.map((line) => `+${line}`)];
}

const REVIEWS_ID = resourceId('VirtualService default/reviews');
const at = (session: Session, path: readonly (string | number)[], id = REVIEWS_ID) => {
  const source = session.projection().mesh.byId.get(id)?.source;
  if (source === undefined) throw new Error(`no ${id}`);
  return { ...source, path };
};
const split = (session: Session) => at(session, ['spec', 'http', 1]);

describe('setWeights', () => {
  it('writes only the digits that differ', () => {
    const session = open();
    const plan = planGesture(session.projection(), { kind: 'setWeights', rule: split(session), weights: [65, 35] });
    const edits = plan.kind === 'ok' ? plan.value.changes.get(A) : undefined;
    expect(edits?.map((edit) => [textOf(session).slice(edit.from, edit.to), edit.insert])).toEqual([
      ['60', '65'],
      ['40', '35'],
    ]);
    expect(run(session, { kind: 'setWeights', rule: split(session), weights: [60, 40] })).toEqual([]);
  });

  it('adds weights that are missing', () => {
    const session = open(REVIEWS.replace('\n      weight: 40', ''));
    expect(run(session, { kind: 'setWeights', rule: split(session), weights: [60, 40] })).toEqual([
      '+      weight: 40',
    ]);
  });

  it('refuses another count and a sum of nothing', () => {
    const session = open();
    expect(run(session, { kind: 'setWeights', rule: split(session), weights: [1] })).toBe('SHARE_COUNT');
    expect(run(session, { kind: 'setWeights', rule: split(session), weights: [0, 0] })).toBe('SHARE_SUM');
    expect(run(session, { kind: 'setWeights', rule: split(session), weights: [0.5, 1] })).toBe('SHARE_RANGE');
  });
});

describe('destinations', () => {
  it('gives a new destination no traffic and the only one before a weight', () => {
    const session = open();
    const rule = at(session, ['spec', 'http', 0]);
    expect(
      run(session, { kind: 'addDestination', rule, host: 'reviews.default.svc.cluster.local', subset: 'v3' }),
    ).toEqual([
      '+      weight: 100',
      '+    - destination:',
      '+        host: reviews',
      '+        subset: v3',
      '+      weight: 0',
    ]);
  });

  it('leaves the others as they are when they have weights', () => {
    const session = open();
    expect(
      run(session, { kind: 'addDestination', rule: split(session), host: 'reviews', subset: 'v2', weight: 10 }),
    ).toEqual(['+    - destination:', '+        host: reviews', '+        subset: v2', '+      weight: 10']);
  });

  it('refuses what is there already', () => {
    const session = open();
    expect(run(session, { kind: 'addDestination', rule: split(session), host: 'reviews', subset: 'v1' })).toBe(
      'THERE_ALREADY',
    );
  });

  it('removes one with its lines, and never the last', () => {
    const session = open();
    run(session, { kind: 'removeDestination', destination: at(session, ['spec', 'http', 1, 'route', 0]) });
    const gone = '    - destination:\n        host: reviews\n        subset: v1\n      weight: 60\n';
    expect(textOf(session)).toBe(BOOKINFO.replace(gone, ''));
    expect(run(session, { kind: 'removeDestination', destination: at(session, ['spec', 'http', 1, 'route', 0]) })).toBe(
      'LAST_DESTINATION',
    );
  });

  it('points a destination elsewhere', () => {
    const session = open();
    expect(run(session, { kind: 'connect', rule: split(session), index: 1, host: 'reviews', subset: 'v2' })).toEqual([
      '-        subset: v3',
      '+        subset: v2',
    ]);
    expect(run(session, { kind: 'connect', rule: split(session), index: 1, host: 'reviews', subset: 'v1' })).toBe(
      'THERE_ALREADY',
    );
    expect(run(session, { kind: 'connect', rule: split(session), index: 1, host: 'api.example.com' })).toEqual([
      '-        host: reviews',
      '-        subset: v2',
      '+        host: api.example.com',
    ]);
  });
});

describe('rules', () => {
  it('adds one in front of the rule that takes everything', () => {
    const session = open();
    expect(run(session, { kind: 'addRule', resource: REVIEWS_ID })).toEqual([
      '+  - match:',
      '+    - uri:',
      '+        prefix: /new',
      '+    route:',
      '+    - destination:',
      '+        host: reviews',
      '+        subset: v1',
    ]);
    const [selected] = session.projection().selection.ids;
    const rows = session.projection().graph.nodes.flatMap((node) => node.rows);
    expect(rows.find((row) => row.id === selected)?.name).toBe('Rule 2 of VirtualService default/reviews');
  });

  it('moves and removes', () => {
    const session = open();
    run(session, { kind: 'moveRule', rule: split(session), to: 0 });
    expect(textOf(session)).toContain('  http:\n  - route: # the split');
    expect(run(session, { kind: 'moveRule', rule: split(session), to: 2 })).toBe('NO_PLACE');
    run(session, { kind: 'removeRule', rule: split(session) });
    expect(textOf(session)).not.toContain('jason');
    expect(run(session, { kind: 'removeRule', rule: at(session, ['spec', 'http', 0]) })).toBe('LAST_RULE');
  });
});

describe('resources', () => {
  it('renames a gateway where it is named, in one step', () => {
    const text = BOOKINFO.replace('  - reviews\n  http', '  - reviews\n  gateways: [bookinfo, mesh]\n  http');
    const session = open(text);
    run(session, { kind: 'renameResource', resource: resourceId('Gateway default/bookinfo'), name: 'edge' });
    expect(textOf(session)).toBe(text.replaceAll('bookinfo', 'edge'));
  });

  it('refuses names that Kubernetes does not take or that are taken', () => {
    const session = open(`${BOOKINFO}---\n${EXTERNAL.replace('name: api', 'name: other')}`);
    const resource = resourceId('ServiceEntry default/api');
    expect(run(session, { kind: 'renameResource', resource, name: 'Not a name' })).toBe('BAD_NAME');
    expect(run(session, { kind: 'renameResource', resource, name: 'other' })).toBe('NAME_TAKEN');
  });

  it('deletes a document', () => {
    const session = open();
    run(session, { kind: 'deleteResource', resource: resourceId('DestinationRule default/reviews') });
    expect(textOf(session)).toBe(BOOKINFO.replace(`---\n${REVIEWS_RULE}`, ''));
    expect(session.projection().resources).toHaveLength(3);
  });

  it('duplicates a document with its comments, right behind it', () => {
    const session = open();
    run(session, { kind: 'duplicateResource', resource: REVIEWS_ID });
    const copy = REVIEWS.replace('name: reviews', 'name: reviews-copy');
    expect(textOf(session)).toBe(BOOKINFO.replace(REVIEWS, `${REVIEWS}---\n${copy}`));
  });

  it.each(['Gateway', 'VirtualService', 'DestinationRule', 'ServiceEntry'] as const)(
    'adds a %s that Istio takes',
    (kind) => {
      for (const text of ['', BOOKINFO]) {
        const session = open(text);
        run(session, { kind: 'addResource', resourceKind: kind });
        expect(textOf(session).startsWith(text)).toBe(true);
        const added = session.projection().resources.at(-1);
        expect(added).toMatchObject({ kind, apiVersion: 'networking.istio.io/v1', namespace: 'default', shape: [] });
        expect(session.projection().selection.ids).toHaveLength(1);
      }
    },
  );

  it('opens a file where there is none', () => {
    const session = createSession();
    expect(run(session, { kind: 'addResource', resourceKind: 'Gateway' })).toContain('+kind: Gateway');
    session.undo();
    expect(session.projection().files).toEqual([]);
  });

  it('follows the version and namespace that the workspace uses', () => {
    const text = BOOKINFO.replaceAll('istio.io/v1', 'istio.io/v1beta1').replaceAll(
      /^ {2}name: (\w+)$/gm,
      '  name: $1\n  namespace: shop',
    );
    const session = open(text);
    run(session, { kind: 'addResource', resourceKind: 'ServiceEntry' });
    expect(session.projection().resources.at(-1)).toMatchObject({
      apiVersion: 'networking.istio.io/v1beta1',
      namespace: 'shop',
    });
  });

  it('adds a subset', () => {
    const session = open();
    const host = 'reviews.default.svc.cluster.local';
    expect(run(session, { kind: 'addSubset', host, name: 'v4' })).toEqual([
      '+  - name: v4',
      '+    labels:',
      '+      version: v4',
    ]);
    expect(run(session, { kind: 'addSubset', host, name: 'v1' })).toBe('THERE_ALREADY');
  });
});

describe('fields', () => {
  it('sets a field in the type of its schema', () => {
    const session = open();
    expect(run(session, { kind: 'setField', at: at(session, ['spec', 'http', 1, 'timeout']), value: '5s' })).toEqual([
      '+    timeout: 5s',
    ]);
    expect(
      run(session, { kind: 'setField', at: at(session, ['spec', 'http', 1, 'retries', 'attempts']), value: '3' }),
    ).toEqual(['+    retries:', '+      attempts: 3']);
    expect(run(session, { kind: 'setField', at: at(session, ['spec', 'http', 1, 'name']), value: 7 })).toEqual([
      '+    name: "7"',
    ]);
    expect(
      run(session, { kind: 'setField', at: at(session, ['spec', 'http', 1, 'retries', 'attempts']), value: 'x' }),
    ).toBe('WRONG_TYPE');
  });

  it('adds an item one past the end of a list, and no further', () => {
    const session = open();
    expect(
      run(session, { kind: 'setField', at: at(session, ['spec', 'hosts', 1]), value: 'reviews.example.com' }),
    ).toEqual(['+  - reviews.example.com']);
    expect(run(session, { kind: 'setField', at: at(session, ['spec', 'hosts', 5]), value: 'x' })).toBe('NO_ITEM');
  });

  it('removes a field', () => {
    const session = open();
    expect(run(session, { kind: 'removeField', at: at(session, ['spec', 'http', 1, 'route', 0, 'weight']) })).toEqual([
      '-      weight: 60',
    ]);
    expect(run(session, { kind: 'removeField', at: at(session, ['spec', 'nothing']) })).toBe('NO_FIELD');
  });
});

describe('refusals', () => {
  it('wants a broken document mended first, and says where', () => {
    const session = open(BOOKINFO);
    const rule = split(session);
    const from = textOf(session).indexOf('60');
    session.transact({
      origin: 'type',
      label: 'Type',
      at: 0,
      changes: new Map([[A, [{ from, to: from + 2, insert: '[' }]]]),
    });
    const plan = planGesture(session.projection(), { kind: 'setWeights', rule, weights: [1, 2] });
    expect(plan).toMatchObject({ kind: 'refused', code: 'FIX_FIRST' });
    expect(plan.kind === 'refused' && plan.message).toMatch(/^Fix line \d+ of a\.yaml first\.$/);
    expect(run(session, { kind: 'deleteResource', resource: resourceId('Gateway default/bookinfo') })).not.toBe(
      'FIX_FIRST',
    );
  });

  it('refuses what is gone', () => {
    const session = open();
    const rule = split(session);
    session.transact({ origin: 'command', label: 'Close', at: 0, removeFiles: [A] });
    expect(run(session, { kind: 'setWeights', rule, weights: [1, 2] })).toBe('GONE');
    expect(run(session, { kind: 'deleteResource', resource: REVIEWS_ID })).toBe('GONE');
  });
});
