import type { JSX } from 'react';
import { COMMANDS, keyLabel } from '../../core/commands/list.ts';

const isApple = /Mac|iPhone|iPad/.test(navigator.platform);

/** The keys of a command, in tinykeys' writing, the one that menus show first; empty where it has none. */
export function keysOf(commandId: string): readonly string[] {
  const command = COMMANDS.find((one) => one.id === commandId);
  return command ? (isApple ? command.keys.mac : command.keys.other) : [];
}

/** `$mod+Shift+p` as this machine's keyboard calls it: `Ctrl+Shift+P`, `⇧⌘P`. */
export function keyText(keys: string): string {
  return keyLabel(keys, isApple);
}

/** The first keys of a command, small and dim; nothing where it has none. */
export function Keys({ of }: { readonly of: string }): JSX.Element | null {
  const [first] = keysOf(of);
  return first === undefined ? null : <KeyCap keys={first} />;
}

/** A key or keys in tinykeys' writing. */
export function KeyCap({ keys }: { readonly keys: string }): JSX.Element {
  return <kbd className="ui-kbd">{keyText(keys)}</kbd>;
}
