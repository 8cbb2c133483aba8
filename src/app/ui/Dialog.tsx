import { Dialog as Radix } from 'radix-ui';
import type { JSX, ReactNode } from 'react';
import { IconButton } from './Button.tsx';
import { useFocusBack } from './use-focus-back.ts';

interface Props {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  /** One sentence below the title. */
  readonly about?: string | undefined;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** The focus goes to the first thing that is meant to be used, not to the cross that closes the sheet. */
const FIRST = 'textarea, input, .ui-button, [tabindex="0"]';

/** A sheet above the page: takes the focus, gives it back, closes on Escape and on a click beside it. */
export function Dialog({ open, onOpenChange, title, about, wide = false, children }: Props): JSX.Element {
  const focus = useFocusBack(FIRST);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="ui-scrim" />
        <Radix.Content
          {...focus}
          className={`ui-dialog${wide ? ' ui-dialog-wide' : ''}`}
          {...(about ? {} : { 'aria-describedby': undefined })}
        >
          <header className="ui-dialog-head">
            <Radix.Title className="ui-dialog-title">{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton icon="close" label="Close" />
            </Radix.Close>
          </header>
          {about ? <Radix.Description className="ui-dialog-about">{about}</Radix.Description> : null}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
