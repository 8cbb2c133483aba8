import { kubectlApply } from '../../../core/export/kubectl.ts';
import { actions, getAppState, texts } from '../../state/index.ts';
import { walkProblems } from '../problems/problem-walk.ts';
import { showPane, showSheet, togglePane } from '../shell/view-state.ts';
import { nextSpeed } from '../traffic/speeds.ts';
import {
  chooseFiles,
  chooseFolder,
  copy,
  downloadFile,
  downloadStream,
  openText,
  stream,
  STREAM_NAME,
} from '../transfer/transfer.ts';
import { pasteText } from '../../platform/index.ts';
import { toggleSingleKeys } from './single-keys.ts';
import { canvasOnly } from '../shell/canvas-only.ts';

type Entry = (() => void) | { readonly run: () => void; readonly can: () => boolean };
const state = getAppState;
const has = {
  file: () => state().activeFile !== undefined,
  files: () => state().files.length > 0,
  inspector: () => state().inspected.view !== null,
};

function showTab(tab: 'problems' | 'request' | 'traffic' | 'changes'): void {
  actions.setBottomTab(tab);
  showPane('bottom');
}

/** The lines of what is picked, as they stand in the text. */
function pickedText(): string {
  const { view } = state().inspected;
  if (!view) return '';
  const lines = texts.get(view.file).split(/(?<=\n)/);
  return lines.slice(view.lines[0] - 1, view.lines[1]).join('');
}

function editInInspector(): void {
  showPane('inspector');
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>('[aria-label="Inspector"] :is(input, select, summary)')?.focus(),
  );
}

async function paste(): Promise<void> {
  const text = await pasteText();
  if (text === undefined)
    actions.notify({
      tone: 'info',
      message: 'The browser keeps the clipboard to itself here.',
      remedy: 'Press Ctrl+V on the canvas, or use Import.',
    });
  else openText(text);
}

function pickedRule(): string | undefined {
  const id = state().selection.ids.at(-1);
  for (const { rows } of id === undefined ? [] : state().nodes.values())
    if (rows.some((row) => row.id === id && row.kind === 'rule')) return id;
  return undefined;
}

function whyNotThisRule(): void {
  const rule = pickedRule();
  if (rule === undefined) return;
  showPane('bottom');
  actions.askForRule(rule);
}

/** The commands of `core/commands/list.ts` that the page does itself, by id; the canvas does the others. */
export const pageCommands: Readonly<Record<string, Entry>> = {
  'edit.undo': { run: actions.undo, can: () => state().undoLabel !== null },
  'edit.redo': { run: actions.redo, can: () => state().redoLabel !== null },
  'edit.copy': {
    run: () => void copy(pickedText(), `${state().inspected.view?.title ?? 'It'} is`),
    can: has.inspector,
  },
  'edit.paste': () => void paste(),
  'edit.open': { run: editInInspector, can: () => state().selection.ids.length > 0 },
  'view.text': () => togglePane('text'),
  'view.inspector': () => togglePane('inspector'),
  'view.bottom': () => togglePane('bottom'),
  'view.focus': canvasOnly,
  'view.theme': () => actions.setTheme(state().theme === 'dark' ? 'light' : 'dark'),
  'go.text': {
    run: () => {
      showPane('text');
      actions.select(state().selection.ids);
    },
    can: () => state().selection.ids.length > 0,
  },
  'go.nextProblem': { run: () => walkProblems(1), can: () => state().problems.length > 0 },
  'go.previousProblem': { run: () => walkProblems(-1), can: () => state().problems.length > 0 },
  'rule.whyNot': { run: whyNotThisRule, can: () => pickedRule() !== undefined },
  'go.problems': () => showTab('problems'),
  'go.request': () => showTab('request'),
  'go.traffic': () => showTab('traffic'),
  'go.changes': () => showTab('changes'),
  'go.find': () => actions.setPaletteOpen(true),
  'traffic.play': () => (state().traffic.playing ? actions.pause() : actions.play()),
  'traffic.step': () => actions.step(),
  'traffic.restart': () => actions.restart(),
  'traffic.faster': () => actions.setSpeed(nextSpeed(state().traffic.speed, 1)),
  'traffic.slower': () => actions.setSpeed(nextSpeed(state().traffic.speed, -1)),
  'file.new': () => actions.newFile(),
  'file.open': () => void chooseFiles(),
  'file.openFolder': () => void chooseFolder(),
  'file.save': {
    run: () => {
      const { activeFile } = state();
      if (activeFile !== undefined) downloadFile(activeFile);
    },
    can: has.file,
  },
  'file.saveAll': { run: downloadStream, can: has.files },
  'file.copyAll': { run: () => void copy(stream(), 'All of the YAML is'), can: has.files },
  'file.copyKubectl': { run: () => void copy(kubectlApply(STREAM_NAME), 'The command is'), can: has.files },
  'file.close': {
    run: () => {
      const { activeFile } = state();
      if (activeFile !== undefined) actions.closeFile(activeFile);
    },
    can: has.file,
  },
  'help.palette': () => actions.setPaletteOpen(true),
  'help.keys': () => showSheet('keys'),
  'help.singleKeys': toggleSingleKeys,
};
