import { spawnSync } from 'node:child_process';
import { fileId } from '../src/core/base/ids.ts';
import { findReported, verdictOf } from '../src/core/checks/index.ts';
import { createSession } from '../src/core/workspace/index.ts';
import { atMost, percentile, times, type Figure } from './figure.ts';
import { readDocument, splitStream } from '../src/core/yaml/index.ts';
import { generateStream } from './generate.ts';

const file = fileId('mesh.yaml');
const NOW = '20260101000000Z';

/** Edits in the middle of the stream that reach ever more of the others, each with what takes it back. */
const EDITS = {
  'a weight': [/weight: 10\n/, 'weight: 11\n'],
  'a destination': [/host: (shop-\d+)\n/, 'host: $1x\n'],
  'a subset': [/- name: v2\n/, '- name: v3\n'],
  'a port of a service': [/port: 8080\n/, 'port: 8081\n'],
  'a host of a virtual service': [/- shop-(\d+)\n/, '- shop-$1x\n'],
} as const;

type Edit = keyof typeof EDITS;

/** Milliseconds that all checks take after an edit and after it was taken back, over and over. */
function afterEdits(documents: number, edit: Edit): readonly number[] {
  const text = generateStream(documents);
  const session = createSession({ files: [{ id: file, text }] });
  const [pattern, words] = EDITS[edit];
  const half = text.indexOf('kind: VirtualService', text.length / 2);
  const from = half + text.slice(half).search(pattern);
  const before = pattern.exec(text.slice(from))?.[0] ?? '';
  const after = before.replace(pattern, words);
  let changed = false;
  const check = (): void => {
    const { resources, mesh } = session.projection();
    findReported(resources, mesh, { now: NOW });
  };
  check();
  const samples: number[] = [];
  for (let n = 0; n < 70; n += 1) {
    const [was, is] = changed ? [after, before] : [before, after];
    changed = !changed;
    const changes = new Map([[file, [{ from, to: from + was.length, insert: is }]]]);
    session.transact({ origin: 'type', label: 'Type', at: n * 1000, changes });
    const start = performance.now();
    check();
    if (n >= 10) samples.push(performance.now() - start);
  }
  return samples;
}

/** Milliseconds from a stream's text to the verdicts of webhook and analysis, each time of texts that nobody has read before. */
function ownVerdict(text: string): number {
  const samples = times(
    () => {
      const fresh = `${text}# ${performance.now()}\n`;
      const documents = splitStream(fresh.replaceAll('\n---', `\n# ${performance.now()}\n---`)).filter(
        (segment) => segment.kind === 'document',
      );
      verdictOf(
        documents.map((segment) => readDocument(segment.text)),
        [],
        { crd: false, now: NOW },
      );
    },
    3,
    1,
  );
  return percentile(samples, 0.5);
}

/** Milliseconds that the oracle's `check` needs for the same, without its start. */
function oracleVerdict(oracle: string, text: string): number {
  const run = (config: string): number => {
    const start = performance.now();
    const input = `${JSON.stringify({ name: 'bench', config })}\n`;
    const done = spawnSync(oracle, ['check'], { input, maxBuffer: 1 << 28 });
    if (done.status !== 0) throw new Error(`The oracle failed: ${done.stderr.toString()}`);
    return performance.now() - start;
  };
  const median = (config: string): number => percentile([run(config), run(config), run(config)], 0.5);
  return median(text) - median(generateStream(1));
}

/**
 * Our webhook's rules and analysis beside Istio's own, on the same documents in one run: `ORACLE` names the oracle's program. Nothing
 * without it.
 */
function besideIstio(): readonly Figure[] {
  const oracle = process.env['ORACLE'];
  if (oracle === undefined || oracle === '') return [];
  const text = generateStream(2000);
  const theirs = oracleVerdict(oracle, text);
  const ours = ownVerdict(text);
  return [
    atMost('checks: text to verdict, 2,000 documents, ours', ours, 'ms', theirs),
    atMost('checks: the same, of istiod’s own validation and istioctl’s analyzers', ours / theirs, 'times theirs', 1),
  ];
}

/** What the checks cost: of a whole mesh that nobody has looked at before, and after each of several edits. */
export async function checkFigures(): Promise<readonly Figure[]> {
  // Documents of one text are read once and judged once: each copy needs texts of its own.
  const projections = Array.from({ length: 4 }, (_, copy) => {
    const text = generateStream(2000).replaceAll('\n---', `\n# copy ${copy}\n---`);
    return createSession({ files: [{ id: file, text }] }).projection();
  });
  const whole = times(
    () => {
      const projection = projections.pop();
      if (projection) findReported(projection.resources, projection.mesh, { now: NOW });
    },
    3,
    1,
  );
  const edits = Object.keys(EDITS) as readonly Edit[];
  const samples = edits.map((edit) => afterEdits(2000, edit));
  return [
    atMost('checks: 2,000 resources from nothing', percentile(whole, 0.5), 'ms', 2000),
    ...edits.map((edit, at) =>
      atMost(`checks: after an edit of ${edit}, 2,000 resources, p95`, percentile(samples[at] ?? [], 0.95), 'ms', 50),
    ),
    ...besideIstio(),
  ];
}
