import { describe, expect, it } from 'vitest';
import { fileId } from '../base/ids.ts';
import { applyChanges } from '../text/index.ts';
import { createSession } from '../workspace/index.ts';
import { createFindings } from '../workspace/findings.ts';
import { planMute } from './index.ts';

const FILE = fileId('a.yaml');
const VIRTUAL = (rest: string): string =>
  `# about\n---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: web\nspec:\n  hosts: [web]\n  http:\n  - timeout: 0s\n    route:\n    - destination: {host: web, subset: v9}\n${rest}`;

/** Mutes the first problem of each code, one after the other; gives the text, and what is then said and what is muted. */
function muted(text: string, codes: readonly string[]) {
  const session = createSession({ files: [{ id: FILE, text }] });
  const findings = createFindings();
  for (const code of codes) {
    const found = findings.check(session.projection()).find((one) => one.code === code && one.muted === undefined);
    const problem = found && findings.checked(found.id);
    if (problem === undefined) throw new Error(`${code} is not found`);
    const plan = planMute(session.projection(), problem);
    if (plan.kind === 'refused') throw new Error(plan.message);
    const done = session.transact({ origin: 'quickfix', at: 0, label: plan.value.label, changes: plan.value.changes });
    expect(done.kind).toBe('ok');
    expect(applyChanges(text, plan.value.changes.get(FILE) ?? [])).not.toBe(text);
  }
  const now = findings.check(session.projection());
  return {
    text: session.projection().files[0]?.text ?? '',
    said: now.filter((one) => one.muted === undefined).map(({ code }) => code),
    muted: now.filter((one) => one.muted !== undefined).map(({ code }) => code),
  };
}

describe('planMute', () => {
  it('writes Istio’s annotation for what only istioctl says', () => {
    const { text, said, muted: quiet } = muted(VIRTUAL(''), ['IST0101']);
    expect(text).toContain('  annotations:\n    galley.istio.io/analyze-suppress: IST0101\n');
    expect(said).toEqual(['V-VS-140']);
    expect(quiet).toEqual(['IST0101']);
  });

  it('writes a comment above the line for what the webhook says', () => {
    const { text, said, muted: quiet } = muted(VIRTUAL(''), ['V-VS-140']);
    expect(text).toContain('  http:\n  # meshwright-ignore V-VS-140\n  - timeout: 0s\n');
    expect(said).toEqual(['IST0101']);
    expect(quiet).toEqual(['V-VS-140']);
  });

  it('adds a code to the comment that is there', () => {
    const text = VIRTUAL('').replace('  - timeout', '  # meshwright-ignore V-VS-001 because we wait\n  - timeout');
    expect(muted(text, ['V-VS-140']).text).toContain('# meshwright-ignore V-VS-001, V-VS-140 because we wait\n');
  });

  it('keeps line ends', () => {
    const { text } = muted(VIRTUAL('').replaceAll('\n', '\r\n'), ['V-VS-140']);
    expect(text).toContain('http:\r\n  # meshwright-ignore V-VS-140\r\n  - timeout');
  });
});
