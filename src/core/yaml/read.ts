import { decodeTree } from './decode.ts';
import { parseTree } from './parse.ts';
import { syntaxProblem, valueProblem } from './problems.ts';
import { rememberTree } from './trees.ts';
import type { Tree } from './tree.ts';
import type { YamlDocument, YamlProblem } from './types.ts';
import { duplicateWarnings, readingWarnings } from './warnings.ts';

/** Texts of documents that are kept with their values, in UTF-16 units: about 10,000 documents of the usual size, 14 bytes a unit. */
const BUDGET = 10_000_000;
/** A document of more than this is not read: no cluster takes it (etcd's limit is 1.5 MB), and it would block the worker. */
export const MAX_DOCUMENT = 8_000_000;

const cache = new Map<string, YamlDocument>();
let held = 0;

// eslint-disable-next-line no-control-regex -- these are what it looks for
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/;
const TEMPLATE = /\{\{[\s\S]*?\}\}/;

const broken = (text: string, problems: readonly YamlProblem[], template = false): YamlDocument => ({
  text,
  value: undefined,
  empty: false,
  broken: true,
  template,
  problems,
});

function hopeless(text: string): YamlProblem | undefined {
  if (text.length > MAX_DOCUMENT) {
    const message = `This document is larger than ${MAX_DOCUMENT / 1_000_000} million characters and was not read.`;
    return {
      code: 'yaml/too-large',
      severity: 'error',
      message,
      range: { from: 0, to: 1 },
      remedy: 'Split it with `---`.',
    };
  }
  const control = CONTROL.exec(text);
  if (control === null) return undefined;
  const code = `U+${control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  return {
    code: 'yaml/control-character',
    severity: 'error',
    message: `A control character (${code}) stands here. (kubectl: control characters are not allowed)`,
    range: { from: control.index, to: control.index + 1 },
    remedy: 'Remove it. If the file is not text, it is no YAML.',
  };
}

function templateProblem(text: string): YamlProblem | undefined {
  const mark = TEMPLATE.exec(text);
  if (mark === null) return undefined;
  return {
    code: 'yaml/template',
    severity: 'error',
    message: 'This is a template, not YAML: it can be seen but not edited from the canvas.',
    range: { from: mark.index, to: mark.index + mark[0].length },
    remedy: 'Render it first, for example with `helm template`, or quote the value.',
  };
}

function readTree(text: string, tree: Tree): YamlDocument {
  if (tree.error !== undefined) {
    const template = templateProblem(text);
    return broken(text, [template ?? syntaxProblem(text, tree.error)], template !== undefined);
  }
  const { value, error, duplicates } = decodeTree(tree);
  const warnings = [...readingWarnings(tree), ...duplicateWarnings(duplicates)];
  warnings.sort((a, b) => a.range.from - b.range.from);
  if (error !== undefined) {
    const template = templateProblem(text);
    if (template !== undefined) return broken(text, [template], true);
    return broken(text, [valueProblem(error.problem, error.range), ...warnings]);
  }
  const empty = value === undefined || value === null;
  return { text, value: empty ? undefined : value, empty, broken: false, template: false, problems: warnings };
}

/**
 * One document, read as kubectl reads it (Go's sigs.k8s.io/yaml 1.6): of a text with several only the first. The same text
 * gives the same object while it is among the last 10 million characters read. Never throws: what cannot be read is a problem.
 */
export function readDocument(text: string): YamlDocument {
  const known = cache.get(text);
  if (known !== undefined) {
    cache.delete(text);
    cache.set(text, known);
    return known;
  }
  const problem = hopeless(text);
  let document: YamlDocument;
  if (problem !== undefined) {
    document = broken(text, [problem]);
  } else {
    const tree = parseTree(text);
    document = readTree(text, tree);
    rememberTree(tree);
  }
  cache.set(text, document);
  held += text.length;
  for (const [oldest] of cache) {
    if (held <= BUDGET || oldest === text) break;
    cache.delete(oldest);
    held -= oldest.length;
  }
  return document;
}
