import { useEffect, useState, type JSX } from 'react';
import { watchDrops } from '../../platform/index.ts';
import { Icon } from '../../ui/index.ts';
import { openChoice, openText } from './transfer.ts';

const TYPING = 'input, textarea, select, [contenteditable="true"], .monaco-editor';

/** Pasted text outside of boxes and the editor opens as a file. */
function onPaste(event: ClipboardEvent): void {
  if (event.target instanceof Element && event.target.closest(TYPING)) return;
  const text = event.clipboardData?.getData('text/plain') ?? '';
  if (text.trim() === '') return;
  event.preventDefault();
  openText(text);
}

/** Makes the whole page a place to drop files and folders and to paste YAML; says so while something is dragged over it. */
export function DropAndPaste(): JSX.Element | null {
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    window.addEventListener('paste', onPaste);
    const end = watchDrops({
      over: setIsOver,
      dropped: (choice) => void openChoice(choice, (files) => `Drop ${files}`),
    });
    return () => {
      window.removeEventListener('paste', onPaste);
      end();
    };
  }, []);
  if (!isOver) return null;
  return (
    <div className="pn-drop" role="status">
      <div>
        <Icon name="download" size={32} />
        Drop files or folders to open them
        <span className="pn-dim">They stay in this browser.</span>
      </div>
    </div>
  );
}
