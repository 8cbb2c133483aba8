/** Where a command can be run. The app knows which of these hold; keys of a command work only where its condition does. */
export type When =
  | 'always'
  /** The canvas has the focus: single letters and arrows work only here. */
  | 'canvas'
  | 'undoable'
  | 'redoable'
  | 'selection'
  /** A node of a resource is selected. */
  | 'resource'
  /** A rule of a VirtualService is selected. */
  | 'rule'
  /** A rule with at least two destinations is selected. */
  | 'split'
  | 'destination'
  /** A Service or one of its subsets is selected. */
  | 'service'
  | 'file'
  | 'problems';

export type CommandGroup = 'Edit' | 'Add' | 'Routing' | 'Select' | 'View' | 'Go' | 'Traffic' | 'File' | 'Help';

/**
 * Something a user can do. `keys` are in tinykeys' writing (`$mod` is Command on a Mac, Control elsewhere); the first is the one that
 * menus show. `while typing` keys work in text fields and the editor as well.
 */
export interface Command {
  readonly id: string;
  readonly label: string;
  readonly group: CommandGroup;
  readonly when: When;
  readonly keys: { readonly mac: readonly string[]; readonly other: readonly string[] };
  readonly whileTyping?: boolean;
  /** More words that the palette finds it by. */
  readonly words?: string;
}

type More = Partial<Pick<Command, 'whileTyping' | 'words'>>;

function command(
  group: CommandGroup,
  id: string,
  label: string,
  when: When,
  keys: string | KeyPair,
  more: More = {},
): Command {
  const pair = typeof keys === 'string' ? { mac: keys, other: keys } : keys;
  const list = (text: string): readonly string[] => text.split(' | ').filter((key) => key !== '');
  return { id, label, group, when, keys: { mac: list(pair.mac), other: list(pair.other) }, ...more };
}
interface KeyPair {
  readonly mac: string;
  readonly other: string;
}
const typing: More = { whileTyping: true };

/** All that a user can do, in the order of the palette and the shortcut sheet. Menus, palette, keys and sheet are made from this list. */
// prettier-ignore
export const COMMANDS: readonly Command[] = [
  command('Edit', 'edit.undo', 'Undo', 'undoable', '$mod+z', typing),
  command('Edit', 'edit.redo', 'Redo', 'redoable', { mac: '$mod+Shift+z | $mod+y', other: '$mod+y | $mod+Shift+z' }, typing),
  command('Edit', 'edit.copy', 'Copy as YAML', 'resource', '$mod+c'),
  command('Edit', 'edit.cut', 'Cut', 'resource', '$mod+x'),
  command('Edit', 'edit.paste', 'Paste YAML', 'canvas', '$mod+v'),
  command('Edit', 'edit.duplicate', 'Duplicate', 'resource', '$mod+d', { words: 'copy clone' }),
  command('Edit', 'edit.delete', 'Delete', 'selection', 'Delete | Backspace', { words: 'remove' }),
  command('Edit', 'edit.rename', 'Rename', 'resource', 'F2'),
  command('Edit', 'edit.open', 'Edit in the inspector', 'selection', 'Enter'),
  command('Edit', 'edit.fix', 'Fix this problem', 'problems', '$mod+Period | Alt+Enter', { words: 'quick fix light bulb' }),

  command('Add', 'add.any', 'Add …', 'canvas', 'a | Tab', { words: 'new create palette' }),
  command('Add', 'add.gateway', 'Add a Gateway', 'always', '', { words: 'new create ingress' }),
  command('Add', 'add.virtualService', 'Add a VirtualService', 'always', '', { words: 'new create route' }),
  command('Add', 'add.destinationRule', 'Add a DestinationRule', 'always', '', { words: 'new create subsets policy' }),
  command('Add', 'add.serviceEntry', 'Add a ServiceEntry', 'always', '', { words: 'new create external' }),
  command('Add', 'add.subset', 'Add a subset', 'service', '', { words: 'version' }),

  command('Routing', 'rule.add', 'Add a rule', 'resource', 'r'),
  command('Routing', 'rule.moveUp', 'Move the rule up', 'rule', 'Alt+ArrowUp', { words: 'order earlier' }),
  command('Routing', 'rule.moveDown', 'Move the rule down', 'rule', 'Alt+ArrowDown', { words: 'order later' }),
  command('Routing', 'rule.connect', 'Connect the rule to …', 'rule', 'c', { words: 'route destination subset' }),
  command('Routing', 'rule.shares', 'Change the shares', 'split', 's', { words: 'weights split percent canary' }),
  command('Routing', 'rule.even', 'Split evenly', 'split', 'e', { words: 'weights shares equal' }),
  command('Routing', 'destination.more', 'One percent more', 'destination', 'Shift+ArrowRight', { words: 'weight share' }),
  command('Routing', 'destination.less', 'One percent less', 'destination', 'Shift+ArrowLeft', { words: 'weight share' }),
  command('Routing', 'destination.remove', 'Remove the destination', 'destination', ''),

  command('Select', 'select.all', 'Select all', 'canvas', '$mod+a'),
  command('Select', 'select.none', 'Select nothing', 'canvas', 'Escape'),
  command('Select', 'select.upstream', 'Select what leads here', 'selection', 'Alt+u', { words: 'upstream callers' }),
  command('Select', 'select.downstream', 'Select what this leads to', 'selection', 'Alt+d', { words: 'downstream targets' }),
  command('Select', 'select.connected', 'Select all that is connected', 'selection', 'Alt+c'),

  command('View', 'view.fit', 'Fit all', 'always', 'Shift+Digit1', { words: 'zoom whole' }),
  command('View', 'view.fitSelection', 'Fit the selection', 'selection', 'Shift+Digit2', { words: 'zoom' }),
  command('View', 'view.zoomIn', 'Zoom in', 'canvas', '$mod+Equal | $mod+NumpadAdd'),
  command('View', 'view.zoomOut', 'Zoom out', 'canvas', '$mod+Minus | $mod+NumpadSubtract'),
  command('View', 'view.zoomReset', 'Zoom to 100 %', 'canvas', '$mod+Digit0'),
  command('View', 'view.tidy', 'Tidy up the canvas', 'always', 'Shift+t', { words: 'layout arrange' }),
  command('View', 'view.text', 'Show or hide the text', 'always', '$mod+b', { ...typing, words: 'panel yaml editor' }),
  command('View', 'view.inspector', 'Show or hide the inspector', 'always', '$mod+Alt+b', { ...typing, words: 'panel' }),
  command('View', 'view.bottom', 'Show or hide the lower panel', 'always', '$mod+j', { ...typing, words: 'problems traffic' }),
  command('View', 'view.focus', 'Canvas only', 'always', '$mod+Backslash', { words: 'full screen focus zen' }),
  command('View', 'view.theme', 'Light or dark', 'always', 'Shift+Alt+d', { words: 'theme colour' }),

  command('Go', 'go.find', 'Find on the canvas', 'canvas', '$mod+f', { words: 'search' }),
  command('Go', 'go.text', 'Go to the text', 'selection', 'F12', { words: 'source line yaml reveal' }),
  command('Go', 'go.nextProblem', 'Next problem', 'problems', 'F8', typing),
  command('Go', 'go.previousProblem', 'Previous problem', 'problems', 'Shift+F8', typing),
  command('Go', 'go.back', 'Back', 'always', { mac: 'Control+Minus', other: 'Alt+ArrowLeft' }),
  command('Go', 'go.forward', 'Forward', 'always', { mac: 'Control+Shift+Minus', other: 'Alt+ArrowRight' }),
  command('Go', 'go.problems', 'Problems', 'always', '$mod+Shift+m', typing),
  command('Go', 'go.request', 'Request', 'always', '', { words: 'why trace' }),
  command('Go', 'go.traffic', 'Traffic', 'always', ''),
  command('Go', 'go.changes', 'Changes', 'always', '', { words: 'diff' }),

  command('Traffic', 'traffic.play', 'Play or pause', 'canvas', 'Space | p', { words: 'run start stop' }),
  command('Traffic', 'traffic.step', 'Step one request', 'canvas', 'Period'),
  command('Traffic', 'traffic.restart', 'Start again', 'canvas', 'Shift+r', { words: 'reset rewind' }),
  command('Traffic', 'traffic.faster', 'Faster', 'canvas', 'Shift+Period', { words: 'speed' }),
  command('Traffic', 'traffic.slower', 'Slower', 'canvas', 'Shift+Comma', { words: 'speed' }),

  command('File', 'file.new', 'New file', 'always', '', { words: 'blank' }),
  command('File', 'file.open', 'Open files', 'always', '$mod+o', { ...typing, words: 'import load' }),
  command('File', 'file.openFolder', 'Open a folder', 'always', '', { words: 'import load directory' }),
  command('File', 'file.save', 'Download this file', 'file', '$mod+s', { ...typing, words: 'save export' }),
  command('File', 'file.saveAll', 'Download all as one stream', 'always', '$mod+Shift+s', { ...typing, words: 'save export bundle' }),
  command('File', 'file.copyAll', 'Copy all as YAML', 'always', ''),
  command('File', 'file.copyKubectl', 'Copy the kubectl command', 'always', '', { words: 'apply' }),
  command('File', 'file.rename', 'Rename the file', 'file', ''),
  command('File', 'file.close', 'Close the file', 'file', '', { words: 'remove' }),
  command('File', 'file.examples', 'Open an example', 'always', '', { words: 'bookinfo template' }),

  command('Help', 'help.palette', 'All commands', 'always', '$mod+k | $mod+Shift+p', { ...typing, words: 'palette' }),
  command('Help', 'help.keys', 'Keyboard shortcuts', 'always', 'Shift+Slash', { words: 'keys cheat sheet' }),
  command('Help', 'help.singleKeys', 'Turn single-letter keys on or off', 'always', '', { words: 'accessibility' }),
];

const MAC: Readonly<Record<string, string>> = { $mod: '⌘', Meta: '⌘', Control: '⌃', Alt: '⌥', Shift: '⇧' };
const OTHER: Readonly<Record<string, string>> = { $mod: 'Ctrl', Control: 'Ctrl' };
// prettier-ignore
const NAMES: Readonly<Record<string, string>> = {
  ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Period: '.', Comma: ',', Slash: '/', Equal: '+', Minus: '−',
  Backslash: '\\', NumpadAdd: '+', NumpadSubtract: '−', Escape: 'Esc',
};

/** A key as people read it: `$mod+Shift+z` is `⇧⌘Z` on a Mac and `Ctrl+Shift+Z` elsewhere. */
export function keyLabel(key: string, mac: boolean): string {
  const parts = key.split('+');
  const last = parts.at(-1) ?? '';
  const name = NAMES[last] ?? last.replace(/^(Key|Digit)/, '');
  const letter = name.length === 1 ? name.toUpperCase() : name;
  const marks = parts.slice(0, -1).map((part) => (mac ? MAC : OTHER)[part] ?? part);
  // Apple's order: Control, Option, Shift, Command.
  if (mac) return [...marks.sort((a, b) => '⌃⌥⇧⌘'.indexOf(a) - '⌃⌥⇧⌘'.indexOf(b)), letter].join('');
  return [...marks, letter].join('+');
}
