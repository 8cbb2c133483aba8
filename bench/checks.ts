import { fileId } from '../src/core/base/ids.ts';
import { findProblems } from '../src/core/checks/index.ts';
import { createSession } from '../src/core/workspace/index.ts';
import { atMost, percentile, times, type Figure } from './figure.ts';
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
    findProblems(resources, mesh, { now: NOW });
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
      if (projection) findProblems(projection.resources, projection.mesh, { now: NOW });
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
  ];
}
