import Ajv from 'ajv';
import draft04 from 'ajv/lib/refs/json-schema-draft-04.json' with { type: 'json' };
import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { checkCommand } from './check.ts';
import { captureOutput } from './testing/capture.ts';

const { out, clear, write } = captureOutput();

const FILE = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: "a<b", namespace: shop}
spec:
  hosts: ["a_b%"]
  http:
  - route: [{destination: {host: web}}]
  - timeout: 0s # meshwright-ignore V-VS-140 because "old" clients
    route: [{destination: {host: web}}]
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {ports: [{port: 80, name: http}]}
---
kind: [
`;

async function check(...args: readonly string[]): Promise<number> {
  clear();
  return checkCommand([await write('the shop/web.yaml', FILE), ...args]);
}

describe('--format sarif', () => {
  it('keeps to the published schema of SARIF 2.1.0', async () => {
    expect(await check('--format', 'sarif')).toBe(1);
    const ajv = new Ajv({ schemaId: 'id', meta: false, unknownFormats: 'ignore', logger: false });
    ajv.addMetaSchema(draft04);
    const valid = ajv.validate(sarifSchema, JSON.parse(out()));
    expect(ajv.errors).toBeNull();
    expect(valid).toBe(true);
  });

  it('has a result for each problem, muted ones suppressed', async () => {
    await check('--format', 'sarif');
    const { runs } = JSON.parse(out());
    const [{ tool, results }] = runs;
    expect(results.map((each: { ruleId: string; level: string }) => [each.ruleId, each.level])).toEqual([
      ['V-VS-010', 'error'],
      ['V-VS-200', 'warning'],
      ['V-VS-140', 'error'],
      ['yaml/content', 'error'],
    ]);
    expect(tool.driver.semanticVersion).toBe(packageJson.version);
    expect(tool.driver.rules[0]).toMatchObject({ id: 'V-VS-010', shortDescription: { text: 'No host name' } });
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
    expect(results[0].locations[0]).toMatchObject({
      physicalLocation: {
        artifactLocation: { uri: expect.stringMatching(/^file:.*the%20shop\/web\.yaml$/) },
        region: { startLine: 5, startColumn: 11, endLine: 5, endColumn: 17 },
      },
      logicalLocations: [{ fullyQualifiedName: 'VirtualService shop/a<b spec.hosts[0]' }],
    });
    expect(results.map((each: { suppressions?: unknown }) => each.suppressions)).toEqual([
      undefined,
      undefined,
      [{ kind: 'inSource', justification: '"old" clients' }],
      undefined,
    ]);
  });

  it('knows a finding again when its line moves', async () => {
    const prints = async (text: string): Promise<unknown> => {
      clear();
      await checkCommand([await write('web.yaml', text), '--format', 'sarif']);
      const [{ results }] = JSON.parse(out()).runs;
      return results.map((each: { partialFingerprints: unknown }) => each.partialFingerprints);
    };
    expect(await prints(`# more\n\n${FILE}`)).toEqual(await prints(FILE));
  });
});

describe('--format junit', () => {
  it('writes a test for each problem and for each resource without any', async () => {
    expect(await check('--format', 'junit')).toBe(1);
    const xml = out();
    expect(xml).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites name="meshwright check" tests="5" failures="2" errors="0" skipped="1" time="0">/,
    );
    const tests = [...xml.matchAll(/<testcase name="([^"]*)"[^>]*?(?:\/>|>\s*<([\w-]+))/g)].map(([, name, body]) => [
      name,
      body,
    ]);
    expect(tests).toEqual([
      ['V-VS-010 VirtualService shop/a&lt;b spec.hosts[0]', 'failure'],
      ['V-VS-200 VirtualService shop/a&lt;b spec.http[1]', 'system-out'],
      ['V-VS-140 VirtualService shop/a&lt;b spec.http[1].timeout', 'skipped'],
      ['yaml/content', 'failure'],
      ['Service shop/web', undefined],
    ]);
  });

  it('is well-formed whatever the texts hold', async () => {
    clear();
    await checkCommand([await write('x.yaml', FILE.replace('a_b%', 'a_\\u0000]]>&\\"\uFFFE')), '--format', 'junit']);
    const marks = out()
      .replace(/<\?xml[^>]*\?>/, '')
      .replace(/<\/?[\w-]+(?: [\w-]+="[^"<]*")*\/?>/g, '');
    expect(marks.replace(/&(?:amp|lt|gt|quot|#\d+);/g, '')).not.toMatch(/[<>&\0\uFFFE]/);
  });
});

describe('--format github', () => {
  it('writes a workflow command for each problem that is not muted', async () => {
    expect(await check('--format', 'github', '--fail-on', 'warning')).toBe(1);
    const [first, second, ...rest] = out().trimEnd().split('\n');
    expect(first).toMatch(
      /^::error file=[^,]*the shop\/web\.yaml,line=5,col=11,endLine=5,endColumn=17,title=V-VS-010 VirtualService shop\/a<b::"a_b%25"[^\n]*%0AWrite a DNS name[^\n]*%0ASays the webhook, istioctl\.$/,
    );
    expect(second).toMatch(/^::warning file=.*,line=8,.*title=V-VS-200/);
    expect(rest.at(-1)).toBe('2 errors, 1 warning (1 muted)');
  });
});
