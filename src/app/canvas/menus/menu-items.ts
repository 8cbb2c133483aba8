import type { GraphDestination, Point, RuleRow } from '../../../core/graph/types.ts';
import { actions, getAppState } from '../../state/index.ts';
import { runCommand, type IconName } from '../../ui/index.ts';
import {
  add,
  addRule,
  addSubset,
  canvasCommands,
  duplicate,
  find,
  type Found,
  open,
  openConnectMenu,
  remove,
  rename,
  shiftRule,
  splitEvenly,
  typeShares,
} from '../commands.ts';
import { siblings } from '../gestures/reorder.ts';
import { addableKinds, spotUnder } from '../spots.ts';
import { setCanvas } from '../ui-state.ts';

/** What a context menu is about: an item of the canvas, a part of a split in it, or the empty canvas. */
export interface MenuTarget {
  /** Where the menu was opened, in canvas units; absent where the keyboard opened it. */
  readonly point?: Point | undefined;
  readonly item?: string | undefined;
  readonly destination?: string | undefined;
}
export interface Entry {
  readonly id: string;
  readonly label: string;
  readonly icon?: IconName | undefined;
  readonly command?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly danger?: boolean | undefined;
  readonly onSelect: () => void;
}
/** Groups of entries, parted by lines. */
export type Entries = readonly (readonly Entry[])[];

/** The entries for a target. Each of them is also on a key or in a panel. */
export function entriesFor(target: MenuTarget): Entries {
  const found = find(target.item);
  if (!found) return canvasEntries(target.point);
  if (found.row?.kind === 'rule') return ruleEntries(found, found.row, target.destination);
  if (found.row) return rowEntries(found);
  return nodeEntries(found);
}

function canvasEntries(point?: Point): Entries {
  return [
    [
      {
        id: 'palette',
        label: 'Find or do anything',
        icon: 'search',
        command: 'go.palette',
        onSelect: () => actions.setPaletteOpen(true),
      },
    ],
    addableKinds.map((kind) => ({
      id: kind,
      label: `Add a ${kind}`,
      icon: 'plus' as const,
      onSelect: () => (point ? add(kind, spotUnder(kind, point)) : add(kind)),
    })),
    [
      { id: 'fit', label: 'Fit all', icon: 'fit', command: 'view.fit', onSelect: canvasCommands['view.fit'] },
      { id: 'tidy', label: 'Tidy up', icon: 'tidy', command: 'view.tidy', onSelect: canvasCommands['view.tidy'] },
    ],
  ];
}

const showText = (id: string): Entry => ({
  id: 'open',
  label: 'Show its text',
  icon: 'file',
  command: 'go.text',
  onSelect: () => open(id),
});

function nodeEntries({ node }: Found): Entries {
  const { id } = node;
  const real = node.resource !== undefined;
  const groups: Entry[][] = [[]];
  if (node.source) groups[0]?.push(showText(id));
  if (node.kind === 'caller') groups[0]?.push(callerEntry(id, node.title));
  if (getAppState().joinedNotes.has(id)) groups[0]?.push(joinedEntry(id));
  if (real)
    groups[0]?.push(
      {
        id: 'rename',
        label: 'Rename',
        icon: 'pencil',
        command: 'edit.rename',
        disabled: node.stale,
        onSelect: () => rename(id),
      },
      { id: 'duplicate', label: 'Duplicate', icon: 'copy', command: 'edit.duplicate', onSelect: () => duplicate(id) },
    );
  if (node.kind === 'virtualService' && real)
    groups.push([
      {
        id: 'addRule',
        label: 'Add a rule',
        icon: 'plus',
        command: 'rule.add',
        disabled: node.stale,
        onSelect: () => addRule(id),
      },
    ]);
  if (node.kind === 'service' && node.host !== undefined)
    groups.push([{ id: 'addSubset', label: 'Add a subset', icon: 'plus', onSelect: () => addSubset(id) }]);
  if (real)
    groups.push([
      {
        id: 'delete',
        label: `Delete ${node.title}`,
        icon: 'trash',
        command: 'edit.delete',
        danger: true,
        disabled: node.stale,
        onSelect: () => remove(id),
      },
    ]);
  return groups.some((group) => group.length > 0) ? groups : canvasEntries();
}

const joinedEntry = (id: string): Entry => ({
  id: 'joined',
  label: 'Show the rules as Istio joins them',
  icon: 'virtualService',
  onSelect: () => {
    actions.select([id], { reveal: false });
    setCanvas({ active: id, joinedOf: id });
  },
});

function callerEntry(id: string, title: string): Entry {
  const chosen = getAppState().caller === id;
  return {
    id: 'caller',
    label: chosen ? 'Look at everyone’s requests' : `Look at requests of ${title} only`,
    onSelect: () => actions.setCaller(chosen ? null : id),
  };
}

function ruleEntries({ node }: Found, row: RuleRow, destinationId: string | undefined): Entries {
  const { id } = row;
  const disabled = node.stale;
  const split = row.destinations.length > 1;
  const rules = siblings(node, row);
  const at = rules.indexOf(row);
  const picked = row.destinations.find((each) => each.id === destinationId);
  const removable = picked ? [picked] : row.destinations.length > 1 ? row.destinations : [];
  return [
    [
      showText(id),
      whyNot(id),
      {
        id: 'connect',
        label: 'Connect…',
        icon: 'virtualService',
        command: 'rule.connect',
        disabled,
        onSelect: () => openConnectMenu(id),
      },
      ...(split
        ? [
            {
              id: 'shares',
              label: 'Type the shares',
              icon: 'pencil' as const,
              command: 'rule.shares',
              disabled,
              onSelect: () => typeShares(id),
            },
            { id: 'even', label: 'Split evenly', command: 'rule.even', disabled, onSelect: () => splitEvenly(id) },
          ]
        : []),
    ],
    removable.map((destination) => removeEntry(destination, disabled)),
    [
      {
        id: 'up',
        label: 'Move up',
        icon: 'arrowUp',
        command: 'rule.moveUp',
        disabled: disabled || at <= 0,
        onSelect: () => shiftRule(-1, id),
      },
      {
        id: 'down',
        label: 'Move down',
        icon: 'arrowDown',
        command: 'rule.moveDown',
        disabled: disabled || at === rules.length - 1,
        onSelect: () => shiftRule(1, id),
      },
      {
        id: 'addRule',
        label: 'Add a rule above',
        icon: 'plus',
        command: 'rule.add',
        disabled,
        onSelect: () => addRule(id),
      },
    ],
    [
      {
        id: 'delete',
        label: `Delete rule ${String(row.number)}`,
        icon: 'trash',
        command: 'edit.delete',
        danger: true,
        disabled,
        onSelect: () => remove(id),
      },
    ],
  ];
}

const whyNot = (id: string): Entry => ({
  id: 'whyNot',
  label: 'Why not this rule?',
  icon: 'search',
  command: 'rule.whyNot',
  onSelect: () => {
    actions.select([id]);
    runCommand('rule.whyNot');
  },
});

function removeEntry(destination: GraphDestination, disabled: boolean): Entry {
  return {
    id: `remove ${destination.id}`,
    label: `Remove ${destination.label}`,
    icon: 'close',
    disabled,
    onSelect: () => void actions.gesture({ kind: 'removeDestination', destination: destination.source }),
  };
}

function rowEntries({ node, row }: Found): Entries {
  if (!row) return [];
  const deletable = row.source !== undefined && row.kind !== 'rest';
  return [
    row.source ? [showText(row.id)] : [],
    row.kind === 'subset'
      ? [{ id: 'addSubset', label: 'Add a subset', icon: 'plus', onSelect: () => addSubset(row.id) }]
      : [],
    deletable
      ? [
          {
            id: 'delete',
            label: row.kind === 'subset' ? `Delete subset ${row.title}` : 'Delete this entry',
            icon: 'trash',
            command: 'edit.delete',
            danger: true,
            disabled: node.stale,
            onSelect: () => remove(row.id),
          },
        ]
      : [],
  ];
}
