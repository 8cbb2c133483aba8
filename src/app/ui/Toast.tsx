import type { JSX } from 'react';
import { IconButton } from './Button.tsx';
import { Icon } from './Icon.tsx';

export interface ToastView {
  readonly id: number;
  readonly tone: 'info' | 'error';
  readonly message: string;
  readonly remedy?: string | undefined;
}

/** Notices over the page, newest last. Refusals interrupt a screen reader, the rest waits for its turn. */
export function Toasts({
  toasts,
  onClose,
}: {
  readonly toasts: readonly ToastView[];
  readonly onClose: (id: number) => void;
}): JSX.Element {
  return (
    <div className="ui-toasts">
      {toasts.map((toast) => (
        <div
          key={toast.id}
          className={`ui-toast ui-toast-${toast.tone}`}
          role={toast.tone === 'error' ? 'alert' : 'status'}
        >
          <Icon name={toast.tone === 'error' ? 'error' : 'info'} />
          <div className="ui-toast-words">
            {toast.message}
            {toast.remedy ? <small>{toast.remedy}</small> : null}
          </div>
          <IconButton icon="close" label="Dismiss" side="top" onClick={() => onClose(toast.id)} />
        </div>
      ))}
    </div>
  );
}
