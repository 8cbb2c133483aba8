import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BOOKINFO } from '../core/workspace/testing/bookinfo.ts';
import { setCommand } from './set.ts';
import { captureOutput } from './testing/capture.ts';

const { out, told, folder, write } = captureOutput();
const WEIGHT = 'spec.http[1].route[0].weight';

async function run(text: string | Uint8Array, ...args: readonly string[]) {
  const file = await write('mesh.yaml', text);
  const code = await setCommand([file, ...args]);
  return { code, file, after: await readFile(file, 'utf8') };
}

describe('set', () => {
  it('prints a diff and leaves the file', async () => {
    const { code, file, after } = await run(BOOKINFO, 'VirtualService default/reviews', WEIGHT, '65');
    expect(code).toBe(0);
    expect(after).toBe(BOOKINFO);
    expect(
      out()
        .split('\n')
        .filter((line) => /^[-+]/.test(line)),
    ).toEqual([`--- ${file}`, `+++ ${file}`, '-      weight: 60', '+      weight: 65']);
  });

  it.each([
    ['CRLF', BOOKINFO.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${BOOKINFO}`],
    ['no final newline', BOOKINFO.trimEnd()],
  ])('writes only the digits: %s', async (_, text) => {
    const { code, after } = await run(text, 'VirtualService reviews', WEIGHT, '65', '--write');
    expect(code).toBe(0);
    expect(after).toBe(text.replace('weight: 60', 'weight: 65'));
    expect(out()).toBe('');
  });

  it('types the value by the schema', async () => {
    const name = await run(BOOKINFO, 'VirtualService reviews', 'spec.http[1].name', '7', '--write');
    expect(name.after).toContain('    name: "7"\n');
    const hosts = await run(BOOKINFO, 'VirtualService reviews', 'spec.hosts', '[reviews, other]', '--write');
    expect(hosts.after).toContain('  - reviews\n  - other\n');
    const label = await run(BOOKINFO, 'VirtualService reviews', 'metadata.labels."a.b/c"', 'on', '--write');
    expect(label.after).toContain('  labels:\n    a.b/c: "on"\n');
  });

  it.each([
    ['a value of another type', 'VirtualService reviews', WEIGHT, 'many', /takes a number/],
    ['a path that is none', 'VirtualService reviews', 'spec..http', '1', /can’t be read/],
    ['a resource that is not there', 'VirtualService ratings', WEIGHT, '1', /There is no VirtualService ratings/],
    ['an item that is not there', 'VirtualService reviews', 'spec.http[7].timeout', '1s', /only 2 items/],
  ])('refuses %s', async (_, resource, path, value, message) => {
    const { code, after } = await run(BOOKINFO, resource, path, value, '--write');
    expect(code).toBe(1);
    expect(told()).toMatch(message);
    expect(after).toBe(BOOKINFO);
  });

  it('says the line of a document that can’t be read', async () => {
    const { code } = await run(
      BOOKINFO.replace('weight: 60', 'weight: ['),
      'VirtualService default/reviews',
      WEIGHT,
      '1',
    );
    expect(code).toBe(1);
    expect(told()).toMatch(/mesh\.yaml:\d+: /);
  });

  it('refuses files that are not there and not text', async () => {
    expect((await run(new Uint8Array([0x61, 0xff, 0xfe]), 'VirtualService reviews', WEIGHT, '1')).code).toBe(1);
    expect(told()).toMatch(/not UTF-8/);
    expect(await setCommand([join(folder(), 'none.yaml'), 'A b', 'c', 'd'])).toBe(1);
    expect(told()).toMatch(/no such file/);
  });

  it('shows its usage for a wrong call', async () => {
    expect(await setCommand([])).toBe(2);
    expect(told()).toMatch(/^Usage: meshwright set FILE/);
  });

  it('says when there is nothing to do', async () => {
    expect((await run(BOOKINFO, 'VirtualService reviews', WEIGHT, '60')).code).toBe(0);
    expect(told()).toMatch(/already/);
    expect(out()).toBe('');
  });
});
