import { Popover } from 'radix-ui';
import { useState, type JSX, type ReactNode } from 'react';
import { FilterList, type Choice } from './FilterList.tsx';

interface Props {
  /** One element that takes a ref and opens the list. */
  readonly trigger: ReactNode;
  readonly label: string;
  readonly placeholder: string;
  /** Asked for when the list opens. */
  readonly choices: () => readonly Choice[];
  readonly nothing: string;
  readonly onPick: (id: string) => void;
}

/** A list to pick one thing from, below a button; typing narrows it down. */
export function Picker({ trigger, onPick, ...list }: Props): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="ui-popover"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={list.label}
        >
          <Open
            {...list}
            onPick={(id) => {
              setOpen(false);
              onPick(id);
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Open({ choices, ...list }: Omit<Props, 'trigger'>): JSX.Element {
  const [all] = useState(choices);
  return <FilterList {...list} choices={all} />;
}
