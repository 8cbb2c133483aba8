import { describe, expect, it } from 'vitest';
import { joinOps, translateHeaders } from '../compile/header-ops.ts';
import { applyOps, joined, linesOf, requestLookup } from './headers.ts';

const run = (headers: Readonly<Record<string, string>>, request: Parameters<typeof translateHeaders>[0]): unknown => {
  const lines = linesOf(headers);
  applyOps(
    translateHeaders({ request: request ?? {} }).request,
    lines,
    requestLookup((name) => lines[name]?.[0]),
  );
  return joined(lines);
};

describe('header operations', () => {
  it('[G-57] remove and set of one header leave the set value; set and add leave two', () => {
    expect(run({ a: '0' }, { set: { a: '1' }, remove: ['a'] })).toEqual({ a: '1' });
    expect(run({}, { set: { a: '1' }, add: { a: '2' } })).toEqual({ a: '1,2' });
  });
  it('[R-611] values are those after the removal and before any set', () => {
    expect(run({ a: '0' }, { set: { a: '1', b: '%REQ(a)%' } })).toEqual({ a: '1', b: '0' });
    expect(run({ a: '0' }, { set: { b: '%REQ(a)%' }, remove: ['a'] })).toEqual({});
  });
  it('[R-612] an empty value changes nothing, two percent signs are one', () => {
    expect(run({}, { set: { a: '%REQ(none)%', b: '100%%', c: '%UNKNOWN%' } })).toEqual({ b: '100%', c: '%UNKNOWN%' });
  });
  it('[R-610] host is the authority and no header, names with a colon are dropped', () => {
    const { request, authority } = translateHeaders({
      request: { set: { Host: 'a', ':path': '/x', B: '1' }, remove: [':authority', 'C'] },
    });
    expect(authority).toBe('a');
    expect(request).toEqual({ put: [{ key: 'b', value: '1', append: false }], remove: ['c'] });
  });
  it('[R-613] of one destination the operations follow those of the rule', () => {
    const rule = translateHeaders({ request: { set: { a: 'rule' }, add: { b: 'rule' } } }).request;
    const own = translateHeaders({ request: { set: { a: 'own', b: 'own' } } }).request;
    const lines = linesOf({});
    applyOps(joinOps(rule, own), lines, () => undefined);
    expect(joined(lines)).toEqual({ a: 'own', b: 'own,rule' });
  });
});
