import { choiceOfDrop, hasFiles, type Choice } from './files.ts';

/** What a page does with files that are dragged over it and dropped. */
export interface DropPorts {
  /** Something that can be dropped has come over the page, or left it. */
  readonly over: (isOver: boolean) => void;
  readonly dropped: (choice: Choice) => void;
}

/** Makes the whole window a place to drop files and folders. Gives the function that ends it. */
export function watchDrops({ over, dropped }: DropPorts): () => void {
  let depth = 0;
  const set = (next: number): void => {
    if (next > 0 !== depth > 0) over(next > 0);
    depth = Math.max(0, next);
  };
  const onEnter = (event: DragEvent): void => {
    if (hasFiles(event.dataTransfer)) set(depth + 1);
  };
  const onLeave = (event: DragEvent): void => {
    if (hasFiles(event.dataTransfer)) set(depth - 1);
  };
  const onOver = (event: DragEvent): void => {
    if (hasFiles(event.dataTransfer)) event.preventDefault();
  };
  const onDrop = (event: DragEvent): void => {
    const transfer = event.dataTransfer;
    if (!transfer || !hasFiles(transfer)) return;
    // In the capture phase and stopped here: an editor under the pointer would take the files as text.
    event.preventDefault();
    event.stopPropagation();
    set(0);
    dropped(choiceOfDrop(transfer));
  };
  window.addEventListener('dragenter', onEnter, true);
  window.addEventListener('dragleave', onLeave, true);
  window.addEventListener('dragover', onOver, true);
  window.addEventListener('drop', onDrop, true);
  return () => {
    window.removeEventListener('dragenter', onEnter, true);
    window.removeEventListener('dragleave', onLeave, true);
    window.removeEventListener('dragover', onOver, true);
    window.removeEventListener('drop', onDrop, true);
  };
}
