import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { verdictOf } from '../core/checks/index.ts';
import { readDocument, splitStream } from '../core/yaml/index.ts';

interface CheckCase {
  readonly name: string;
  readonly config: string;
}

/** A time as certificates have it: `20260131235959Z`. */
export const timeText = (time: Date): string => time.toISOString().replace(/\.\d+|[-:T]/g, '');

const lineCount = (text: string): number => text.split('\n').length - 1;

/** The verdicts on one case, a line of JSON with `name` and `config`; `crd` asks the CRDs too. */
export function verdictLine(line: string, crd: boolean): { readonly name: string } & ReturnType<typeof verdictOf> {
  // The form of a case is written down in the design's contracts; what it lacks is caught here.
  const { name, config } = JSON.parse(line) as Partial<CheckCase>;
  if (typeof name !== 'string' || typeof config !== 'string')
    throw new Error('A case needs name and config, both texts.');
  const documents = [];
  const lines: number[] = [];
  let at = 1;
  for (const { text } of splitStream(config)) {
    // What is blank between markers is no document; comments alone are one, as the recordings count.
    if (text.replace(/^---/, '').trim() !== '') {
      documents.push(readDocument(text));
      lines.push(at);
    }
    at += lineCount(text);
  }
  return { name, ...verdictOf(documents, lines, { crd, now: timeText(new Date()) }) };
}

/** `meshwright verdict [FILE] [--crd]`: check cases in, verdicts out, JSON lines. Gives the exit code. */
export async function verdictCommand(args: readonly string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { crd: { type: 'boolean', default: false } },
    });
    const [file] = positionals;
    const input = file === undefined ? process.stdin : createReadStream(file);
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      if (line.trim() !== '') process.stdout.write(`${JSON.stringify(verdictLine(line, values.crd))}\n`);
    }
  } catch (error) {
    console.error(`meshwright verdict: ${error instanceof Error ? error.message : String(error)}`);
    return 2;
  }
  return 0;
}
