import { describe, expect, it } from 'vitest';
import { fieldAt, fieldTypeAt, kindSchema, MESSAGES, messageSchema, referenceAt, typeOf } from './index.ts';
import type { FieldType } from './types.ts';

const ISTIO = 'networking.istio.io';

describe('the schema table', () => {
  it('names only messages that it has', () => {
    const check = (type: FieldType, where: string): void => {
      if (type.kind === 'list' || type.kind === 'map') check(type.of, where);
      else if (type.kind === 'message') expect(messageSchema(type.message), `${where}: ${type.message}`).toBeDefined();
    };
    for (const [name, message] of Object.entries(MESSAGES)) {
      for (const [key, { type }] of Object.entries(message.fields)) check(typeOf(type), `${name}.${key}`);
    }
  });

  it('says each thing in one sentence', () => {
    for (const [name, message] of Object.entries(MESSAGES)) {
      for (const help of [message.help, ...Object.values(message.fields).map((field) => field.help)])
        expect(help, name).toMatch(/^\S.*\.$/);
    }
  });

  it('finds the type at a path', () => {
    const at = (...path: (string | number)[]) => fieldTypeAt(ISTIO, 'VirtualService', path);
    expect(at('spec', 'http', 0, 'route', 1, 'weight')?.kind).toBe('int');
    expect(at('spec', 'http', 0, 'timeout')?.kind).toBe('duration');
    expect(at('spec', 'http', 0, 'match', 0, 'headers', 'end-user', 'exact')?.kind).toBe('string');
    expect(at('spec', 'hosts', 0)?.kind).toBe('string');
    expect(at('metadata', 'labels', 'a.b/c')?.kind).toBe('string');
    expect(at('spec', 'export_to')?.kind).toBe('list');
    expect(at('spec', 'nothing')).toBeUndefined();
    expect(at('spec', 'http', 'route')).toBeUndefined();
    expect(at('spec', 'constructor')).toBeUndefined();
    expect(fieldTypeAt('', 'Service', ['spec', 'ports', 0, 'port'])?.kind).toBe('int');
  });

  it('knows the place in the reference', () => {
    const kind = kindSchema(ISTIO, 'DestinationRule');
    if (kind === undefined) throw new Error('no DestinationRule');
    const page = 'https://istio.io/latest/docs/reference/config/networking/destination-rule/';
    expect(referenceAt(kind, ['spec', 'trafficPolicy', 'outlierDetection', 'consecutive5xxErrors'])).toBe(
      `${page}#OutlierDetection-consecutive_5xx_errors`,
    );
    expect(referenceAt(kind, ['spec', 'trafficPolicy', 'connectionPool', 'http', 'h2UpgradePolicy'])).toBe(
      `${page}#ConnectionPoolSettings-HTTPSettings-h2_upgrade_policy`,
    );
    expect(referenceAt(kind, ['spec'])).toBe(`${page}#DestinationRule`);
    expect(fieldAt(kind, ['spec', 'subsets', 0, 'name'])?.field.required).toBe(true);
  });
});
