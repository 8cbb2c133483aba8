import { beforeEach, describe, expect, it } from 'vitest';
import { fileId } from '../../core/base/ids.ts';
import { createFindings } from '../../core/workspace/findings.ts';
import { createSession } from '../../core/workspace/index.ts';
import { WEB } from '../../core/workspace/testing/samples.ts';
import type { Problem, Session } from '../../core/workspace/types.ts';
import { ProblemTeller } from './problem-teller.ts';
import type { FromWorker, ProblemsDelta } from './protocol.ts';

const FILE = fileId('a.yaml');
const TEXT = `${WEB}---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: web}
spec:
  hosts: [web]
  http:
  - route: [{destination: {host: web}, weight: 7}]
`;

let session: Session;
let teller: ProblemTeller;
let turns: (() => void)[];
let isBusy: boolean;
let now: number;
let posted: ProblemsDelta[];
/** The problems as a page has them that took in everything in order. */
let page: readonly Problem[];

function take(delta: ProblemsDelta): void {
  if (!delta.problems) return;
  const { from, to, items } = delta.problems;
  page = [...page.slice(0, from), ...items, ...page.slice(to)];
}
function post(message: FromWorker): void {
  if (message.kind !== 'problems') return;
  posted.push(message);
  take(message);
}
const follow = (): ProblemsDelta => {
  const delta = teller.follow(session.projection());
  take(delta);
  return delta;
};
/** Lets what waits go on, until nothing waits any more. */
const settle = (most = 200): void => {
  for (let count = 0; count < most; count += 1) turns.shift()?.();
};
function replace(from: string, to: string): void {
  const at = session.projection().files[0]?.text.indexOf(from) ?? -1;
  const changes = new Map([[FILE, [{ from: at, to: at + from.length, insert: to }]]]);
  session.transact({ origin: 'type', label: 'Type', at: 0, changes });
}
const codes = (): readonly string[] => page.map(({ code }) => code);

beforeEach(async () => {
  session = createSession({ files: [{ id: FILE, text: TEXT }] });
  [turns, isBusy, now, posted, page] = [[], false, 0, [], []];
  teller = new ProblemTeller(async () => createFindings(), {
    post,
    now: () => now,
    isBusy: () => isBusy,
    later: (then) => void turns.push(then),
    after: (_ms, then) => void turns.push(then),
    cancel: () => undefined,
  });
  follow();
  await Promise.resolve();
  settle();
});

describe('ProblemTeller', () => {
  it('tells of problems after the view, and takes them back when they are mended', () => {
    expect(codes()).toEqual(['KIA1104']);
    replace('host: web', 'host: wob');
    expect(follow().problems).toBeUndefined();
    settle();
    expect(codes()).toEqual(['IST0101', 'KIA1104']);
    replace('host: wob', 'host: web');
    follow();
    settle();
    expect(codes()).toEqual(['KIA1104']);
  });

  it('tells with the view itself what went with its document', () => {
    replace(TEXT.slice(TEXT.indexOf('---')), '');
    follow();
    expect(codes()).toEqual([]);
  });

  it('tells where documents stand when lines above them come, and nothing of the problems', () => {
    replace('apiVersion: v1', '# above\napiVersion: v1');
    const delta = follow();
    expect(delta.problems).toBeUndefined();
    expect(delta.problemPlaces?.from[0]).toBe(session.projection().slots[1]?.from);
  });

  it('lets messages that wait go first, but not for long', () => {
    replace('host: web', 'host: wob');
    follow();
    isBusy = true;
    settle(3);
    expect(codes()).toEqual(['KIA1104']);
    now += 300;
    settle(3);
    expect(codes()).toEqual(['IST0101', 'KIA1104']);
  });
});
