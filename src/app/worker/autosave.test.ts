import { beforeEach, describe, expect, it } from 'vitest';
import { fileId } from '../../core/base/ids.ts';
import { applyJournal } from '../../core/workspace/index.ts';
import type { JournalEntry, Snapshot } from '../../core/workspace/types.ts';
import { Autosave } from './autosave.ts';
import { StorageFailure, type SavedMeta, type WorkspaceStorage } from './storage.ts';

const EMPTY: Snapshot = { version: 1, files: [], places: [], selection: [] };
const wrote = (name: string, text: string): JournalEntry => ({
  version: 1,
  files: [{ id: fileId(name), text }],
  places: [],
  selection: [],
});

describe('Autosave', () => {
  let now: Snapshot = EMPTY;
  let stored: Snapshot = EMPTY;
  let meta: SavedMeta | undefined;
  let writes: string[] = [];
  let failures: string[] = [];
  let room = true;
  let due: (() => void) | undefined;
  const check = (): void => {
    if (!room) throw new StorageFailure('no room');
  };
  const storage: WorkspaceStorage = {
    load: async () => undefined,
    revision: async () => meta?.revision ?? 0,
    write: async (entry, next) => {
      check();
      stored = applyJournal(stored, entry);
      meta = next;
      writes.push('part');
    },
    replace: async (snapshot, next) => {
      check();
      stored = snapshot;
      meta = next;
      writes.push('whole');
    },
  };
  const make = (): Autosave =>
    new Autosave(
      {
        snapshot: () => now,
        dirty: () => [],
        now: () => 5,
        saved: () => undefined,
        failed: (message) => failures.push(message),
        wait: (_ms, then) => {
          due = then;
          return () => (due = undefined);
        },
      },
      storage,
      0,
    );
  const change = (saver: Autosave, name: string, text: string): void => {
    const entry = wrote(name, text);
    now = applyJournal(now, entry);
    saver.add(entry);
  };
  beforeEach(() => {
    [now, stored, meta, writes, failures, room, due] = [EMPTY, EMPTY, undefined, [], [], true, undefined];
  });

  it('writes nothing while it is paused, and everything when it goes on', async () => {
    const saver = make();
    change(saver, 'a.yaml', '1');
    expect(due).toBeUndefined();
    saver.resume();
    await saver.flush();
    expect(writes).toEqual(['whole']);
    expect(stored).toEqual(now);
  });

  it('gathers changes to one write that is in their size', async () => {
    const saver = make();
    saver.resume();
    await saver.flush();
    change(saver, 'a.yaml', '1');
    change(saver, 'a.yaml', '12');
    change(saver, 'b.yaml', 'x');
    await saver.flush();
    expect(writes).toEqual(['whole', 'part']);
    expect(stored).toEqual(now);
    expect(meta?.revision).toBe(2);
  });

  it('writes a small change without being asked, and a large one when it is due', async () => {
    const saver = make();
    saver.resume();
    await saver.flush();
    change(saver, 'a.yaml', '1');
    await new Promise((then) => setTimeout(then));
    expect(writes).toEqual(['whole', 'part']);
    expect(stored).toEqual(now);
    change(saver, 'b.yaml', 'x'.repeat(1_100_000));
    await new Promise((then) => setTimeout(then));
    expect(writes).toEqual(['whole', 'part']);
    due?.();
    await new Promise((then) => setTimeout(then));
    expect(writes).toEqual(['whole', 'part', 'part']);
    expect(stored).toEqual(now);
  });

  it('tells a failure once, goes on trying, and then writes everything', async () => {
    const saver = make();
    saver.resume();
    await saver.flush();
    room = false;
    change(saver, 'a.yaml', '1');
    await saver.flush();
    change(saver, 'a.yaml', '12');
    await saver.flush();
    expect(failures).toEqual(['no room']);
    room = true;
    change(saver, 'b.yaml', 'x');
    await saver.flush();
    expect(writes).toEqual(['whole', 'whole']);
    expect(stored).toEqual(now);
  });

  it('has nothing to write twice', async () => {
    const saver = make();
    saver.resume();
    await saver.flush();
    await saver.flush();
    expect(writes).toEqual(['whole']);
  });
});
