import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { answerCase, caseOptions, createEngine } from '../core/routing/index.ts';
import type { RoutingCase } from '../core/routing/index.ts';
import { resourcesOf } from './resources.ts';

/** A line of the input as an answer. What is no case is answered with what is wrong with it. */
function answerLine(line: string): unknown {
  let given: RoutingCase;
  try {
    // The shape is the contract of the command; what a case lacks is answered, not thrown.
    given = JSON.parse(line) as RoutingCase;
  } catch (error) {
    return { name: '', error: `The line is no JSON: ${String(error)}`, results: [], clusters: {} };
  }
  const complete = { ...given, proxies: given.proxies ?? {}, requests: given.requests ?? [] };
  const engine = createEngine(
    resourcesOf([{ name: `${given.name}.yaml`, text: given.config ?? '' }]),
    caseOptions(complete),
  );
  return answerCase(engine, complete);
}

/** `meshwright answer [FILE]`: routing cases in, answers out, a JSON line each; standard input without a file. Gives the exit code. */
export async function answerCommand(args: readonly string[]): Promise<number> {
  const [file] = args;
  const input = file === undefined || file === '-' ? process.stdin : createReadStream(file, 'utf8');
  try {
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      if (line.trim() !== '') process.stdout.write(`${JSON.stringify(answerLine(line))}\n`);
    }
  } catch (error) {
    console.error(`meshwright answer: ${error instanceof Error ? error.message : String(error)}`);
    return 2;
  }
  return 0;
}
