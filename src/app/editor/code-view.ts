import type { FileId } from '../../core/base/ids.ts';
import type { ChangeSet } from '../../core/text/types.ts';
import { actions, getAppState, subscribeAppState, texts, type AppState, type TextEvent } from '../state/index.ts';
import { HELP, lineDecorations, markersOf, shownRange } from './decorations.ts';
import { editorOptions } from './editor-options.ts';
import { passKeys } from './keys.ts';
import { monaco } from './monaco.ts';
import { offerQuickFixes, type OpenText } from './quick-fixes.ts';
import { shownText, TextLines } from './text-lines.ts';
import { applyEditorTheme } from './theme.ts';

interface OpenModel {
  readonly model: monaco.editor.ITextModel;
  lines: TextLines;
  view: monaco.editor.ICodeEditorViewState | null;
}
const FLASH_MS = 1400;

/**
 * Monaco as a view of the page's texts: what is typed goes to `texts`, what others change comes back as the same small edits. Its own
 * undo is never used. One lives as long as the editor pane; `dispose` ends it.
 */
export class CodeView {
  private readonly editor: monaco.editor.IStandaloneCodeEditor;
  private readonly models = new Map<FileId, OpenModel>();
  private readonly marks: monaco.editor.IEditorDecorationsCollection;
  /** The classes of `marks`. */
  private marked = '';
  private readonly flashes: monaco.editor.IEditorDecorationsCollection;
  private readonly endings: (() => void)[] = [];
  private shown: FileId | undefined;
  private revealed = 0;
  private flashTimer: ReturnType<typeof setTimeout> | undefined;
  private caretFrame: number | undefined;
  /** Depth of changes that come from outside: Monaco tells them as if they were typed. */
  private writing = 0;

  constructor(host: HTMLElement) {
    const state = getAppState();
    applyEditorTheme(state.theme);
    this.editor = monaco.editor.create(host, { ...editorOptions(state.reducedMotion), model: null });
    this.marks = this.editor.createDecorationsCollection();
    this.flashes = this.editor.createDecorationsCollection();
    this.endings.push(
      passKeys(host, () => this.editor.hasTextFocus()),
      texts.subscribe((event) => this.onText(event)),
      subscribeAppState((next, before) => this.onState(next, before)),
    );
    const opener = monaco.editor.registerLinkOpener({
      open: (link) => {
        if (link.scheme !== HELP) return false;
        actions.showHelp(link.path);
        return true;
      },
    });
    this.endings.push(
      () => opener.dispose(),
      offerQuickFixes(this.editor, (model) => this.textOf(model)),
    );
    this.editor.onDidChangeCursorPosition(() => this.onCaret());
    this.revealed = state.reveal?.serial ?? 0;
    this.show(state.activeFile);
  }

  dispose(): void {
    for (const end of this.endings) end();
    if (this.flashTimer !== undefined) clearTimeout(this.flashTimer);
    if (this.caretFrame !== undefined) cancelAnimationFrame(this.caretFrame);
    for (const { model } of this.models.values()) model.dispose();
    this.editor.dispose();
  }

  /** Puts the keyboard focus into the text. */
  focus(): void {
    this.editor.focus();
  }

  private show(file: FileId | undefined): void {
    const before = this.shown === undefined ? undefined : this.models.get(this.shown);
    if (before) before.view = this.editor.saveViewState();
    this.shown = file;
    this.flashes.clear();
    if (file === undefined || !texts.has(file)) {
      this.editor.setModel(null);
      return;
    }
    const open = this.models.get(file) ?? this.openModel(file);
    this.editor.setModel(open.model);
    this.editor.restoreViewState(open.view);
    const readOnly = texts.readOnly(file);
    this.editor.updateOptions({
      readOnly: readOnly !== undefined,
      readOnlyMessage: { value: readOnly ?? '' },
    });
    this.marks.clear();
    this.decorateLines(getAppState());
    this.mark(getAppState());
  }

  private openModel(file: FileId): OpenModel {
    const text = texts.get(file);
    const model = monaco.editor.createModel(shownText(text), 'yaml');
    model.setEOL(monaco.editor.EndOfLineSequence.LF);
    // The model reads all brackets again at each key press for colours that the editor does not show.
    model.updateOptions({ bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false } });
    const open: OpenModel = { model, lines: new TextLines(text), view: null };
    model.onDidChangeContent((event) => this.onTyped(file, open, event));
    this.models.set(file, open);
    return open;
  }

  private textOf(model: monaco.editor.ITextModel): OpenText | undefined {
    for (const [file, open] of this.models) if (open.model === model) return { file, lines: open.lines };
    return undefined;
  }

  private onTyped(file: FileId, open: OpenModel, event: monaco.editor.IModelContentChangedEvent): void {
    if (this.writing > 0) return;
    const changes = open.lines.fromTyped(
      event.changes.map(({ range, text }) => ({
        from: { line: range.startLineNumber, column: range.startColumn },
        to: { line: range.endLineNumber, column: range.endColumn },
        text,
      })),
    );
    open.lines = open.lines.after(changes);
    texts.type(file, changes);
  }

  private onText(event: TextEvent): void {
    if (event.kind === 'changed') this.onChanged(event.file, event.changes, event.origin);
    else if (event.kind === 'renamed') {
      const open = this.models.get(event.from);
      this.models.delete(event.from);
      open?.model.dispose();
      if (this.shown === event.from) this.show(event.to);
    } else {
      this.models.get(event.file)?.model.dispose();
      this.models.delete(event.file);
      if (event.file === this.shown) this.show(event.kind === 'opened' ? event.file : undefined);
    }
  }

  private onChanged(file: FileId, changes: ChangeSet, origin: string): void {
    const open = this.models.get(file);
    if (!open) return;
    const edits = open.lines.toShown(changes).map(({ from, to, text }) => ({
      range: new monaco.Range(from.line, from.column, to.line, to.column),
      text,
      forceMoveMarkers: false,
    }));
    open.lines = open.lines.after(changes);
    this.write(open, edits);
    if (open.model.getLineCount() !== open.lines.count) {
      this.write(open, [{ range: open.model.getFullModelRange(), text: shownText(open.lines.text) }]);
    }
    if (file === this.shown) this.flash(open, changes, origin);
  }

  private write(open: OpenModel, edits: monaco.editor.IIdentifiedSingleEditOperation[]): void {
    this.writing += 1;
    try {
      open.model.pushStackElement();
      open.model.pushEditOperations(null, edits, () => null);
      open.model.pushStackElement();
    } finally {
      this.writing -= 1;
    }
  }

  /** Lights up what was just written, and shows it; after undo in the text the caret stands where the text changed. */
  private flash(open: OpenModel, changes: ChangeSet, origin: string): void {
    let shift = 0;
    const written = changes.map(({ from, to, insert }) => {
      const start = from + shift;
      shift += insert.length - (to - from);
      return shownRange(open.lines, start, start + insert.length);
    });
    this.flashes.set(
      written
        .filter((range) => !range.isEmpty())
        .map((range) => {
          // Digits and words in a frame; of many lines the frames would be a lattice.
          const isWholeLine = range.endLineNumber > range.startLineNumber;
          const className = isWholeLine ? 'mw-flash-lines' : 'mw-flash';
          return { range, options: { className, isWholeLine, stickiness: 1 } };
        }),
    );
    if (this.flashTimer !== undefined) clearTimeout(this.flashTimer);
    this.flashTimer = setTimeout(() => this.flashes.clear(), FLASH_MS);
    const last = written.at(-1);
    if (!last) return;
    if ((origin === 'undo' || origin === 'redo') && this.editor.hasTextFocus()) {
      this.editor.setPosition(last.getEndPosition());
    }
    this.editor.revealRangeInCenterIfOutsideViewport(last, monaco.editor.ScrollType.Immediate);
  }

  private onState(next: AppState, before: AppState): void {
    if (next.theme !== before.theme) applyEditorTheme(next.theme);
    if (next.reducedMotion !== before.reducedMotion) this.editor.updateOptions(editorOptions(next.reducedMotion));
    if (next.activeFile !== this.shown) this.show(next.activeFile);
    if (next.inspected.view !== before.inspected.view || next.stale !== before.stale) this.decorateLines(next);
    if (next.problems !== before.problems) this.mark(next);
    if (next.reveal && next.reveal.serial !== this.revealed) this.reveal(next.reveal);
  }

  private get open(): OpenModel | undefined {
    return this.shown === undefined ? undefined : this.models.get(this.shown);
  }

  private decorateLines(state: AppState): void {
    const { open } = this;
    if (!open || this.shown === undefined) return;
    const wanted = lineDecorations(state, this.shown, open.lines);
    // Monaco moves them with the text. Where that is where they belong, as at nearly every key press, it need not draw them again.
    const classes = wanted.map(({ options }) => options.className).join(' ');
    const stands =
      classes === this.marked &&
      this.marks.length === wanted.length &&
      wanted.every(({ range }, index) => this.marks.getRange(index)?.equalsRange(range) === true);
    if (stands) return;
    this.marked = classes;
    this.marks.set(wanted);
  }

  /** Monaco moves its markers with what is typed, so they are set anew only when other problems are there. */
  private mark(state: AppState): void {
    const { open } = this;
    if (!open || this.shown === undefined) return;
    monaco.editor.setModelMarkers(open.model, 'meshwright', markersOf(state.problems, this.shown, open.lines));
  }

  private reveal(reveal: NonNullable<AppState['reveal']>): void {
    this.revealed = reveal.serial;
    const open = this.models.get(reveal.file);
    if (!open || this.shown !== reveal.file) return;
    const range = shownRange(open.lines, reveal.range.from, reveal.range.to);
    this.editor.revealRangeInCenterIfOutsideViewport(range, monaco.editor.ScrollType.Immediate);
  }

  /** The caret picks what it stands in; once a frame is enough, and only when it is the user's. */
  private onCaret(): void {
    if (this.writing > 0 || this.caretFrame !== undefined) return;
    this.caretFrame = requestAnimationFrame(() => {
      this.caretFrame = undefined;
      if (!this.editor.hasWidgetFocus()) return;
      const position = this.editor.getPosition();
      const open = this.shown === undefined ? undefined : this.models.get(this.shown);
      if (!position || !open || this.shown === undefined) return;
      const offset = open.lines.offsetAt({ line: position.lineNumber, column: position.column });
      actions.send({ kind: 'caret', file: this.shown, offset });
    });
  }
}
