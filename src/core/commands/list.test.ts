import { describe, expect, it } from 'vitest';
import { COMMANDS, keyLabel } from './list.ts';

describe('COMMANDS', () => {
  it('gives every command an id of its own and a label', () => {
    expect(new Set(COMMANDS.map((one) => one.id)).size).toBe(COMMANDS.length);
    expect(COMMANDS.filter((one) => one.label.trim() === '')).toEqual([]);
  });

  it.each(['mac', 'other'] as const)('gives no key to two commands (%s)', (system) => {
    const keys = COMMANDS.flatMap((one) => one.keys[system]);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it('takes no plain key while somebody types', () => {
    const plain = (key: string) => !/(\$mod|Control|Alt|Meta)\+/.test(key) && !/(^|\+)F\d+$/.test(key);
    const typed = COMMANDS.filter((one) => one.whileTyping).flatMap((one) => [...one.keys.mac, ...one.keys.other]);
    expect(typed.filter(plain)).toEqual([]);
  });
});

describe('keyLabel', () => {
  it('writes keys as each system does', () => {
    expect(keyLabel('$mod+Shift+z', true)).toBe('⇧⌘Z');
    expect(keyLabel('$mod+Shift+z', false)).toBe('Ctrl+Shift+Z');
    expect(keyLabel('Alt+ArrowUp', false)).toBe('Alt+↑');
    expect(keyLabel('Shift+Digit1', true)).toBe('⇧1');
  });
});
