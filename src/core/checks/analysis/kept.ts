import type { Entry, Finding, Say } from './types.ts';

interface Kept {
  readonly context: readonly unknown[];
  readonly findings: readonly Finding[];
}

/**
 * Says what `find` finds on an entry, and says it again without asking while the entry and all that the findings hang on, `context`,
 * are the same objects. For what is judged entry by entry, so that an edit of one leaves the others alone.
 */
export function sayKept(
  store: WeakMap<Entry, Kept>,
  entry: Entry,
  context: readonly unknown[],
  find: (say: Say) => void,
): (say: Say) => void {
  let kept = store.get(entry);
  if (kept?.context.every((part, index) => part === context[index]) !== true) {
    const findings: Finding[] = [];
    find((finding) => void findings.push(finding));
    kept = { context, findings };
    store.set(entry, kept);
  }
  const { findings } = kept;
  return (say) => {
    for (const finding of findings) say(finding);
  };
}
