import { Dialog as Radix } from 'radix-ui';
import { useMemo, type JSX } from 'react';
import { COMMANDS } from '../../../core/commands/list.ts';
import { actions, getAppState, useAppState } from '../../state/index.ts';
import {
  canRun,
  FilterList,
  Icon,
  Keys,
  keysOf,
  keyText,
  kindIcon,
  runCommand,
  useFocusBack,
  type Choice,
} from '../../ui/index.ts';
import { examples } from '../welcome/examples.ts';

const recent: string[] = [];
const MOST_RECENT = 5;

function remember(id: string): void {
  const at = recent.indexOf(id);
  if (at >= 0) recent.splice(at, 1);
  recent.unshift(id);
  recent.length = Math.min(recent.length, MOST_RECENT);
}

/** Commands that can be done now, the recent ones first. Found by label, group, more words and keys. */
function commandChoices(): readonly Choice[] {
  const choices = COMMANDS.filter(({ id }) => canRun(id) && id !== 'help.palette').map((command) => ({
    id: command.id,
    label: command.label,
    hint: command.group,
    words: `${command.words ?? ''} ${keysOf(command.id).map(keyText).join(' ')}`,
    after: <Keys of={command.id} />,
  }));
  const place = (id: string): number => (recent.includes(id) ? recent.indexOf(id) : recent.length);
  return choices.sort((a, b) => place(a.id) - place(b.id));
}

function run(id: string): void {
  actions.setPaletteOpen(false);
  const [sort, name] = [id.slice(0, id.indexOf(' ')), id.slice(id.indexOf(' ') + 1)];
  if (sort === 'example') return void actions.openExample(name);
  if (sort === 'resource') return goToResource(name);
  remember(id);
  // After the palette has given the focus back, so that a command that moves the focus has the last word.
  setTimeout(() => runCommand(id));
}

/** A resource with a node is selected; one without is shown in the text. */
function goToResource(id: string): void {
  const { nodes, resources } = getAppState();
  const node = [...nodes.values()].find(({ resource }) => resource === id);
  if (node) return actions.select([node.id]);
  const resource = resources.find((each) => each.id === id);
  if (resource) actions.setActiveFile(resource.file);
}

function Choices(): JSX.Element {
  const resources = useAppState((state) => state.resources);
  const lines = useAppState((state) => state.resourceLines);
  const choices = useMemo((): readonly Choice[] => {
    const things = resources.map((resource, at) => ({
      id: `resource ${resource.id}`,
      label: resource.id,
      hint: `line ${String(lines[at] ?? 1)} of ${resource.file}`,
      before: <Icon name={kindIcon(resource.kind)} />,
    }));
    const shown = examples.map((example) => ({
      id: `example ${example.id}`,
      label: `Open the example: ${example.title}`,
      hint: 'File',
      words: example.about,
    }));
    return [...commandChoices(), ...shown, ...things];
  }, [resources, lines]);
  return (
    <FilterList
      label="Find or do anything"
      placeholder="A command, a key, or the name of a resource"
      nothing="Nothing is called that. Try another word."
      choices={choices}
      onPick={run}
    />
  );
}

/** All commands and all resources in one list, found by typing. */
export function CommandPalette(): JSX.Element {
  const open = useAppState((state) => state.paletteOpen);
  const focus = useFocusBack('input');
  return (
    <Radix.Root open={open} onOpenChange={actions.setPaletteOpen}>
      <Radix.Portal>
        <Radix.Overlay className="ui-scrim" />
        <Radix.Content {...focus} className="ui-dialog pn-palette" aria-describedby={undefined}>
          <Radix.Title className="ui-hidden">Find or do anything</Radix.Title>
          <Choices />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
