import { helpText } from './help-text.ts';

/** `meshwright explain CODE...`: the pages of help for codes that `check` says. Gives the exit code: 1 for one that it never says. */
export async function explainCommand(codes: readonly string[]): Promise<number> {
  if (codes.length === 0) {
    console.error('Usage: meshwright explain CODE...   such as IST0101, V-VS-144, MW-NO-LAST-RULE');
    return 2;
  }
  // Large, and of no use to the other commands.
  const { helpFor } = await import('../core/checks/help/index.ts');
  let unknown = 0;
  const pages = codes.flatMap((code) => {
    const help = helpFor(code) ?? helpFor(code.toUpperCase());
    if (help !== undefined) return [`${helpText(help)}\n`];
    console.error(`No check says ${code}.`);
    unknown += 1;
    return [];
  });
  process.stdout.write(pages.join('\n'));
  return unknown === 0 ? 0 : 1;
}
