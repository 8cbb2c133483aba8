import { describe, expect, it } from 'vitest';
import { fileId, slotId } from '../../../../core/base/ids.ts';
import type { FieldView } from '../../../state/index.ts';
import { briefly, readValue, wrongValue } from './read-value.ts';

const field = (more: Partial<FieldView>): FieldView => ({
  key: 'x',
  label: 'X',
  help: '',
  type: 'string',
  at: { file: fileId('a.yaml'), slot: slotId('1'), path: ['spec', 'x'] },
  set: true,
  ...more,
});

describe('readValue', () => {
  it.each([
    ['5', 'number', 5],
    ['0.5', 'number', 0.5],
    ['true', 'boolean', true],
    ['1m30s', 'duration', '1m30s'],
    ['250ms', 'duration', '250ms'],
    ['017', 'string', '017'],
  ] as const)('reads %s as a %s', (text, type, value) => {
    expect(readValue(text, type)).toEqual({ kind: 'ok', value });
  });

  it.each([
    ['five', 'number'],
    [' ', 'number'],
    ['yes', 'boolean'],
    ['5', 'duration'],
    ['5 s', 'duration'],
  ] as const)('refuses %s as a %s', (text, type) => {
    expect(readValue(text, type).kind).toBe('refused');
  });
});

describe('wrongValue', () => {
  it('says what does not fit the type, and nothing where all is well or nothing is set', () => {
    expect(wrongValue(field({ type: 'duration', value: '5' }))).toContain('not a duration');
    expect(wrongValue(field({ type: 'number', value: '5' }))).toContain('must be a number');
    expect(wrongValue(field({ type: 'enum', value: 'NOPE', options: ['YES'] }))).toContain('NOPE');
    expect(wrongValue(field({ type: 'message', value: [] }))).toContain('must be a map');
    expect(wrongValue(field({ type: 'duration', value: '5s' }))).toBeUndefined();
    expect(wrongValue(field({ type: 'number', set: false }))).toBeUndefined();
  });
});

it('briefly says what a closed group holds', () => {
  expect(briefly(field({ type: 'message', value: { attempts: 3, perTryTimeout: '2s' } }))).toBe(
    'attempts 3, perTryTimeout 2s',
  );
  expect(briefly(field({ type: 'list', value: ['a', 'b'] }))).toBe('a, b');
  expect(briefly(field({ type: 'list', value: [{}] }))).toBe('1 item');
});
