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
 * menus show. Keys with `whileTyping` work in text fields and the editor as well.
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

type Row = readonly [CommandGroup, id: string, label: string, When, keys: string | KeyPair, more?: More];

function command([group, id, label, when, keys, more]: Row): Command {
  const pair = typeof keys === 'string' ? { mac: keys, other: keys } : keys;
  const list = (text: string): readonly string[] => text.split(' | ').filter((key) => key !== '');
  return { id, label, group, when, keys: { mac: list(pair.mac), other: list(pair.other) }, ...more };
}
interface KeyPair {
  readonly mac: string;
  readonly other: string;
}
const typing: More = { whileTyping: true };

// prettier-ignore
const ROWS: readonly Row[] = [
  ['Edit', 'edit.undo', 'Undo', 'undoable', '$mod+z', typing],
  ['Edit', 'edit.redo', 'Redo', 'redoable', { mac: '$mod+Shift+z | $mod+y', other: '$mod+y | $mod+Shift+z' }, typing],
  ['Edit', 'edit.copy', 'Copy as YAML', 'resource', '$mod+c'],
  ['Edit', 'edit.cut', 'Cut', 'resource', '$mod+x'],
  ['Edit', 'edit.paste', 'Paste YAML', 'canvas', '$mod+v'],
  ['Edit', 'edit.duplicate', 'Duplicate', 'resource', '$mod+d', { words: 'copy clone' }],
  ['Edit', 'edit.delete', 'Delete', 'selection', 'Delete | Backspace', { words: 'remove' }],
  ['Edit', 'edit.rename', 'Rename', 'resource', 'F2'],
  ['Edit', 'edit.open', 'Edit in the inspector', 'selection', 'Enter'],
  ['Edit', 'edit.fix', 'Fix this problem', 'problems', '$mod+Period | Alt+Enter', { words: 'quick fix light bulb' }],

  ['Add', 'add.any', 'Add …', 'canvas', 'a', { words: 'new create palette' }],
  ['Add', 'add.gateway', 'Add a Gateway', 'always', '', { words: 'new create ingress' }],
  ['Add', 'add.virtualService', 'Add a VirtualService', 'always', '', { words: 'new create route' }],
  ['Add', 'add.destinationRule', 'Add a DestinationRule', 'always', '', { words: 'new create subsets policy' }],
  ['Add', 'add.serviceEntry', 'Add a ServiceEntry', 'always', '', { words: 'new create external' }],
  ['Add', 'add.subset', 'Add a subset', 'service', '', { words: 'version' }],

  ['Routing', 'rule.add', 'Add a rule', 'resource', 'r'],
  ['Routing', 'rule.moveUp', 'Move the rule up', 'rule', 'Alt+ArrowUp', { words: 'order earlier' }],
  ['Routing', 'rule.moveDown', 'Move the rule down', 'rule', 'Alt+ArrowDown', { words: 'order later' }],
  ['Routing', 'rule.connect', 'Connect the rule to …', 'rule', 'c', { words: 'route destination subset' }],
  ['Routing', 'rule.shares', 'Change the shares', 'split', 's', { words: 'weights split percent canary' }],
  ['Routing', 'rule.even', 'Split evenly', 'split', 'e', { words: 'weights shares equal' }],
  ['Routing', 'rule.whyNot', 'Why not this rule?', 'rule', 'w', { words: 'request reach trace explain witness' }],
  ['Routing', 'destination.more', 'One percent more', 'destination', 'Shift+ArrowRight', { words: 'weight share' }],
  ['Routing', 'destination.less', 'One percent less', 'destination', 'Shift+ArrowLeft', { words: 'weight share' }],
  ['Routing', 'destination.remove', 'Remove the destination', 'destination', ''],

  ['Select', 'select.all', 'Select all', 'canvas', '$mod+a'],
  ['Select', 'select.none', 'Select nothing', 'canvas', 'Escape'],
  ['Select', 'select.upstream', 'Select what leads here', 'selection', 'Alt+u', { words: 'upstream callers' }],
  ['Select', 'select.downstream', 'Select what this leads to', 'selection', 'Alt+d', { words: 'downstream targets' }],
  ['Select', 'select.connected', 'Select all that is connected', 'selection', 'Alt+c'],

  ['View', 'view.fit', 'Fit all', 'always', 'Shift+Digit1', { words: 'zoom whole' }],
  ['View', 'view.fitSelection', 'Fit the selection', 'selection', 'Shift+Digit2', { words: 'zoom' }],
  ['View', 'view.zoomIn', 'Zoom in', 'canvas', '$mod+Equal | $mod+NumpadAdd'],
  ['View', 'view.zoomOut', 'Zoom out', 'canvas', '$mod+Minus | $mod+NumpadSubtract'],
  ['View', 'view.zoomReset', 'Zoom to 100 %', 'canvas', '$mod+Digit0'],
  ['View', 'view.tidy', 'Tidy up the canvas', 'always', 'Shift+t', { words: 'layout arrange' }],
  ['View', 'view.text', 'Show or hide the text', 'always', '$mod+b', { ...typing, words: 'panel yaml editor' }],
  ['View', 'view.inspector', 'Show or hide the inspector', 'always', '$mod+Alt+b', { ...typing, words: 'panel' }],
  ['View', 'view.bottom', 'Show or hide the lower panel', 'always', '$mod+j', { ...typing, words: 'problems traffic' }],
  ['View', 'view.focus', 'Canvas only', 'always', '$mod+Backslash', { words: 'full screen focus zen' }],
  ['View', 'view.theme', 'Light or dark', 'always', 'Shift+Alt+d', { words: 'theme colour' }],

  ['Go', 'go.find', 'Find on the canvas', 'canvas', '$mod+f', { words: 'search' }],
  ['Go', 'go.text', 'Go to the text', 'selection', 'F12', { words: 'source line yaml reveal' }],
  ['Go', 'go.nextProblem', 'Next problem', 'problems', 'F8', typing],
  ['Go', 'go.previousProblem', 'Previous problem', 'problems', 'Shift+F8', typing],
  ['Go', 'go.back', 'Back', 'always', { mac: 'Control+Minus', other: 'Alt+ArrowLeft' }],
  ['Go', 'go.forward', 'Forward', 'always', { mac: 'Control+Shift+Minus', other: 'Alt+ArrowRight' }],
  ['Go', 'go.problems', 'Problems', 'always', '$mod+Shift+m', typing],
  ['Go', 'go.request', 'Request', 'always', '', { words: 'why trace' }],
  ['Go', 'go.traffic', 'Traffic', 'always', ''],
  ['Go', 'go.changes', 'Changes', 'always', '', { words: 'diff' }],

  ['Traffic', 'traffic.play', 'Play or pause', 'canvas', 'Space | p', { words: 'run start stop' }],
  ['Traffic', 'traffic.step', 'Step one request', 'canvas', 'Period'],
  ['Traffic', 'traffic.restart', 'Start again', 'canvas', 'Shift+r', { words: 'reset rewind' }],
  ['Traffic', 'traffic.faster', 'Faster', 'canvas', 'Shift+Period', { words: 'speed' }],
  ['Traffic', 'traffic.slower', 'Slower', 'canvas', 'Shift+Comma', { words: 'speed' }],

  ['File', 'file.new', 'New file', 'always', '', { words: 'blank' }],
  ['File', 'file.open', 'Open files', 'always', '$mod+o', { ...typing, words: 'import load' }],
  ['File', 'file.openFolder', 'Open a folder', 'always', '', { words: 'import load directory' }],
  ['File', 'file.save', 'Download this file', 'file', '$mod+s', { ...typing, words: 'save export' }],
  ['File', 'file.saveAll', 'Download all as one stream', 'always', '$mod+Shift+s', { ...typing, words: 'save export bundle' }],
  ['File', 'file.copyAll', 'Copy all as YAML', 'always', ''],
  ['File', 'file.copyKubectl', 'Copy the kubectl command', 'always', '', { words: 'apply' }],
  ['File', 'file.rename', 'Rename the file', 'file', ''],
  ['File', 'file.close', 'Close the file', 'file', '', { words: 'remove' }],
  ['File', 'file.examples', 'Open an example', 'always', '', { words: 'bookinfo template' }],

  ['Help', 'help.palette', 'All commands', 'always', '$mod+k | $mod+Shift+p', { ...typing, words: 'palette' }],
  ['Help', 'help.keys', 'Keyboard shortcuts', 'always', 'Shift+Slash', { words: 'keys cheat sheet' }],
  ['Help', 'help.singleKeys', 'Turn single-letter keys on or off', 'always', '', { words: 'accessibility' }],
];

/** All that a user can do, in the order of the palette and the shortcut sheet. Menus, palette, keys and sheet are made from this list. */
export const COMMANDS: readonly Command[] = ROWS.map(command);

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
