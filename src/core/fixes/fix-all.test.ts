import { describe, expect, it } from 'vitest';
import { fileId } from '../base/ids.ts';
import { createSession } from '../workspace/index.ts';
import { fixAll } from './fix-all.ts';
import { fixesFor } from './fixes-for.ts';
import { distance, meant, ranked } from './nearest.ts';
import { lineDiff } from './testing/mend.ts';
import { judgeAll, verifyFix } from './verify.ts';

const service = (name: string, weights: readonly [number, number]): string => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: ${name}
spec:
  hosts:
  - ${name}
  http:
  - route:
    - destination:
        host: ${name}
      weight: ${weights[0]} # mine
    - destination:
        host: other
      weight: ${weights[1]}
`;
const ports = (...names: readonly string[]): string => `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
${names.map((name, index) => `  - name: ${name}\n    port: ${80 + index}`).join('\n')}
`;
const open = (files: Readonly<Record<string, string>>) =>
  createSession({ files: Object.entries(files).map(([name, text]) => ({ id: fileId(name), text })) });

describe('fixAll', () => {
  it('mends every place of every file in one step, and undo takes all of it back', () => {
    const texts = { 'a.yaml': `${service('a', [0, 0])}---\n${service('b', [0, 0])}`, 'b.yaml': service('c', [0, 0]) };
    const session = open(texts);
    const plan = fixAll(session.projection(), 'V-VS-144');
    if (plan.kind === 'refused') throw new Error(plan.message);
    expect(plan.value.label).toBe('Share evenly: 50/50 (3 times)');
    session.transact({ ...plan.value, origin: 'quickfix', at: 0 });
    expect(judgeAll(session.projection()).filter(({ code }) => code === 'V-VS-144')).toEqual([]);
    const after = session.projection().files.map(({ text }) => text);
    expect(lineDiff(texts['b.yaml'], after[1] ?? '')).toEqual([
      '-      weight: 0 # mine',
      '+      weight: 50 # mine',
      '-      weight: 0',
      '+      weight: 50',
    ]);
    session.undo();
    expect(session.projection().files.map(({ text }) => text)).toEqual(Object.values(texts));
  });

  it('takes the first choice of the first one where none is safe', () => {
    const session = open({ 'a.yaml': ports('one', 'two') });
    const plan = fixAll(session.projection(), 'IST0118');
    if (plan.kind === 'refused') throw new Error(plan.message);
    expect(plan.value.label).toBe('Say appProtocol: http (2 times)');
  });

  it('refuses where there is nothing to mend', () => {
    const session = open({ 'a.yaml': service('a', [50, 50]) });
    expect(fixAll(session.projection(), 'V-VS-144')).toMatchObject({ kind: 'refused', code: 'NO_FIX' });
  });
});

describe('verifyFix', () => {
  const session = open({ 'a.yaml': service('a', [0, 0]) });
  const projection = session.projection();
  const [problem] = judgeAll(projection).filter(({ code }) => code === 'V-VS-144');
  if (problem === undefined) throw new Error('There is no problem.');
  const { text } = projection.files[0] ?? { text: '' };
  const edit = (from: string, insert: string) => {
    const at = text.indexOf(from);
    const changes = new Map([[fileId('a.yaml'), [{ from: at, to: at + from.length, insert }]]]);
    return { label: '', changes, notes: [] };
  };

  it('takes what cures the problem and brings no other', () => {
    expect(verifyFix(projection, problem, edit('weight: 0', 'weight: 5')).kind).toBe('ok');
  });

  it('refuses what leaves the problem, brings another, or breaks the text', () => {
    expect(verifyFix(projection, problem, edit('# mine', '# yours'))).toMatchObject({ code: 'NOT_CURED' });
    expect(verifyFix(projection, problem, edit('weight: 0', 'weight: -1'))).toMatchObject({ code: 'NEW_PROBLEM' });
    expect(verifyFix(projection, problem, edit('weight: 0', 'weight: ['))).toMatchObject({ code: 'BREAKS' });
  });

  it('offers nothing for problems that are gone', () => {
    const gone = { ...problem, source: { ...problem.source, path: ['spec', 'http', 7, 'route'] } };
    expect(fixesFor(projection, gone)).toEqual([]);
  });
});

describe('nearest', () => {
  it('counts letters that are put in, taken out, changed or swapped', () => {
    expect(['reviews', 'reviwes', 'review', 'Reviews', 'ratings'].map((word) => distance('reviews', word))).toEqual([
      0, 1, 1, 0, 4,
    ]);
  });

  it('finds what a mistyped word may have meant, nearest first', () => {
    expect(meant('timeuot', ['retries', 'timeout', 'fault'])).toEqual(['timeout']);
    expect(ranked('v2', ['v1', 'v2', 'v3'], (one) => one)).toEqual(['v2', 'v1', 'v3']);
  });
});
