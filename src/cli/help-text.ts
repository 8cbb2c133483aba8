import type { Help } from '../core/checks/help/index.ts';

/** A page of help in Markdown, headings left to who prints it. */
export function helpMarkdown({ why, consequence, remedy, example, cure }: Help): string {
  const block = (title: string, text: string | undefined): readonly string[] =>
    text === undefined ? [] : [`${title}\n\n\`\`\`yaml\n${text}\`\`\``];
  return [
    why,
    consequence,
    ...(remedy === undefined ? [] : [`**What to do:** ${remedy}`]),
    ...block('An example:', example),
    ...block('Mended:', cure),
  ].join('\n\n');
}

/** A page of help for a terminal. */
export function helpText({ code, title, why, consequence, remedy, example, cure }: Help): string {
  const block = (heading: string, text: string | undefined): readonly string[] =>
    text === undefined ? [] : [`${heading}\n\n${text.replace(/^(?=.)/gm, '    ')}`.trimEnd()];
  return [
    `${code}: ${title}`,
    why,
    consequence,
    ...(remedy === undefined ? [] : [`What to do: ${remedy}`]),
    ...block('An example:', example),
    ...block('Mended:', cure),
  ].join('\n\n');
}
