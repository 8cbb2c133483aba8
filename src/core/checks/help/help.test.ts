import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileId, slotId } from '../../base/ids.ts';
import { assignIds, readResources } from '../../istio/index.ts';
import { buildMesh } from '../../mesh/index.ts';
import { readDocument, splitStream } from '../../yaml/index.ts';
import { findAllProblems, KIALI_CODES, OWN_CODES } from '../index.ts';
import { REMEDIES } from '../remedies/index.ts';
import { webhookFaults } from '../webhook/index.ts';
import { SILENT, WARNINGS } from './consequence.ts';
import { HELP_CODES, helpFor } from './index.ts';

const resourcesOf = (text: string) =>
  assignIds(
    splitStream(text)
      .filter((segment) => segment.kind === 'document')
      .flatMap((segment, at) => readResources(fileId('a.yaml'), slotId(`${at}`), readDocument(segment.text))),
  );

/** All codes that are said of a text, by any name. Meshwright's own look at what is assumed, the others at the whole mesh. */
function saidOf(text: string, complete: boolean): readonly string[] {
  const resources = resourcesOf(text);
  const problems = findAllProblems(resources, buildMesh(resources), { complete, now: '20260101000000Z' });
  return problems.flatMap(({ code, istioCode }) => (istioCode === undefined ? [code] : [code, istioCode]));
}

/** Codes in the sources of the checks. */
function codesInSources(): readonly string[] {
  const root = join(import.meta.dirname, '..');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.ts$/.test(name) && !/\.test\.ts$|testing|help|remedies|levels/.test(name),
  );
  const found = files.flatMap((name) =>
    [...readFileSync(join(root, name), 'utf8').matchAll(/'((?:V-[A-Z\d]+-|IST|KIA)\d+|SCHEMA-[A-Z-]+)'/g)].map(
      ([, code = '']) => code,
    ),
  );
  return [...new Set(found)].sort();
}

describe('help', () => {
  it('has a page for every code that a check says', () => {
    const said = [...codesInSources(), ...Object.keys(OWN_CODES), ...Object.keys(KIALI_CODES)];
    expect(said.length).toBeGreaterThan(400);
    expect(said.filter((code) => helpFor(code) === undefined)).toEqual([]);
    expect(helpFor('yaml/tab')?.title).toBeTruthy();
    expect(helpFor('V-XX-001')).toBeUndefined();
  });

  it('says something on each page, and has one page for each code', () => {
    expect(new Set(HELP_CODES).size).toBe(HELP_CODES.length);
    for (const code of HELP_CODES) {
      const help = helpFor(code);
      expect(help?.title.length, code).toBeGreaterThan(5);
      expect(help?.why, code).toMatch(/^.{12,}[.…]$/);
      expect(help?.consequence, code).toMatch(/\.$/);
    }
    expect(Object.entries(REMEDIES).filter(([, remedy]) => !/^[A-Z].*\.$/.test(remedy))).toEqual([]);
    expect(Object.keys(REMEDIES).filter((code) => !HELP_CODES.includes(code))).toEqual([]);
  });

  it.each(HELP_CODES.filter((code) => helpFor(code)?.example !== undefined))(
    '[%s] is said of its example and not of its cure',
    (code) => {
      const { example = '', cure } = helpFor(code) ?? {};
      const complete = !code.startsWith('MW-');
      expect(saidOf(example, complete)).toContain(code);
      if (cure !== undefined) expect(saidOf(cure, complete)).not.toContain(code);
    },
  );

  it('knows which rules refuse', () => {
    for (const code of HELP_CODES.filter((each) => each.startsWith('V-'))) {
      const faults = resourcesOf(helpFor(code)?.example ?? '').flatMap((resource) => webhookFaults(resource));
      const fault = faults.find(({ rule }) => rule === code);
      if (fault === undefined) continue;
      expect([code, fault.severity !== 'error' && !fault.lost]).toEqual([code, WARNINGS.has(code)]);
      expect([code, fault.lost]).toEqual([code, SILENT.has(code)]);
    }
  });
});
