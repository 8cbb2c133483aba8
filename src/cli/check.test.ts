import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { checkCommand } from './check.ts';
import { checkFiles } from './check/reports.ts';
import { inFrame } from './check/text.ts';
import { captureOutput } from './testing/capture.ts';
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

const { out, told, clear, folder, write } = captureOutput();

/** Runs the command on a file of this text; gives the exit code. */
async function check(text: string, ...args: readonly string[]): Promise<number> {
  clear();
  return checkCommand([await write('web.yaml', text), ...args]);
}

describe('meshwright check', () => {
  it('shows the line, marks the place, and says who minds', () => {
    const [file] = checkFiles([{ name: 'web.yaml', text: BROKEN }]);
    expect(file?.reports.map((report) => inFrame(report, file))).toEqual([
      [
        'web.yaml:9:14 error V-VS-140, IST0106 VirtualService shop/web',
        '9 |   - timeout: 0s',
        '  |              ^ The duration must be at least 1ms.',
        '  = Write a duration such as 5s, or remove timeout.',
        '  = Says the API server, the webhook, istioctl.',
        '',
      ].join('\n'),
    ]);
  });

  it('reads folders, and fails on errors only unless told otherwise', async () => {
    await write('deep/web.yaml', SHADOWED);
    await write('notes.txt', 'not: [yaml');
    expect(await checkCommand([folder()])).toBe(0);
    expect(out()).toContain('V-VS-200');
    expect(out()).toContain('1 warning');
    expect(await checkCommand([folder(), '--fail-on', 'warning'])).toBe(1);
  });

  it('reads globs, and each file once', async () => {
    await write('deep/er/web.yaml', SHADOWED);
    await write('deep/other.yml', BROKEN);
    const twice = [join(folder(), '**/*.yaml'), join(folder(), 'deep/er'), '--json'];
    expect(await checkCommand(twice)).toBe(0);
    expect(JSON.parse(out())).toMatchObject([{ code: 'V-VS-200' }]);
    expect(await checkCommand([join(folder(), 'deep/{o,x}ther.y*ml'), join(folder(), '*/*/[a-w]eb.yaml')])).toBe(1);
    expect(await checkCommand([join(folder(), '*.yaml')])).toBe(2);
    expect(told()).toMatch(/No file matches/);
  });

  it('reads standard input', async () => {
    const input = vi.spyOn(process, 'stdin', 'get').mockReturnValue(
      // Of a stream that is typed into only what a stream has is read.
      Readable.from([BROKEN]) as unknown as typeof process.stdin,
    );
    expect(await checkCommand(['-', '--json'])).toBe(1);
    expect(JSON.parse(out())).toMatchObject([{ file: 'stdin', line: 9, code: 'V-VS-140' }]);
    input.mockRestore();
  });

  it('writes JSON with the place of each problem', async () => {
    expect(await check(`${BROKEN}---\nkind: [\n`, '--json')).toBe(1);
    const file = join(folder(), 'web.yaml');
    expect(JSON.parse(out())).toMatchObject([
      {
        file,
        line: 9,
        column: 14,
        endColumn: 16,
        severity: 'error',
        code: 'V-VS-140',
        path: ['spec', 'http', 0, 'timeout'],
      },
      { file, severity: 'error', by: ['kubectl'] },
    ]);
  });

  it('asks only the eyes that are named', async () => {
    expect(await check(BROKEN, '--json', '--eyes', 'istioctl')).toBe(1);
    expect(JSON.parse(out())).toMatchObject([{ code: 'V-VS-140', by: ['istioctl'] }]);
    expect(await check(SHADOWED, '--fail-on', 'info', '--eyes', 'apiServer', '--eyes', 'kiali')).toBe(0);
    expect(out()).toBe('No problems.\n');
    expect(await check(BROKEN, '--eyes', 'api')).toBe(2);
  });

  it('counts what is muted, and shows it on request', async () => {
    const text = BROKEN.replace('0s', '0s # meshwright-ignore V-VS-140 because of old clients');
    expect(await check(text)).toBe(0);
    expect(out()).toBe('No problems. (1 muted)\n');
    expect(await check(text, '--show-muted')).toBe(0);
    expect(out()).toMatch(/9:14 muted error V-VS-140[^]*= Muted by a comment, because of old clients\./);
    await check(text, '--json');
    expect(JSON.parse(out())).toEqual([]);
    await check(text, '--json', '--show-muted');
    expect(JSON.parse(out())).toMatchObject([{ muted: { by: 'comment', because: 'of old clients' } }]);
    await check(`# meshwright-ignore-file\n${text}`, '--show-muted');
    expect(out()).toContain('Muted by a comment for the whole file.');
  });

  it('prints the request that proves a finding of its own', async () => {
    const text = BROKEN.replace('  - timeout: 0s\n', '  - match: [{uri: {prefix: /api}}]\n');
    expect(await check(text, '--eyes', 'meshwright')).toBe(0);
    expect(out()).toMatch(/warning MW-NO-LAST-RULE[^]*= curl http:\/\/web\S* {3}# from \S+\n/);
    await check(text, '--eyes', 'meshwright', '--json');
    expect(JSON.parse(out())).toMatchObject([
      { code: 'MW-NO-LAST-RULE', proof: { says: expect.stringMatching(/404/) } },
    ]);
    await check(text, '--format', 'sarif');
    expect(JSON.parse(out()).runs[0].results).toMatchObject([
      { ruleId: 'MW-NO-LAST-RULE', properties: { proof: { curl: expect.stringMatching(/^curl /) } } },
    ]);
  });

  it('says what it needs when it is not called right', async () => {
    expect(await checkCommand([])).toBe(2);
    expect(await checkCommand([join(folder(), 'ghost.yaml')])).toBe(2);
    expect(await checkCommand([folder(), '--fail-on', 'never'])).toBe(2);
    expect(await checkCommand([folder(), '--format', 'xml'])).toBe(2);
    expect(told()).toMatch(/Usage[^]*There is no file or folder[^]*--fail-on is error, warning or info[^]*--format is/);
    expect(await checkCommand(['--help'])).toBe(0);
    expect(out()).toMatch(/^Usage: meshwright check FILE/);
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
