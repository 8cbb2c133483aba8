const LOCK = 'meshwright.workspace';

/** What to do when this tab is the only one that has the workspace open, or finds that it is not. */
export interface TabPorts {
  /** Called at once when another tab has the workspace. */
  readonly others: () => void;
  /** Called when this tab may write: at once, or when the other one is closed. */
  readonly alone: () => Promise<void>;
}

/** Holds the workspace's lock as long as the tab lives, so that two tabs never write over each other. */
export function whenAlone({ others, alone }: TabPorts): void {
  const hold = async (): Promise<void> => {
    await alone();
    await new Promise<never>(() => undefined);
  };
  // Old browsers have no locks: there the tab that writes last wins.
  if (!('locks' in navigator)) {
    void alone();
    return;
  }
  void navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (lock) return hold();
    others();
    void navigator.locks.request(LOCK, hold);
    return undefined;
  });
}
