/** The code's measures, the same for Monaco and for the text that stands in for it until it is loaded, so that nothing jumps. */
export const FONT_SIZE = 12.5;
export const LINE_HEIGHT = 20;
export const PADDING_TOP = 8;
/** Line numbers take this many digits at least. */
export const NUMBER_DIGITS = 3;
/** Room behind the line numbers, before Monaco adds its column for folding marks. */
export const DECORATIONS_WIDTH = 6;
/** From the line numbers to the text, with that column. */
export const TEXT_GAP = DECORATIONS_WIDTH + 17;

/** The typeface for code, as the page's tokens have it. */
export function codeFont(): string {
  return getComputedStyle(document.documentElement).getPropertyValue('--font-code').trim();
}
