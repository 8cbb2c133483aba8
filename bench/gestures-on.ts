import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileId } from '../src/core/base/ids.ts';
import { chanceFrom, judgeGesture, randomGesture } from '../src/core/commands/testing/random-gestures.ts';
import { createSession, openBytes } from '../src/core/workspace/index.ts';

// Random gestures on real files: node dist/bench/gestures-on.mjs FOLDER|FILE.md [COUNT] [SEED]
// Of every file (or every yaml block of a Markdown file) a workspace is made; each gesture must write inside the lines that it is about,
// mean what it says when read again, and be taken back to the byte. Prints what broke, then counts.

const [place, count = '1000', seed = '1'] = process.argv.slice(2);
if (place === undefined) {
  console.error('Usage: node dist/bench/gestures-on.mjs FOLDER|FILE.md [COUNT] [SEED]');
  process.exit(2);
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function textsOf(path: string): [string, string][] {
  if (!/\.(md|txt)$/.test(path)) {
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [relative(path, file), openBytes(readFileSync(file), decoder).text]);
  }
  const blocks = readFileSync(path, 'utf8').matchAll(/^```ya?ml\r?\n([\s\S]*?)^```/gm);
  return [...blocks].map((block, index) => [`${index + 1}.yaml`, block[1] ?? '']);
}

const texts = textsOf(place);
const chance = chanceFrom(Number(seed));
const projections = new Map(
  texts.map(([id, text]) => [id, createSession({ files: [{ id: fileId(id), text }] }).projection()]),
);
const refusals = new Map<string, number>();
const done = new Map<string, number>();
let broken = 0;
for (let tried = 0, made = 0; made < Number(count) && tried < Number(count) * 20; tried += 1) {
  const [id, text] = texts[chance(texts.length)] ?? ['', ''];
  const projection = projections.get(id);
  const gesture = projection && randomGesture(projection, chance);
  if (projection === undefined || gesture === undefined) continue;
  const { refused, wrong } = judgeGesture({ [id]: text }, gesture, projection);
  if (refused !== undefined) {
    refusals.set(refused, (refusals.get(refused) ?? 0) + 1);
    continue;
  }
  made += 1;
  done.set(gesture.kind, (done.get(gesture.kind) ?? 0) + 1);
  if (wrong === undefined) continue;
  broken += 1;
  console.log(`${id}: ${wrong}\n  ${JSON.stringify(gesture)}`);
}
const tell = (map: ReadonlyMap<string, number>) => [...map].map(([key, number]) => `${key} ${number}`).join(', ');
const total = [...done.values()].reduce((sum, number) => sum + number, 0);
console.log(
  `${texts.length} files, ${total} gestures done, ${broken} broke a law.\n  done: ${tell(done)}\n  refused: ${tell(refusals)}`,
);
process.exitCode = broken > 0 ? 1 : 0;
