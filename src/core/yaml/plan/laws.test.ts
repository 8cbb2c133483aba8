import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChanges, composeChanges, invertChanges, mapChanges } from '../../text/index.ts';
import type { Json, Planned, YamlOp } from '../index.ts';
import { planDocument, readDocument, sameJson, splitStream } from '../index.ts';
import { applyOp, isMap } from '../model.ts';
import { documentText, variants } from '../testing/generators.ts';
import { intent, operation } from '../testing/operations.ts';

const anyEdit = fc.tuple(documentText, intent, fc.nat(4)).map(([{ value, text }, want, which]) => {
  const varied = variants(text)[which]?.text ?? text;
  return { value: readDocument(varied).value ?? value, text: varied, op: operation(value, want) };
});

/** Plans; what makes sense for the value must not be refused. */
function planned(text: string, op: YamlOp): Planned | undefined {
  const result = planDocument(text, [op]);
  if (result.kind === 'ok') return result.value;
  expect(result.range).toBeDefined();
  expect({ code: result.code, text, op }).toBe('no refusal of what makes sense');
  return undefined;
}
const isOp = (op: YamlOp | undefined): op is YamlOp => op !== undefined;

describe('laws of the planner', () => {
  it('generated texts read as the value they were made of', () => {
    fc.assert(
      fc.property(documentText, fc.nat(4), ({ value, text }, which) => {
        const varied = variants(text)[which]?.text ?? text;
        const document = readDocument(varied);
        expect(document.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
        if (which !== 4) expect(sameJson(document.value, value)).toBe(true);
      }),
    );
  });

  it('[M] reading the result gives what the operation makes of the value, and [I] undoing gives every byte back', () => {
    fc.assert(
      fc.property(anyEdit, ({ value, text, op }) => {
        if (!isOp(op)) return;
        const plan = planned(text, op);
        const meant = applyOp(value, op);
        if (plan === undefined || meant.kind !== 'ok') return;
        const after = applyChanges(text, plan.changes);
        expect(sameJson(readDocument(after).value ?? null, meant.value)).toBe(true);
        expect(applyChanges(after, invertChanges(text, plan.changes))).toBe(text);
      }),
    );
  });

  it('[L] comments elsewhere, line ends of untouched lines, the byte order mark and a missing final line end stay', () => {
    fc.assert(
      fc.property(anyEdit, ({ text, op }) => {
        if (!isOp(op) || op.path.length === 0) return;
        const plan = planned(text, op);
        if (plan === undefined || plan.changes.length === 0) return;
        const after = applyChanges(text, plan.changes);
        expect(after.startsWith('\ufeff')).toBe(text.startsWith('\ufeff'));
        // A block text that comes to stand at the end may need a line end there, and says so by its head.
        if (!/[|>]/.test(after)) expect(/[\r\n]$/.test(after)).toBe(/[\r\n]$/.test(text));
        if (!text.includes('\r')) expect(after).not.toContain('\r');
        if (text.includes('\r\n') && !/[^\r]\n|\r[^\n]/.test(text)) expect(after).not.toMatch(/[^\r]\n/);
      }),
    );
  });

  it('[S] the same operation again makes no edit', () => {
    fc.assert(
      fc.property(anyEdit, ({ text, op }) => {
        if (!isOp(op) || (op.kind !== 'set' && op.kind !== 'rename')) return;
        const plan = planned(text, op);
        if (plan === undefined) return;
        const again = planDocument(applyChanges(text, plan.changes), [op]);
        expect(again).toEqual({ kind: 'ok', value: { changes: [], notes: [] } });
      }),
    );
  });

  it('[E] no new problem appears', () => {
    fc.assert(
      fc.property(anyEdit, ({ text, op }) => {
        if (!isOp(op)) return;
        const plan = planned(text, op);
        if (plan === undefined) return;
        const before = readDocument(text).problems.length;
        expect(readDocument(applyChanges(text, plan.changes)).problems.length).toBeLessThanOrEqual(before);
      }),
    );
  });

  it('[T] segments tile the text, and an edited document stays one', () => {
    fc.assert(
      fc.property(anyEdit, ({ text, op }) => {
        const stream = `${text.endsWith('\n') ? text : `${text}\n`}---\nz: 1\n`;
        expect(
          splitStream(stream)
            .map((segment) => segment.text)
            .join(''),
        ).toBe(stream);
        if (!isOp(op)) return;
        const plan = planned(text, op);
        if (plan === undefined) return;
        const count = (each: string): number => splitStream(each).filter(({ kind }) => kind === 'document').length;
        expect(count(applyChanges(text, plan.changes))).toBe(count(text));
      }),
    );
  });

  it('[C] edits of two separate keys lead to the same value in either order', () => {
    const two = fc.tuple(documentText, intent, intent);
    fc.assert(
      fc.property(two, ([{ value, text }, first, second]) => {
        if (!isMap(value)) return;
        const [left, right] = Object.keys(value);
        if (left === undefined || right === undefined) return;
        const a: YamlOp = { kind: 'set', path: [left], value: first.value };
        const b: YamlOp = { kind: 'set', path: [right], value: second.value };
        const [planA, planB] = [planned(text, a), planned(text, b)];
        if (planA === undefined || planB === undefined) return;
        const meant = applyOp(value, a);
        const both = meant.kind === 'ok' ? applyOp(meant.value, b) : meant;
        const after = applyChanges(text, composeChanges(planA.changes, mapChanges(planB.changes, planA.changes, 1)));
        const other = applyChanges(text, composeChanges(planB.changes, mapChanges(planA.changes, planB.changes, -1)));
        expect(after).toBe(other);
        expect(both.kind === 'ok' && sameJson(readDocument(after).value, both.value)).toBe(true);
      }),
    );
  });

  it('[Y40] a long run of operations and undos agrees with plain values', () => {
    fc.assert(
      fc.property(documentText, fc.array(fc.tuple(intent, fc.nat(3)), { maxLength: 8 }), ({ text }, wants) => {
        let now = text;
        const past: { text: string; value: Json | undefined }[] = [];
        for (const [want, undo] of wants) {
          const value = readDocument(now).value;
          if (undo === 0 && past.length > 0) {
            const last = past.pop();
            now = last?.text ?? now;
            expect(sameJson(readDocument(now).value, last?.value)).toBe(true);
            continue;
          }
          const op = value === undefined ? undefined : operation(value, want);
          const result = op && planDocument(now, [op]);
          if (op === undefined || result?.kind !== 'ok') continue;
          past.push({ text: now, value });
          now = applyChanges(now, result.value.changes);
          const meant = applyOp(value, op);
          expect(meant.kind === 'ok' && sameJson(readDocument(now).value ?? null, meant.value)).toBe(true);
        }
      }),
    );
  });
});
