import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkCommand, inFrame, reportsOf } from './check.ts';
import { verdictLine } from './verdict.ts';

const BROKEN = `# the shop
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: web, namespace: shop}
spec:
  hosts: [web]
  http:
  - timeout: 0s
    route:
    - destination: {host: web}
`;
const SHADOWED = BROKEN.replace('  - timeout: 0s\n', '  - route: [{destination: {host: web}}]\n  - name: last\n');

let folder = '';
let out = '';
let told = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'check-'));
  out = '';
  told = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(console, 'error').mockImplementation((text) => {
    told += `${String(text)}\n`;
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

describe('meshwright check', () => {
  it('shows the line, marks the place, and says who minds', () => {
    const [report] = reportsOf([{ name: 'web.yaml', text: BROKEN }]);
    expect(report && inFrame(report, BROKEN)).toBe(
      [
        'web.yaml:9:14 error V-VS-140, IST0106 VirtualService shop/web',
        '9 |   - timeout: 0s',
        '  |              ^ The duration must be at least 1ms.',
        '  = Says the API server, the webhook, istioctl.',
        '',
      ].join('\n'),
    );
  });

  it('reads folders, and fails on errors only unless told otherwise', async () => {
    await mkdir(join(folder, 'deep'));
    await writeFile(join(folder, 'deep', 'web.yaml'), SHADOWED);
    await writeFile(join(folder, 'notes.txt'), 'not: [yaml');
    expect(await checkCommand([folder])).toBe(0);
    expect(out).toContain('V-VS-200');
    expect(out).toContain('1 warning');
    expect(await checkCommand([folder, '--fail-on', 'warning'])).toBe(1);
  });

  it('writes JSON with the place of each problem', async () => {
    const file = join(folder, 'web.yaml');
    await writeFile(file, `${BROKEN}---\nkind: [\n`);
    expect(await checkCommand([file, '--json'])).toBe(1);
    expect(JSON.parse(out)).toMatchObject([
      { file, line: 9, column: 14, severity: 'error', code: 'V-VS-140', path: ['spec', 'http', 0, 'timeout'] },
      { file, severity: 'error', by: ['kubectl'] },
    ]);
  });

  it('says what it needs when it is not called right', async () => {
    expect(await checkCommand([])).toBe(2);
    expect(await checkCommand([join(folder, 'ghost.yaml')])).toBe(2);
    expect(await checkCommand([folder, '--fail-on', 'never'])).toBe(2);
    expect(told).toMatch(/Usage/);
  });
});

describe('meshwright verdict', () => {
  it('answers schema as the recordings do, and asks the CRDs on request', () => {
    const line = JSON.stringify({ name: 'case', config: BROKEN });
    const { name, documents, analysis } = verdictLine(line, false);
    expect({
      name,
      documents: documents.map(({ kind, schema, webhook }) => [kind, schema.length, webhook.length]),
    }).toEqual({
      name: 'case',
      documents: [
        ['', 0, 0],
        ['VirtualService', 0, 1],
      ],
    });
    expect(analysis.map(({ code, level, resource, line: at }) => [code, level, resource, at])).toEqual([
      ['IST0101', 'Error', 'VirtualService shop/web', 11],
      ['IST0106', 'Error', 'VirtualService shop/web', 9],
    ]);
    expect(verdictLine(line, true).documents[1]?.schema).toHaveLength(1);
  });
});
