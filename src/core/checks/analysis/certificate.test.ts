import { describe, expect, it } from 'vitest';
import { base64Bytes, base64Text, certificateFault } from './certificate.ts';

/** The first fields of a certificate as DER: enough to tell its times. Lengths are below 128. */
const der = (tag: number, ...parts: readonly (readonly number[])[]): readonly number[] => {
  const content = parts.flat();
  return [tag, content.length, ...content];
};
const ascii = (text: string): readonly number[] => [...text].map((char) => char.charCodeAt(0));
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const base64 = (bytes: readonly number[]): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.slice(at, at + 3);
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    const char = (shift: number): string => ALPHABET.charAt((bits >> shift) & 63);
    text += char(18) + char(12) + (b === undefined ? '=' : char(6)) + (c === undefined ? '=' : char(0));
  }
  return text;
};
const empty = der(0x30);
const body = der(
  0x30,
  der(0xa0, der(0x02, [2])),
  der(0x02, [1]),
  empty,
  empty,
  der(0x30, der(0x17, ascii('250101000000Z')), der(0x18, ascii('20510101000000Z'))),
  empty,
  empty,
);
const pem = (bytes: readonly number[]): string =>
  `-----BEGIN CERTIFICATE-----\n${base64(bytes)}\n-----END CERTIFICATE-----\n`;
const certificate = pem(der(0x30, body, empty, der(0x03, [0])));

describe('certificates', () => {
  it('hold from their first to their last second', () => {
    expect(certificateFault(certificate, undefined)).toBeUndefined();
    expect(certificateFault(certificate, '20300101000000Z')).toBeUndefined();
    expect(certificateFault(certificate, '20241231235959Z')).toMatch(/expired/);
    expect(certificateFault(certificate, '20510101000001Z')).toMatch(/expired/);
  });

  it('are refused where there is no PEM or no X.509 in it', () => {
    expect(certificateFault('hello', undefined)).toMatch(/PEM/);
    expect(certificateFault(pem([1, 2, 3]), undefined)).toMatch(/X\.509/);
    expect(certificateFault(pem(der(0x30, body)), undefined)).toMatch(/X\.509/);
  });

  it('come from Secrets in base64', () => {
    expect(base64Text('aGVsbG8=')).toBe('hello');
    expect(base64Bytes('a')).toBeUndefined();
    expect(base64Bytes('####')).toBeUndefined();
  });
});
