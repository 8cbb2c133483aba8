import type { JournalEntry, Snapshot } from '../../core/workspace/types.ts';

const NAME = 'meshwright';
const VERSION = 1;

/** What storage keeps beside the workspace. */
export interface SavedMeta {
  readonly version: 1;
  readonly savedAt: number;
  /** Which page it was that saved, by the clock when it began. */
  readonly page?: number;
  readonly order: readonly string[];
  readonly selection: readonly string[];
  /** Files whose text is not the one that was opened or downloaded. */
  readonly dirty: readonly string[];
  /** Grows with each write: a tab that loaded an older one must not write over a newer one. */
  readonly revision: number;
}

/** What a browser that refuses storage, or has no more room, leads to. `message` is for the user. */
export class StorageFailure extends Error {}

function failureOf(error: unknown): StorageFailure {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'QuotaExceededError') {
    return new StorageFailure('This browser has no room left, so your last changes are not saved.');
  }
  return new StorageFailure('This browser does not let the page save your work.');
}

const result = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new DOMException('no reason', 'UnknownError'));
  });

const finished = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException('aborted', 'AbortError'));
    transaction.onerror = () => reject(transaction.error ?? new DOMException('no reason', 'UnknownError'));
  });

/**
 * The workspace in IndexedDB: a record for each file and each place, so that a write is in the size of the change, and one for all else.
 * A write is one transaction: after a crash there is the state before or after it, never half of it.
 */
export interface WorkspaceStorage {
  /** What is stored, as plain data for `readSnapshot`; `undefined` where there is nothing. */
  readonly load: () => Promise<{ readonly data: unknown; readonly meta: SavedMeta } | undefined>;
  /** The number of the newest write, 0 for none. */
  readonly revision: () => Promise<number>;
  readonly write: (entry: JournalEntry, meta: SavedMeta) => Promise<void>;
  /** Writes everything anew and forgets what was there. */
  readonly replace: (snapshot: Snapshot, meta: SavedMeta) => Promise<void>;
}

async function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = () => {
    request.result.createObjectStore('files', { keyPath: 'id' });
    request.result.createObjectStore('places', { keyPath: 'id' });
    request.result.createObjectStore('meta');
  };
  return result(request);
}

async function readMeta(transaction: IDBTransaction): Promise<SavedMeta | undefined> {
  const value: unknown = await result(transaction.objectStore('meta').get('meta'));
  const isMeta = typeof value === 'object' && value !== null && 'order' in value && Array.isArray(value.order);
  // Written by `SavedMeta` alone; what else is in it is checked by `readSnapshot`.
  return isMeta ? (value as unknown as SavedMeta) : undefined;
}

const STORES = ['files', 'places', 'meta'];

/** Opens the storage. Fails with a `StorageFailure` where the browser has none for the page. */
export async function openStorage(): Promise<WorkspaceStorage> {
  const database = await openDatabase().catch((error: unknown) => {
    throw failureOf(error);
  });
  const write = async (work: (transaction: IDBTransaction) => void): Promise<void> => {
    try {
      const transaction = database.transaction(STORES, 'readwrite', { durability: 'relaxed' });
      try {
        work(transaction);
      } catch (error) {
        transaction.abort();
        throw error;
      }
      await finished(transaction);
    } catch (error) {
      throw failureOf(error);
    }
  };
  return {
    load: async () => {
      const transaction = database.transaction(STORES, 'readonly');
      const [meta, files, places] = await Promise.all([
        readMeta(transaction),
        result<unknown[]>(transaction.objectStore('files').getAll()),
        result<unknown[]>(transaction.objectStore('places').getAll()),
      ]);
      if (!meta) return undefined;
      const at = (file: unknown): number =>
        typeof file === 'object' && file !== null && 'id' in file ? meta.order.indexOf(String(file.id)) : -1;
      const ordered = files.filter((file) => at(file) >= 0).sort((a, b) => at(a) - at(b));
      return { data: { version: meta.version, files: ordered, places, selection: meta.selection }, meta };
    },
    revision: async () => (await readMeta(database.transaction(STORES, 'readonly')))?.revision ?? 0,
    write: (entry, meta) =>
      write((transaction) => {
        const files = transaction.objectStore('files');
        for (const file of entry.files) files.put(file);
        if (entry.order) {
          const kept = new Set<IDBValidKey>(entry.order);
          const keys = files.getAllKeys();
          keys.onsuccess = () => {
            for (const key of keys.result) if (!kept.has(key)) files.delete(key);
            transaction.commit();
          };
        }
        for (const place of entry.places) transaction.objectStore('places').put(place);
        transaction.objectStore('meta').put(meta, 'meta');
        // Not when the answers are in: the page may be gone before a worker that is busy could hear them.
        if (!entry.order) transaction.commit();
      }),
    replace: (snapshot, meta) =>
      write((transaction) => {
        for (const name of STORES) transaction.objectStore(name).clear();
        for (const file of snapshot.files) transaction.objectStore('files').put(file);
        for (const place of snapshot.places) transaction.objectStore('places').put(place);
        transaction.objectStore('meta').put(meta, 'meta');
        transaction.commit();
      }),
  };
}
