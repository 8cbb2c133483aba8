/** A stretch that differs: lines `from`..`to` (from 0, `to` exclusive) of the text before gave way to those of the text after. */
export interface LineChange {
  readonly before: { readonly from: number; readonly to: number };
  readonly after: { readonly from: number; readonly to: number };
}

/** Where the search for the least difference ends: beyond it the stretch counts as replaced, since the search costs the square of it. */
const MOST_EDITS = 1000;

/**
 * What to change in a list of lines so that it becomes another one: least changes, in order, none touching the next. A stretch that only
 * came or went, and could be told at several places, is told where it begins with a document's marker.
 */
export function diffLines(before: readonly string[], after: readonly string[]): readonly LineChange[] {
  let head = 0;
  const most = Math.min(before.length, after.length);
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const left = before.slice(head, before.length - tail);
  const right = after.slice(head, after.length - tail);
  const changes: LineChange[] = [];
  for (const { before: was, after: is } of changesOf(matchesOf(left, right), left.length, right.length)) {
    const change = {
      before: { from: was.from + head, to: was.to + head },
      after: { from: is.from + head, to: is.to + head },
    };
    changes.push(slid(change, before, after, changes.at(-1)?.after.to ?? 0));
  }
  return changes;
}

type Match = readonly [before: number, after: number];

/** The lines that both have, by Myers: forward, keeping the furthest points of each round. */
function matchesOf(before: readonly string[], after: readonly string[]): Match[] {
  const rounds: Int32Array[] = [];
  const most = Math.min(before.length + after.length, MOST_EDITS);
  const size = 2 * most + 3;
  let reach = new Int32Array(size);
  for (let edits = 0; edits <= most; edits += 1) {
    const next = reach.slice();
    for (let k = -edits; k <= edits; k += 2) {
      const down = reach[most + k + 2] ?? 0;
      const right = reach[most + k] ?? 0;
      let x = k === -edits || (k !== edits && right < down) ? down : right + 1;
      let y = x - k;
      while (x < before.length && y < after.length && before[x] === after[y]) {
        x += 1;
        y += 1;
      }
      next[most + k + 1] = x;
      if (x < before.length || y < after.length) continue;
      rounds.push(next);
      return walkBack(rounds, most, before.length, after.length);
    }
    rounds.push(next);
    reach = next;
  }
  return [];
}

function walkBack(rounds: readonly Int32Array[], middle: number, width: number, height: number): Match[] {
  const matches: Match[] = [];
  let [x, y] = [width, height];
  for (let edits = rounds.length - 1; edits >= 0; edits -= 1) {
    const reach = rounds[edits - 1];
    const k = x - y;
    const at = (diagonal: number): number => reach?.[middle + diagonal + 1] ?? 0;
    const fromAbove = k === -edits || (k !== edits && at(k - 1) < at(k + 1));
    const startX = edits === 0 ? 0 : fromAbove ? at(k + 1) : at(k - 1);
    const startY = edits === 0 ? 0 : startX - (fromAbove ? k + 1 : k - 1);
    const firstX = edits === 0 ? 0 : fromAbove ? startX : startX + 1;
    while (x > firstX) {
      x -= 1;
      y -= 1;
      matches.push([x, y]);
    }
    [x, y] = [startX, startY];
  }
  return matches.reverse();
}

function changesOf(matches: readonly Match[], width: number, height: number): LineChange[] {
  const changes: LineChange[] = [];
  let [x, y] = [0, 0];
  for (const [before, after] of [...matches, [width, height] as const]) {
    if (before > x || after > y) changes.push({ before: { from: x, to: before }, after: { from: y, to: after } });
    [x, y] = [before + 1, after + 1];
  }
  return changes;
}

const MARKER = /^---(?:\s|$)/;

/** The same change told further up (not above line `floor` of the text after), where it begins with a document's marker; else as it is. */
function slid(change: LineChange, before: readonly string[], after: readonly string[], floor: number): LineChange {
  const added = change.before.from === change.before.to;
  if (!added && change.after.from !== change.after.to) return change;
  const lines = added ? after : before;
  const { from, to } = added ? change.after : change.before;
  const most = Math.min(change.after.from - floor - (floor > 0 ? 1 : 0), change.before.from);
  for (let up = 0; up <= most; up += 1) {
    if (MARKER.test(lines[from - up] ?? '')) return moved(change, -up);
    if (lines[from - up - 1] !== lines[to - up - 1]) return change;
  }
  return change;
}

const moved = ({ before, after }: LineChange, by: number): LineChange => ({
  before: { from: before.from + by, to: before.to + by },
  after: { from: after.from + by, to: after.to + by },
});
