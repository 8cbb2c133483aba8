import { describe, expect, it } from 'vitest';
import { headerValueFault } from './header-value.ts';
import { isJwtClaim } from './headers.ts';
import { isAddress, isPrefix } from './ip.ts';
import { fqdnFault, gatewayHostFault, goInteger, isLabel, labelFaults, wildcardFault } from './names.ts';
import { durationFault, regexFault } from './values.ts';

const passes = (check: (text: string) => string | undefined, texts: readonly string[]): readonly string[] =>
  texts.filter((text) => check(text) === undefined);

describe('names as Istio takes them', () => {
  it('[FQDN] wants labels and no number at the end; a dot may close it', () => {
    const texts = [
      'a.com',
      'a.com.',
      'A-1.com',
      '123',
      'a.123',
      '',
      'a..b',
      '-a.com',
      'a_b',
      '*.com',
      `${'a'.repeat(64)}.com`,
    ];
    expect(passes(fqdnFault, texts)).toEqual(['a.com', 'a.com.', 'A-1.com']);
  });

  it('[WILD] takes a wildcard in front, and a single part that is a number', () => {
    const texts = ['*', '*.com', '*-a.com', '*a.com', '123', '*.', 'foo.', 'a.*.com', '1.2.3.4', '**.com', '*-'];
    expect(passes(wildcardFault, texts)).toEqual(['*', '*.com', '*-a.com', '*a.com', '123', '*.', 'foo.']);
  });

  it('[WILD-GW] takes the names that AUTO_PASSTHROUGH makes, where there are SNI hosts', () => {
    const name = 'outbound_.80_._.e2e.foobar.mesh';
    expect(gatewayHostFault(name, true)).toBeUndefined();
    expect(gatewayHostFault(name, false)).toBeDefined();
    expect(gatewayHostFault('outbound_.x_._.a.b', true)).toBeDefined();
  });

  it('[LABEL] and [LABELS] have their lengths', () => {
    expect([isLabel('a'.repeat(63)), isLabel('a'.repeat(64)), isLabel('a-'), isLabel('')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(labelFaults({ 'example.com/app': 'x', app: '' })).toEqual([]);
    expect(labelFaults({ '': 'x', 'a/b/c': 'y', app: 'b c' })).toHaveLength(3);
  });

  it('reads integers as Go does', () => {
    expect(['5', '+5', '-5', '5.0', '99999999999999999999', ''].map(goInteger)).toEqual([
      5,
      5,
      -5,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('addresses as Go parses them', () => {
  it('[IP] takes no leading zeros, one `::`, a zone behind IPv6', () => {
    const good = ['1.2.3.4', '0.0.0.0', '::', '::1', 'fe80::1%eth0', '1:2:3:4:5:6:7:8', '::ffff:1.2.3.4', '1::'];
    const bad = [
      '1.2.3',
      '01.2.3.4',
      '256.1.1.1',
      '1:2',
      '::1::',
      '1:2:3:4:5:6:7::8',
      'fe80::1%',
      '1.2.3.4%a',
      '',
      'a.b',
      '12345::',
    ];
    expect(good.filter((text) => !isAddress(text))).toEqual([]);
    expect(bad.filter(isAddress)).toEqual([]);
  });

  it('[CIDR] counts bits', () => {
    expect(['10.0.0.0/8', '10.0.0.0/33', '10.0.0.0/08', '::/128', '::/129', 'fe80::1%a/8'].filter(isPrefix)).toEqual([
      '10.0.0.0/8',
      '::/128',
    ]);
  });
});

describe('values', () => {
  it('[HVALUE] wants % doubled or closed', () => {
    const texts = [
      '',
      'a',
      '100%%',
      '%HOSTNAME%',
      'a %REQ(x)% b',
      '%START_TIME(%s)%',
      '%X([ "a", "b" ])%',
      '100%',
      '%A',
      '%X(a',
      '%X(a)b',
      'a\u0001',
    ];
    expect(passes(headerValueFault, texts)).toEqual([
      '',
      'a',
      '100%%',
      '%HOSTNAME%',
      'a %REQ(x)% b',
      '%START_TIME(%s)%',
      '%X([ "a", "b" ])%',
    ]);
  });

  it('[DUR] wants whole milliseconds, at least one', () => {
    expect(passes(durationFault, ['1ms', '1.5s', '1h', '0s', '1.5ms', '-1s', '999us'])).toEqual(['1ms', '1.5s', '1h']);
  });

  it('[REGEX] is RE2, of 1024 bytes at most', () => {
    const check = (text: string): string | undefined => regexFault(text, 'uri');
    expect(passes(check, ['a.*', '(?i)a', '\\d+', '(?=a)', '(a)\\1', '[', 'a{1001}', 'é'.repeat(513)])).toEqual([
      'a.*',
      '(?i)a',
      '\\d+',
    ]);
  });

  it('[JWTCLAIM] needs something behind its prefix', () => {
    const names = [
      '@request.auth.claims.sub',
      '@Request.Auth.Claims[sub]',
      '@request.auth.claims',
      '@request.auth.claims.',
      '@request.auth.claims[]',
    ];
    expect(names.filter(isJwtClaim)).toEqual(names.slice(0, 2));
  });
});
