/**
 * The command that applies a file as it was downloaded: `kubectl apply -f reviews.yaml`. Namespaces are in the documents; those that have
 * none go to kubectl's current one, or to `namespace`. Names are quoted for a POSIX shell where they need it.
 */
export function kubectlApply(
  file: string,
  options: { readonly namespace?: string; readonly dryRun?: boolean } = {},
): string {
  const words = ['kubectl', 'apply'];
  if (options.namespace !== undefined) words.push('-n', quoted(options.namespace));
  if (options.dryRun) words.push('--dry-run=server');
  return [...words, '-f', quoted(file)].join(' ');
}

/** The command that applies a stream from a file's text without saving it: a here-document whose end stands nowhere in the text. */
export function kubectlHereDocument(text: string): string {
  let end = 'EOF';
  while (new RegExp(`^${end}$`, 'm').test(text)) end += '_';
  const body = /\n$/.test(text) ? text : `${text}\n`;
  return `kubectl apply -f - <<'${end}'\n${body}${end}\n`;
}

function quoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word.startsWith('-') ? `./${word}` : word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
