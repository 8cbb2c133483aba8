import { describe, expect, it } from 'vitest';
import { explainCommand } from './explain.ts';
import { captureOutput } from './testing/capture.ts';

const { out, told } = captureOutput();

describe('meshwright explain', () => {
  it('prints the page of a code', async () => {
    expect(await explainCommand(['v-vs-144'])).toBe(0);
    expect(out()).toMatch(
      /^V-VS-144: Weights that add up to 0\n\n.*\n\n.*webhook refuses.*\n\nWhat to do: .*\n\nAn example:/,
    );
    expect(out()).toContain('    kind: VirtualService\n');
    expect(out()).toContain('Mended:');
  });

  it('says which codes there are not', async () => {
    expect(await explainCommand(['KIA1101', 'IST0101'])).toBe(1);
    expect(told()).toBe('No check says KIA1101.\n');
    expect(out()).toContain('IST0101');
    expect(await explainCommand([])).toBe(2);
  });
});
