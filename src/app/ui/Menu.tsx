import { DropdownMenu as Radix } from 'radix-ui';
import type { JSX, ReactNode } from 'react';
import { Icon, type IconName } from './Icon.tsx';
import { Keys } from './Kbd.tsx';

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  /** One line of purpose below the label. */
  readonly hint?: string | undefined;
  readonly icon?: IconName | undefined;
  /** The command that it runs: its keys are shown. */
  readonly command?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly danger?: boolean | undefined;
  /** Present: the item is one of a choice, and this tells whether it is the one. */
  readonly checked?: boolean | undefined;
  /** The menu stays open after it. */
  readonly stays?: boolean | undefined;
  readonly onSelect: () => void;
}
interface Props {
  /** One element that takes a ref and opens the menu. */
  readonly trigger: ReactNode;
  readonly items: readonly MenuItem[];
  readonly align?: 'start' | 'end';
  /** It is there because it was asked for: open at once. */
  readonly defaultOpen?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  readonly children?: ReactNode;
}

function ItemBody({ item }: { readonly item: MenuItem }): JSX.Element {
  return (
    <>
      <span className="ui-menu-sign">
        {item.checked ? <Icon name="check" /> : item.icon ? <Icon name={item.icon} /> : null}
      </span>
      <span className="ui-menu-words">
        {item.label}
        {item.hint ? <span className="ui-menu-hint">{item.hint}</span> : null}
      </span>
      {item.command ? <Keys of={item.command} /> : null}
    </>
  );
}

/** A menu below its trigger: arrows, letters, Enter and Escape as everywhere. */
export function Menu({
  trigger,
  items,
  align = 'start',
  defaultOpen = false,
  onOpenChange,
  children,
}: Props): JSX.Element {
  return (
    <Radix.Root modal={false} defaultOpen={defaultOpen} {...(onOpenChange ? { onOpenChange } : {})}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="ui-menu" align={align} sideOffset={4} collisionPadding={8} loop>
          {items.map((item) =>
            item.checked === undefined ? (
              <Radix.Item
                key={item.id}
                className={`ui-menu-item${item.danger ? ' ui-danger' : ''}`}
                disabled={item.disabled ?? false}
                onSelect={item.onSelect}
                textValue={item.label}
              >
                <ItemBody item={item} />
              </Radix.Item>
            ) : (
              <Radix.CheckboxItem
                key={item.id}
                className="ui-menu-item"
                checked={item.checked}
                onCheckedChange={item.onSelect}
                {...(item.stays ? { onSelect: (event: Event) => event.preventDefault() } : {})}
                textValue={item.label}
              >
                <ItemBody item={item} />
              </Radix.CheckboxItem>
            ),
          )}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
