import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { fixCommand } from './fix.ts';
import { captureOutput } from './testing/capture.ts';

const { out, told, write } = captureOutput();
const TEXT = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: reviews
spec:
  hosts:
  - reviews
  http:
  - timeout: 5 # seconds
    route:
    - destination:
        host: reviews
      weight: 0 # half
    - destination:
        host: other
      weight: 0
`;
const MENDED = TEXT.replace('timeout: 5 ', 'timeout: 5s ').replaceAll('weight: 0', 'weight: 50');

async function run(text: string, ...args: readonly string[]) {
  const file = await write('mesh.yaml', text);
  const code = await fixCommand([file, ...args]);
  return { code, file, after: await readFile(file, 'utf8') };
}

describe('check --fix', () => {
  it('prints a diff and leaves the file', async () => {
    const { code, after } = await run(TEXT, '--fix-dry-run');
    expect([code, after]).toEqual([0, TEXT]);
    expect(
      out()
        .split('\n')
        .filter((line) => /^[-+] /.test(line)),
    ).toEqual([
      '-  - timeout: 5 # seconds',
      '+  - timeout: 5s # seconds',
      '-      weight: 0 # half',
      '+      weight: 50 # half',
      '-      weight: 0',
      '+      weight: 50',
    ]);
    expect(told()).toContain('2 problems can be mended in 1 file.');
  });

  it.each([
    ['plain', (text: string) => text],
    ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a byte order mark', (text: string) => `\uFEFF${text}`],
  ])('writes what is safe, then checks what is left: %s', async (_, made) => {
    const { code, after } = await run(made(TEXT), '--fix');
    expect(after).toBe(made(MENDED));
    expect(code).toBe(0);
  });

  it('leaves alone what is muted', async () => {
    const muted = TEXT.replace('  - timeout', '  # meshwright-ignore V-DEC-004 because we know\n  - timeout');
    const { after } = await run(muted, '--fix');
    expect(after).toContain('timeout: 5 #');
  });

  it('does not write to standard input', async () => {
    expect(await fixCommand(['-', '--fix'])).toBe(2);
    expect(told()).toContain('name files');
  });
});
