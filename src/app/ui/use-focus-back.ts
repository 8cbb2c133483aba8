import { useRef } from 'react';

/**
 * Handlers for a modal that no button of Radix opens: it remembers what had the focus when it opened and gives it back when it closes,
 * so that typing goes on in the editor or on the canvas. `first` finds what gets the focus inside; without it the modal decides.
 */
export function useFocusBack(first?: string): {
  readonly onOpenAutoFocus: (event: Event) => void;
  readonly onCloseAutoFocus: (event: Event) => void;
} {
  const before = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: (event) => {
      before.current = document.activeElement;
      const sheet = event.currentTarget;
      const target =
        first !== undefined && sheet instanceof HTMLElement ? sheet.querySelector<HTMLElement>(first) : null;
      if (!target) return;
      event.preventDefault();
      target.focus();
    },
    onCloseAutoFocus: (event) => {
      event.preventDefault();
      if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true });
    },
  };
}
