import { useEffect } from 'react';

type Run = () => void;
const handlers = new Map<string, { readonly run: Run; readonly can: () => boolean }>();

/** Says who does a command of `core/commands/list.ts`, and when it can be done. Gives the function that takes it back. */
export function handleCommand(id: string, run: Run, can: () => boolean = () => true): () => void {
  const handler = { run, can };
  handlers.set(id, handler);
  return () => {
    if (handlers.get(id) === handler) handlers.delete(id);
  };
}

/** Is there anybody who does the command, now or at another time. */
export function isHandled(id: string): boolean {
  return handlers.has(id);
}

/** Can the command be done now: somebody does it, and its time is right. */
export function canRun(id: string): boolean {
  return handlers.get(id)?.can() ?? false;
}

/** Does the command. Gives whether it was done. */
export function runCommand(id: string): boolean {
  const handler = handlers.get(id);
  if (!handler?.can()) return false;
  handler.run();
  return true;
}

/** Does these commands while the component is there. `commands` must stay the same object from one rendering to the next. */
export function useCommands(
  commands: Readonly<Record<string, Run | { readonly run: Run; readonly can: () => boolean }>>,
): void {
  useEffect(() => {
    const ends = Object.entries(commands).map(([id, entry]) =>
      typeof entry === 'function' ? handleCommand(id, entry) : handleCommand(id, entry.run, entry.can),
    );
    return () => ends.forEach((end) => end());
  }, [commands]);
}
