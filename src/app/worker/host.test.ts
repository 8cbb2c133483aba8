import { beforeEach, describe, expect, it } from 'vitest';
import { fileId } from '../../core/base/ids.ts';
import { ok, refuse } from '../../core/base/result.ts';
import { applyChanges } from '../../core/text/index.ts';
import { createSession } from '../../core/workspace/index.ts';
import { splitOf } from '../../core/workspace/testing/samples.ts';
import { createTraffic } from '../../core/workspace/traffic.ts';
import type { Applied } from '../../core/workspace/types.ts';
import { Host } from './host.ts';
import type { TrafficSource } from './lazy-traffic.ts';
import type { FromWorker, ToWorker } from './protocol.ts';

const noTraffic: TrafficSource = {
  follow: () => 0,
  restart: () => undefined,
  windowInSteps: createTraffic().windowInSteps,
};
const file = fileId('a.yaml');
const TEXT = splitOf('reviews');
type Of<Kind extends FromWorker['kind']> = Extract<FromWorker, { kind: Kind }>;

describe('Host', () => {
  let sent: FromWorker[] = [];
  let stored: Applied[] = [];
  let host: Host;
  const of = <Kind extends FromWorker['kind']>(kind: Kind): Of<Kind>[] =>
    sent.filter((message): message is Of<Kind> => message.kind === kind);
  const last = <Kind extends FromWorker['kind']>(kind: Kind): Of<Kind> => {
    const message = of(kind).at(-1);
    if (!message) throw new Error(`No ${kind} was sent.`);
    return message;
  };
  const open = (text: string, name = 'a.yaml'): void => {
    const bytes = new TextEncoder().encode(text);
    host.handle([{ kind: 'open', mode: 'add', label: 'Open', files: [{ name, bytes }] }]);
  };
  const typed = (seq: number, base: number, from: number, to: number, insert: string): ToWorker => ({
    kind: 'edit',
    file,
    base,
    seq,
    changes: [{ from, to, insert }],
    at: seq * 1000,
  });
  beforeEach(() => {
    sent = [];
    stored = [];
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    host = new Host(createSession(), noTraffic, {
      post: (message) => sent.push(message),
      changed: (applied) => stored.push(applied),
      touched: () => undefined,
      kept: () => undefined,
      ask: () => undefined,
      joined: () => undefined,
      problems: { follow: () => ({}) },
      mender: { list: () => undefined, plan: () => refuse('NONE', 'no fixes here') },
      decode: (bytes) => decoder.decode(bytes),
      plan: (_session, gesture) => {
        if (gesture.kind !== 'setWeights') throw new Error('not in this test');
        const from = TEXT.indexOf('60');
        const changes = new Map([[file, [{ from, to: from + 2, insert: '75' }]]]);
        return ok({ label: 'Change shares', changes, notes: [] });
      },
    });
  });

  it('opens a file: its text, its nodes, its tab', () => {
    open(TEXT);
    expect(last('texts').opened).toMatchObject([{ id: 'a.yaml', text: TEXT }]);
    const { delta } = last('view');
    expect(delta.nodes?.map((node) => node.name)).toContain('VirtualService default/reviews');
    expect(delta.files).toMatchObject([{ id: 'a.yaml', dirty: false }]);
    expect(delta.resources?.items).toMatchObject([{ kind: 'VirtualService', name: 'reviews' }]);
    expect(delta.resourceLines).toEqual(Uint32Array.of(1));
    expect(stored).toHaveLength(1);
  });

  it('gives a second file of one name another name', () => {
    open('a: 1\n');
    open('b: 1\n');
    expect(last('texts').opened.map(({ id }) => id)).toEqual(['a-2.yaml']);
  });

  it('sends nothing back of what was typed but what follows from it', () => {
    open(TEXT);
    const before = of('texts').length;
    const at = TEXT.indexOf('60');
    host.handle([typed(1, 1, at, at + 2, '75')]);
    expect(of('texts')).toHaveLength(before);
    const { delta, seen } = last('view');
    expect(seen).toBe(1);
    const node = delta.nodes?.find(({ kind }) => kind === 'virtualService');
    const rule = node?.rows.find((row) => row.kind === 'rule');
    expect(rule?.kind === 'rule' && rule.destinations.map(({ weight }) => weight)).toEqual([75, 40]);
    expect(delta.nodes?.every(({ kind }) => kind !== 'caller')).toBe(true);
    expect(delta.files).toMatchObject([{ dirty: true }]);
  });

  it('keeps the graph while half a line is typed, and marks one document', () => {
    open(`${TEXT}---\n${TEXT.replace('name: reviews', 'name: other').replace('[reviews]', '[other]')}`);
    const at = TEXT.indexOf('  http:');
    host.handle([typed(1, 1, at, at, '  "half\n')]);
    const { delta } = last('view');
    expect(delta.removedNodes).toBeUndefined();
    expect(delta.stale).toHaveLength(1);
    const stale = delta.nodes?.filter((node) => node.stale).map((node) => node.name);
    expect(stale).toEqual(['VirtualService default/reviews']);
    host.handle([typed(2, 1, at, at + 8, '')]);
    expect(last('view').delta.stale).toEqual([]);
    expect(last('view').delta.files).toMatchObject([{ dirty: false }]);
  });

  it('maps what was typed meanwhile over its own change, and says what it has seen', () => {
    open(TEXT);
    const gesture = { kind: 'setWeights', rule: { file, path: [] }, weights: [] } as unknown;
    // The plan of this test does not look at the gesture.
    host.handle([{ kind: 'gesture', id: 7, gesture: gesture as never, origin: 'canvas', at: 0 }]);
    const own = last('texts').changed[0];
    expect(last('texts')).toMatchObject({ seen: 0, origin: 'canvas' });
    expect(last('done')).toMatchObject({ id: 7, label: 'Change shares' });
    // The page typed a comment at the end of the file before it heard of the gesture.
    host.handle([typed(1, 1, TEXT.length, TEXT.length, '# end\n')]);
    const both = `${applyChanges(TEXT, own?.changes ?? [])}# end\n`;
    expect(stored.at(-1)?.projection.files[0]?.text).toBe(both);
  });

  it('walks back through gesture and typing in the order of the acts', () => {
    open(TEXT);
    const gesture = { kind: 'setWeights', rule: { file, path: [] }, weights: [] } as unknown;
    host.handle([{ kind: 'gesture', id: 1, gesture: gesture as never, origin: 'canvas', at: 0 }]);
    const version = last('texts').changed[0]?.version ?? 0;
    host.handle([typed(1, version, 0, 0, '# top\n')]);
    host.handle([{ kind: 'undo' }]);
    expect(last('texts').changed).toMatchObject([{ changes: [{ from: 0, to: 6, insert: '' }] }]);
    host.handle([{ kind: 'undo' }]);
    expect(stored.at(-1)?.projection.files[0]?.text).toBe(TEXT);
    expect(last('view').delta.redoLabel).toBe('Change shares');
  });

  it('tells of an undo that changes nothing but a letter of a broken document', () => {
    open(TEXT);
    host.handle([typed(1, 1, 0, 1, '')]);
    host.handle([typed(2, 1, 0, 1, '1')]);
    const before = last('view').delta.version;
    host.handle([{ kind: 'undo' }]);
    expect(last('view').delta.version).toBe(before + 1);
  });

  it('selects the rule at the caret, with its fields and lines', () => {
    open(TEXT);
    host.handle([{ kind: 'caret', file, offset: TEXT.indexOf('weight: 60') }]);
    const { delta } = last('view');
    expect(delta.selection?.ids).toHaveLength(1);
    expect(delta.inspector).toMatchObject({ name: 'Rule 1 of VirtualService default/reviews', lines: [8, 12] });
    const timeout = delta.inspector?.fields.find(({ key }) => key === 'timeout');
    expect(timeout).toMatchObject({ type: 'duration', set: false });
    expect(delta.inspector?.fields.find(({ key }) => key === 'corsPolicy')?.label).toBe('CORS policy');
    expect(of('reveal')).toHaveLength(0);
  });

  it('writes short words in capitals in the labels of fields', () => {
    open('apiVersion: v1\nkind: Service\nmetadata:\n  name: reviews\nspec:\n  ports:\n  - port: 9080\n');
    host.handle([{ kind: 'caret', file, offset: 0 }]);
    const labels = last('view').delta.inspector?.fields.map(({ label }) => label);
    expect(labels).toContain('Cluster IPs');
  });

  it('shows the lines of a node that is picked', () => {
    open(`---\n${TEXT}`);
    const node = last('view').delta.nodes?.find(({ kind }) => kind === 'virtualService');
    host.handle([{ kind: 'select', selection: { ids: [node?.id ?? ''] }, reveal: true }]);
    expect(last('reveal').range).toEqual({ from: 4, to: 4 + TEXT.length - 1 });
    expect(last('view').delta.inspector?.lines).toEqual([2, 13]);
  });

  it('opens what is no text read-only and says why', () => {
    const bytes = Uint8Array.from([0x89, 0x50, 0, 0, 1]);
    host.handle([{ kind: 'open', mode: 'add', label: 'Open', files: [{ name: 'logo.yaml', bytes }] }]);
    expect(last('texts').opened[0]?.readOnly).toMatch(/binary/);
    expect(last('notice').message).toMatch(/logo\.yaml is read-only/);
    host.handle([{ ...typed(1, 1, 0, 0, 'x'), file: fileId('logo.yaml') } as ToWorker]);
    expect(last('texts').opened[0]?.id).toBe('logo.yaml');
  });

  describe('with many files at once', () => {
    const named = (name: string): string => TEXT.replaceAll('reviews', name);
    const files = Array.from({ length: 900 }, (_, at) => ({
      name: `f${String(at)}.yaml`,
      bytes: new TextEncoder().encode(at % 30 === 0 ? named(`s${String(at)}`) : `a: ${String(at)}\n`),
    }));
    const openMany = (mode: 'replace' | 'add'): void => {
      host.handle([{ kind: 'open', mode, label: 'Open a folder', files }]);
    };
    const openRest = (): void => {
      while (host.isOpening) {
        host.openMore();
        host.tell();
      }
    };
    const filesNow = (): readonly string[] => stored.at(-1)?.projection.files.map(({ id }) => id) ?? [];

    it('opens them in portions, and tells how far it is', () => {
      openMany('replace');
      expect(last('opening')).toMatchObject({ done: 400, total: 900 });
      expect(last('texts').more).toBe(false);
      openRest();
      expect(of('opening').map(({ done }) => done)).toEqual([400, 800, 900]);
      expect(last('texts').more).toBe(true);
      expect(filesNow()).toEqual(files.map(({ name }) => name));
    });

    it('lays them out as if they had come at once', () => {
      openMany('replace');
      openRest();
      const session = createSession({
        files: files.map(({ name, bytes }) => ({ id: fileId(name), text: new TextDecoder().decode(bytes) })),
      });
      const byName = ({ graph, positions }: ReturnType<typeof session.projection>) =>
        graph.nodes.map(({ id, name }) => [name, positions.get(id)]);
      expect(byName(stored.at(-1)?.projection ?? session.projection())).toEqual(byName(session.projection()));
    });

    it('is one step of undo', () => {
      open(TEXT);
      openMany('replace');
      openRest();
      host.handle([{ kind: 'undo' }]);
      expect(filesNow()).toEqual(['a.yaml']);
      host.handle([{ kind: 'redo' }]);
      expect(filesNow()).toHaveLength(900);
    });

    it('takes in what is typed meanwhile, as a step of its own', () => {
      open(TEXT);
      openMany('add');
      host.handle([typed(1, 1, 0, 0, '# top\n')]);
      openRest();
      expect(stored.at(-1)?.projection.files[0]?.text).toBe(`# top\n${TEXT}`);
      expect(filesNow()).toHaveLength(901);
      for (let step = 0; step < 3; step += 1) host.handle([{ kind: 'undo' }]);
      expect(filesNow()).toEqual(['a.yaml']);
      expect(stored.at(-1)?.projection.files[0]?.text).toBe(TEXT);
    });

    it('stops where it is, says so, and undo takes back what came', () => {
      open(TEXT);
      openMany('add');
      host.handle([{ kind: 'stopOpening' }]);
      expect(host.isOpening).toBe(false);
      expect(last('notice').message).toBe('Stopped: 400 of 900 files are open. Undo takes them back.');
      expect(filesNow()).toHaveLength(401);
      host.handle([{ kind: 'undo' }]);
      expect(filesNow()).toEqual(['a.yaml']);
    });
  });

  describe('with a large file', () => {
    const text = Array.from({ length: 2500 }, (_, at) => TEXT.replaceAll('reviews', `r${String(at)}`)).join('---\n');
    const openLarge = (): void => {
      open(TEXT);
      sent = [];
      open(text, 'large.yaml');
    };

    it('reads it piece by piece before it is opened, and takes in what is typed meanwhile', () => {
      openLarge();
      expect(of('texts')).toEqual([]);
      host.handle([typed(1, 1, 0, 0, '# top\n')]);
      let pieces = 1;
      while (!host.openMore()) pieces += 1;
      host.tell();
      expect(pieces).toBeGreaterThan(4);
      expect(last('texts').opened[0]?.text).toBe(text);
      expect(stored.at(-1)?.projection.files[0]?.text).toBe(`# top\n${TEXT}`);
      expect(of('viewPart').length).toBeGreaterThan(4);
    });

    it('is stopped by undo while nothing of it is open, which takes nothing else back', () => {
      openLarge();
      host.handle([{ kind: 'undo' }]);
      expect(host.isOpening).toBe(false);
      expect(last('notice').message).toBe('Stopped: nothing of it was opened.');
      expect(stored.at(-1)?.projection.files.map(({ id }) => id)).toEqual(['a.yaml']);
    });
  });

  it('sends an unchanged workspace only once', () => {
    open(TEXT);
    const count = sent.length;
    host.handle([{ kind: 'select', selection: { ids: [] }, reveal: false }]);
    expect(sent).toHaveLength(count);
  });
});
