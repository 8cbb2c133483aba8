import { fileId } from '../src/core/base/ids.ts';
import { layoutGraph } from '../src/core/graph/index.ts';
import { createSession } from '../src/core/workspace/index.ts';
import { createTraffic } from '../src/core/workspace/traffic.ts';
import { readDocument, splitStream } from '../src/core/yaml/index.ts';
import { atMost, percentile, times, type Figure } from './figure.ts';
import { generateStream } from './generate.ts';

const file = fileId('mesh.yaml');

/** One digit of one weight typed and taken back, over and over, in the middle of the stream: what the worker does for a key press. */
function typing(documents: number): Figure[] {
  const text = generateStream(documents);
  const session = createSession({ files: [{ id: file, text }] });
  const at = text.indexOf('weight: 10', text.length / 2) + 'weight: 1'.length;
  let digit = 0;
  let clock = 0;
  const samples = times(
    () => {
      digit = (digit + 1) % 10;
      clock += 1000;
      session.transact({
        origin: 'type',
        label: 'Type',
        at: clock,
        changes: new Map([[file, [{ from: at, to: at + 1, insert: String(digit) }]]]),
      });
    },
    120,
    10,
  );
  return [
    atMost(`core: a typed digit to a new projection, ${documents} documents, p50`, percentile(samples, 0.5), 'ms', 4),
    atMost(`core: a typed digit to a new projection, ${documents} documents, p95`, percentile(samples, 0.95), 'ms', 10),
  ];
}

/** The first second of traffic after an edit of the character after `words`, in the middle of 2,000 documents. */
function firstWindow(name: string, words: string): Figure {
  const text = generateStream(2000);
  const session = createSession({ files: [{ id: file, text }] });
  const traffic = createTraffic();
  const at = text.indexOf(words, text.length / 2) + words.length;
  const samples = Array.from({ length: 13 }, (_, n) => {
    const changes = new Map([[file, [{ from: at, to: at + 1, insert: String(n % 10) }]]]);
    session.transact({ origin: 'type', label: 'Type', at: n * 1000, changes });
    const projection = session.projection();
    const start = performance.now();
    const window = traffic.window(traffic.follow(projection), 0, 1_000_000);
    if (window === undefined || window.segments.length === 0) throw new Error('Nothing departs in the first second.');
    return performance.now() - start;
  });
  const value = percentile(samples.slice(3), 0.5);
  return atMost(`core: an edit of ${name} to the first second of traffic, 2,000 documents, p50`, value, 'ms', 100);
}

function opening(): Figure[] {
  const text = generateStream(2000);
  const whole = times(() => void createSession({ files: [{ id: file, text }] }), 3, 1);
  const cut = times(() => void splitStream(text), 20);
  const session = createSession({ files: [{ id: file, text }] });
  const layout = times(() => void layoutGraph(session.projection().graph, {}), 10);
  const one = splitStream(generateStream(4)).find((segment) => segment.text.includes('VirtualService'))?.text ?? '';
  let n = 0;
  const read = times(() => void readDocument(`${one}# ${(n += 1)}\n`), 200, 20);
  return [
    atMost('core: 2,000 documents to a first projection', percentile(whole, 0.5), 'ms', 3000),
    atMost('core: 2,000 documents cut', percentile(cut, 0.5), 'ms', 10),
    atMost('core: layout of 2,000 documents', percentile(layout, 0.5), 'ms', 50),
    atMost('core: one virtual service read', percentile(read, 0.5), 'ms', 5),
  ];
}

/** What the core does between a key press and the page, without the page. */
export async function coreFigures(): Promise<readonly Figure[]> {
  return [
    ...opening(),
    ...[10, 100, 2000].flatMap(typing),
    firstWindow('a weight', 'weight: 1'),
    firstWindow("a Service's port", 'port: 808'),
  ];
}
