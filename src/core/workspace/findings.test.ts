import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileId } from '../base/ids.ts';
import type { FileId } from '../base/ids.ts';
import { createFindings } from './findings.ts';
import { createSession } from './index.ts';
import type { Problem, Session } from './index.ts';
import { BOOKINFO } from './testing/bookinfo.ts';
import { RETRY_CUT } from './testing/samples.ts';

const FILE = fileId('a.yaml');
const SERVICE = `---
apiVersion: v1
kind: Service
metadata: {name: reviews}
spec: {ports: [{name: http, port: 9080}, {name: odd, port: 9081}]}
`;
const TEXT = BOOKINFO + SERVICE;

/** Edits that make and mend problems within a document, across documents, and in the cut of the stream. */
const EDITS: readonly (readonly [from: string, to: string])[] = [
  ['host: reviews', 'host: reviws'],
  ['subset: v2', 'subset: v9'],
  ['name: v2', 'name: v8'],
  ['weight: 60', 'weight: -60'],
  ['port: 9080', 'port: 80'],
  ['name: reviews', 'name: other'],
  ['name: bookinfo', 'name: edge'],
  ['gateways:', 'gatewys:'],
  ['hosts:', 'hosts: ['],
  ['kind: Service\n', 'kind: Service\n\n# a line\n'],
  ['---\n', '---\n# meshwright-ignore-file IST0118\n'],
  ['metadata: {name: reviews}', 'metadata: {name: reviews, annotations: {galley.istio.io/analyze-suppress: "*"}}'],
  [SERVICE, ''],
];

function edit(session: Session, which: number): void {
  const [a, b] = EDITS[which % EDITS.length] ?? ['', ''];
  const text = session.projection().files[0]?.text ?? '';
  const [was, is] = text.includes(b) && b !== '' ? [b, a] : [a, b];
  const from = text.indexOf(was);
  if (was === '' || from < 0) return;
  const changes = new Map([[FILE, [{ from, to: from + was.length, insert: is }]]]);
  session.transact({ origin: 'type', label: 'Type', at: 0, changes });
}

/** What is said, without the names of slots and nodes, which are each session's own. */
const words = (problems: readonly Problem[]) =>
  problems.map(({ code, message, severity, range, line, column, by, muted, at }) => [
    ...[code, message, severity, range.from, range.to, line, column, by.join(), muted?.by, at === undefined],
  ]);

/** All that is wrong with the same texts in a file of another name, of which nothing is known yet. */
function scratch(session: Session, name: FileId): readonly Problem[] {
  const { files } = session.projection();
  const fresh = createSession({ files: files.map(({ text }) => ({ id: name, text })) });
  return createFindings().check(fresh.projection());
}

describe('findings', () => {
  it('are after any edits what they are from scratch, and follow the text at once', () => {
    let count = 0;
    fc.assert(
      fc.property(fc.array(fc.nat(EDITS.length - 1), { minLength: 1, maxLength: 10 }), (edits) => {
        const session = createSession({ files: [{ id: FILE, text: TEXT }] });
        const findings = createFindings();
        findings.check(session.projection());
        for (const which of edits) {
          const stale = session.projection().slots.filter((slot) => slot.stale).length;
          edit(session, which);
          const now = session.projection();
          for (const problem of findings.follow(now)) {
            const slot = now.slots.find((one) => one.slot === problem.slot);
            expect(problem.range.to).toBeLessThanOrEqual(slot?.document.text.length ?? 0);
            if (problem.resource !== undefined && stale === 0)
              expect(slot?.resources.map(({ id }) => id)).toContain(problem.resource);
          }
          const found = findings.check(now);
          // A broken document keeps what it said before, which a new session can't know.
          if (now.slots.some((slot) => slot.stale)) continue;
          count += 1;
          expect(words(found)).toEqual(words(scratch(session, fileId(`${String(count)}.yaml`))));
          expect(findings.check(now)).toBe(found);
        }
      }),
      { numRuns: Number(process.env['LAWS_RUNS'] ?? 20) },
    );
  });

  it('stay the same objects where nothing changed, wherever their document moves', () => {
    const session = createSession({ files: [{ id: FILE, text: `a: 1\n---\n${TEXT}` }] });
    edit(session, 1);
    const findings = createFindings();
    const before = findings.check(session.projection());
    expect(before.map(({ code }) => code)).toContain('IST0101');
    const changes = new Map([[FILE, [{ from: 0, to: 0, insert: '# above\n' }]]]);
    session.transact({ origin: 'type', label: 'Type', at: 0, changes });
    expect(findings.follow(session.projection())).toBe(before);
    expect(findings.check(session.projection())).toBe(before);
  });

  it('belong to the row that they are about', () => {
    const session = createSession({ files: [{ id: FILE, text: TEXT }] });
    edit(session, 1);
    const { graph } = session.projection();
    const found = createFindings()
      .check(session.projection())
      .find(({ code }) => code === 'IST0101');
    const rule = graph.nodes
      .flatMap(({ rows }) => rows)
      .find((row) => row.id === found?.at || JSON.stringify(row).includes(found?.at ?? '?'));
    expect(rule?.kind).toBe('rule');
  });
});

describe('what only the routing engine can tell', () => {
  const proveAll = (findings: ReturnType<typeof createFindings>, session: Session): readonly Problem[] => {
    findings.check(session.projection());
    const steps = findings.prove(session.projection());
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    return step.value;
  };
  const proven = (problems: readonly Problem[]) => problems.filter(({ proof }) => proof !== undefined);

  it('comes with the request that proves it, and stays while what changes has nothing to do with it', () => {
    const other = `---\napiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: api}\nspec: {hosts: [api.com], ports: [{number: 80, name: http, protocol: HTTP}], resolution: DNS}\n`;
    const session = createSession({ files: [{ id: FILE, text: RETRY_CUT + other }] });
    const findings = createFindings();
    const found = proven(proveAll(findings, session));
    expect(found.map(({ resource }) => resource)).toContain('VirtualService default/web');
    expect(found[0]?.proof?.form.url).toBeTruthy();
    const change = (from: string, to: string): readonly Problem[] => {
      const at = session.projection().files[0]?.text.indexOf(from) ?? 0;
      const changes = new Map([[FILE, [{ from: at, to: at + from.length, insert: to }]]]);
      session.transact({ origin: 'type', label: 'Type', at: 0, changes });
      return proven(findings.follow(session.projection()));
    };
    expect(change('number: 80', 'number: 81')).toEqual(found);
    expect(change('timeout: 3s', 'timeout: 30s')).toEqual([]);
  });
});
