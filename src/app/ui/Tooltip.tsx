import { Tooltip as Radix } from 'radix-ui';
import type { JSX, ReactNode } from 'react';
import { Keys } from './Kbd.tsx';

interface Props {
  readonly text: string;
  readonly command?: string | undefined;
  readonly side?: 'top' | 'bottom' | 'left' | 'right';
  readonly children: ReactNode;
}

/** Words beside a control on hover and focus. `children` is one element that takes a ref; its own name says what it is. */
export function Tooltip({ text, command, side = 'bottom', children }: Props): JSX.Element {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="ui-tooltip" side={side} sideOffset={6} collisionPadding={8}>
          {text}
          {command ? <Keys of={command} /> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Lets tooltips of neighbours follow one another without the delay. Once, around the page. */
export function TooltipProvider({ children }: { readonly children: ReactNode }): JSX.Element {
  return (
    <Radix.Provider delayDuration={500} skipDelayDuration={200}>
      {children}
    </Radix.Provider>
  );
}
