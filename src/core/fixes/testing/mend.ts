import { fileId } from '../../base/ids.ts';
import { applyChanges } from '../../text/index.ts';
import { createSession } from '../../workspace/index.ts';
import { fixesFor } from '../fixes-for.ts';
import { judgeFor } from '../verify.ts';

/** The ids of the fixes of a text's first problem of a code, and each one's text afterwards: its lines that went (`-`) and came (`+`). */
export function mend(text: string, code: string): Readonly<Record<string, readonly string[]>> {
  const session = createSession({ files: [{ id: fileId('a.yaml'), text }] });
  const projection = session.projection();
  const problem = judgeFor(code)(projection).find((one) => one.code === code);
  if (problem === undefined)
    throw new Error(
      `There is no ${code}: ${judgeFor(code)(projection)
        .map((one) => one.code)
        .join()}`,
    );
  const out: Record<string, readonly string[]> = {};
  for (const { id, plan } of fixesFor(projection, problem)) {
    const planned = plan();
    if (planned.kind === 'refused') throw new Error(planned.message);
    const changes = planned.value.changes.get(fileId('a.yaml')) ?? [];
    out[id] = lineDiff(text, applyChanges(text, changes));
  }
  return out;
}

/** The lines that went and came, by the longest common subsequence. */
export function lineDiff(before: string, after: string): readonly string[] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  const most = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number): number => most[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = most[i];
      if (row !== undefined) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const out: string[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) [i, j] = [i + 1, j + 1];
    else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) out.push(`-${a[i++] ?? ''}`);
    else out.push(`+${b[j++] ?? ''}`);
  }
  return out;
}
