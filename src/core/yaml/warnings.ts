import { isMerge, keyText } from './keys.ts';
import { resolvePlain } from './resolve.ts';
import type { Node, ScalarNode, Tree } from './tree.ts';
import type { YamlProblem } from './types.ts';

const PLAIN_WORDS = new Set(['true', 'True', 'TRUE', 'false', 'False', 'FALSE', 'null', 'Null', 'NULL', '~', '']);
/** How YAML 1.2 and JSON write numbers; what else is a number for kubectl surprises its author. */
const USUAL_NUMBER =
  /^(?:[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?|[-+]?\.[0-9]+(?:[eE][-+]?[0-9]+)?|0x[0-9a-fA-F]+|0o[0-7]+)$/;
/** Only these can begin a word or number that is read otherwise than it looks. */
const MAY_SURPRISE = /^[-+.0-9yYnNoO]/;

/** Rights of files are written in octal everywhere: `defaultMode: 0400` surprises nobody. */
const isFileMode = (key: Node, value: Node): boolean =>
  value.kind === 'scalar' &&
  /^0[0-7]{3,4}$/.test(value.value) &&
  key.kind === 'scalar' &&
  (key.value === 'defaultMode' || key.value === 'mode');

function surprise(node: ScalarNode, isKey: boolean): YamlProblem | undefined {
  if (node.style !== 'plain' || node.tag !== '' || PLAIN_WORDS.has(node.value) || !MAY_SURPRISE.test(node.value))
    return undefined;
  const resolved = resolvePlain(node.value);
  const range = { from: node.from, to: node.to };
  const shown = isKey ? `"${keyText(node) ?? ''}"` : 'value' in resolved ? String(resolved.value) : '';
  const message = `kubectl will read \`${node.value}\` as ${shown}.`;
  if (resolved.kind === 'bool') {
    return {
      code: 'yaml/bool-word',
      severity: 'warning',
      message,
      range,
      remedy: 'Quote it if it is a text; write true or false otherwise.',
    };
  }
  if ((resolved.kind === 'int' || resolved.kind === 'float') && !USUAL_NUMBER.test(node.value)) {
    return {
      code: 'yaml/number-form',
      severity: 'warning',
      message,
      range,
      remedy: 'Quote it if it is a text; write the number out otherwise.',
    };
  }
  return undefined;
}

/** What kubectl takes without a word, though it is not what it looks like. In text order of what was found. */
export function readingWarnings(tree: Tree): YamlProblem[] {
  const out: YamlProblem[] = [];
  const visit = (node: Node): void => {
    if (node.kind === 'scalar') {
      const found = surprise(node, false);
      if (found !== undefined) out.push(found);
    } else if (node.kind === 'seq') {
      for (const item of node.items) visit(item.node);
    } else if (node.kind === 'map') {
      for (const pair of node.pairs) {
        if (pair.key.kind === 'scalar' && !isMerge(pair.key)) {
          const found = surprise(pair.key, true);
          if (found !== undefined) out.push(found);
        }
        if (!isFileMode(pair.key, pair.value)) visit(pair.value);
      }
    }
  };
  if (tree.root !== undefined) visit(tree.root);
  if (tree.dropped !== undefined) {
    const range = { from: tree.dropped, to: tree.text.length };
    const message = 'kubectl stops reading here and drops the rest without a word.';
    out.push({
      code: 'yaml/dropped',
      severity: 'warning',
      message,
      range,
      remedy: 'Check the indentation, or put `---` in front.',
    });
  }
  return out;
}

/** Tells of keys that stand twice in one map, on both. */
export function duplicateWarnings(duplicates: readonly (readonly [Node, Node])[]): YamlProblem[] {
  return duplicates.flatMap(([earlier, later]) => {
    const name = keyText(later) ?? '';
    const about = (node: Node, message: string): YamlProblem => ({
      code: 'yaml/duplicate-key',
      severity: 'warning',
      message,
      range: { from: node.start, to: node.to },
      remedy: 'Keep one of the two.',
    });
    return [
      about(earlier, `The key \`${name}\` stands twice: kubectl will drop this one, strict readers refuse it.`),
      about(later, `The key \`${name}\` stands twice: kubectl will keep this one, strict readers refuse it.`),
    ];
  });
}
