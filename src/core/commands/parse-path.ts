import { ok, refuse } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { YamlPath } from '../yaml/types.ts';

const EXAMPLE = 'Write for example spec.http[0].route[1].weight, or metadata.labels."app.kubernetes.io/name".';

/** One step: an index in brackets, a quoted key (in brackets or not), or a plain key up to the next dot or bracket. */
const STEP = /\[(\d+)\]|\[?"((?:[^"\\]|\\.)*)"\]?|\[?'([^']*)'\]?|([^.[\]"']+)/y;

/**
 * A path as people write it: `spec.http[0].route[1].weight`. A key with dots, brackets or quotes in it stands in quotes, with or without
 * brackets: `metadata.labels."app.kubernetes.io/name"`, `metadata.labels["a.b"]`; in double quotes `\"` is a quote. Refuses what is none.
 */
export function parsePath(text: string): Result<YamlPath> {
  const path: (string | number)[] = [];
  let at = 0;
  while (at < text.length) {
    const dotted = text[at] === '.';
    if (dotted && path.length === 0) return wrong(text, at);
    if (dotted) at += 1;
    STEP.lastIndex = at;
    const step = STEP.exec(text);
    if (step === null) return wrong(text, at);
    const [whole, index, double, single, plain] = step;
    const bracketed = whole.startsWith('[');
    // Steps are parted by dots; brackets need none, and take none in front of them.
    if ((bracketed && dotted) || (!bracketed && !dotted && path.length > 0)) return wrong(text, at);
    if (bracketed !== whole.endsWith(']')) return wrong(text, at);
    at += whole.length;
    path.push(index !== undefined ? Number(index) : (double?.replace(/\\(.)/g, '$1') ?? single ?? plain ?? ''));
  }
  return path.length === 0 ? wrong(text, 0) : ok(path);
}

function wrong(text: string, at: number): Result<never> {
  const where = at === 0 ? '' : ` from “${text.slice(at, at + 12)}” on`;
  return refuse('BAD_PATH', `The path “${text}” can’t be read${where}.`, {
    range: { from: at, to: text.length },
    remedy: EXAMPLE,
  });
}
