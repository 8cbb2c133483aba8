import { codeFont, DECORATIONS_WIDTH, FONT_SIZE, LINE_HEIGHT, NUMBER_DIGITS, PADDING_TOP } from './metrics.ts';
import type { monaco } from './monaco.ts';

/** How Monaco is set up: quiet, YAML's two spaces, nothing that rewrites what it was not asked to. */
export function editorOptions(reducedMotion: boolean): monaco.editor.IStandaloneEditorConstructionOptions {
  return {
    ariaLabel: 'YAML text',
    automaticLayout: true,
    fontFamily: codeFont(),
    fontSize: FONT_SIZE,
    lineHeight: LINE_HEIGHT,
    lineNumbersMinChars: NUMBER_DIGITS,
    // A dimmed last number is too faint to be read.
    renderFinalNewline: 'on',
    lineDecorationsWidth: DECORATIONS_WIDTH,
    padding: { top: PADDING_TOP, bottom: PADDING_TOP },
    glyphMargin: false,
    minimap: { enabled: false },
    tabSize: 2,
    insertSpaces: true,
    detectIndentation: false,
    trimAutoWhitespace: false,
    autoIndent: 'advanced',
    formatOnPaste: false,
    formatOnType: false,
    unusualLineTerminators: 'off',
    unicodeHighlight: { ambiguousCharacters: false },
    scrollBeyondLastLine: false,
    renderLineHighlight: 'none',
    overviewRulerBorder: false,
    hideCursorInOverviewRuler: true,
    occurrencesHighlight: 'singleFile',
    bracketPairColorization: { enabled: false },
    folding: true,
    showFoldingControls: 'mouseover',
    foldingStrategy: 'indentation',
    wordBasedSuggestions: 'off',
    quickSuggestions: false,
    stickyScroll: { enabled: false },
    cursorSmoothCaretAnimation: 'off',
    cursorBlinking: reducedMotion ? 'solid' : 'blink',
    fixedOverflowWidgets: true,
    largeFileOptimizations: true,
    scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
  };
}
