/** How many letters must be put in, taken out, changed or swapped with their neighbour to make one text of another (capitals alike). */
export function distance(one: string, other: string): number {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + cost);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

/** How far apart two words may be to be taken for one that was mistyped. */
const isClose = (word: string, far: number): boolean => far <= Math.max(1, Math.floor(word.length / 3));

/** The candidates that a mistyped word may have meant, nearest first. */
export function meant(word: string, candidates: readonly string[]): readonly string[] {
  return ranked(word, candidates, (candidate) => candidate).filter((candidate) =>
    isClose(word, distance(word, candidate)),
  );
}

/** The candidates by how near their text comes to a word; equally near ones stay in order. */
export function ranked<T>(word: string, candidates: readonly T[], textOf: (candidate: T) => string): readonly T[] {
  return candidates
    .map((candidate, index) => ({ candidate, index, far: distance(word, textOf(candidate)) }))
    .sort((a, b) => a.far - b.far || a.index - b.index)
    .map(({ candidate }) => candidate);
}
