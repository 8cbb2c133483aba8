import { describe, expect, it } from 'vitest';
import { parseAccessLog, parseCurl, parsePastedRequest, shellWords } from './paste-request.ts';

const LOG =
  '[2026-11-24T10:00:00.000Z] "GET /reviews/0?x=1 HTTP/1.1" 503 UH no_healthy_upstream - "-" 0 19 0 - "-" "curl/8.5.0" ' +
  '"2f0c-11" "reviews:9080" "-" outbound|9080|v2|reviews.default.svc.cluster.local - 10.96.12.7:9080 10.244.0.9:41234 - -';
const GATEWAY =
  '[2026-11-24T10:00:00.000Z] "POST /cart HTTP/2" 404 NR route_not_found - "-" 3 0 0 - "10.1.1.1" "-" "id" ' +
  '"shop.example.com" "-" - - 10.244.0.5:8443 10.1.1.1:4123 shop.example.com -';

describe('shellWords', () => {
  it.each([
    [`curl 'a b' "c \\"d\\"" e\\ f`, ['curl', 'a b', 'c "d"', 'e f']],
    ['curl a \\\n  -v', ['curl', 'a', '-v']],
    [`curl '' x`, ['curl', '', 'x']],
  ])('cuts %s', (text, words) => {
    expect(shellWords(text)).toEqual(words);
  });
});

describe('parseCurl', () => {
  it.each([
    ['curl http://reviews:9080/', { method: 'GET', url: 'http://reviews:9080/', headers: [] }],
    [
      `curl -v -k -X DELETE -H 'end-user: jason' "http://a/b?c=d"`,
      { method: 'DELETE', url: 'http://a/b?c=d', headers: [['end-user', 'jason']] },
    ],
    [`curl -sSXPUT a.com --header=x-a:b`, { method: 'PUT', url: 'a.com', headers: [['x-a', 'b']] }],
    [`curl --request PATCH --url a.com -d '{"a": 1}'`, { method: 'PATCH', url: 'a.com', headers: [] }],
    [`curl a.com -d x=1`, { method: 'POST', url: 'a.com', headers: [] }],
    [`curl -I a.com`, { method: 'HEAD', url: 'a.com', headers: [] }],
    [`curl -o /dev/null -A probe -m 5 a.com`, { method: 'GET', url: 'a.com', headers: [['user-agent', 'probe']] }],
  ])('reads %s', (text, request) => {
    expect(parseCurl(text)).toEqual({ kind: 'ok', value: request });
  });

  it('refuses a command without a URL', () => {
    expect(parseCurl('curl -v -H "a: b"')).toMatchObject({ kind: 'refused', code: 'NO_URL' });
  });
});

describe('parseAccessLog', () => {
  it('reads a sidecar’s line', () => {
    expect(parseAccessLog(LOG)).toEqual({
      kind: 'ok',
      value: { method: 'GET', url: 'http://reviews:9080/reviews/0?x=1', headers: [['user-agent', 'curl/8.5.0']] },
    });
  });

  it('takes the port from where the connection came in, and keeps the authority as it was sent', () => {
    expect(parseAccessLog(LOG.replace('"reviews:9080"', '"reviews"'))).toMatchObject({
      value: {
        url: 'http://reviews:9080/reviews/0?x=1',
        headers: [
          ['Host', 'reviews'],
          ['user-agent', 'curl/8.5.0'],
        ],
      },
    });
  });

  it('reads a gateway’s line: TLS by the server name, the service’s port for the pod’s', () => {
    expect(parseAccessLog(GATEWAY)).toEqual({
      kind: 'ok',
      value: { method: 'POST', url: 'https://shop.example.com/cart', headers: [] },
    });
  });

  it('reads JSON', () => {
    const line = JSON.stringify({ method: 'GET', path: '/a', authority: 'b.com', requested_server_name: null });
    expect(parseAccessLog(line)).toMatchObject({ value: { method: 'GET', url: 'http://b.com/a' } });
    expect(parseAccessLog('{"method": ')).toMatchObject({ kind: 'refused', code: 'NO_JSON' });
  });

  it.each(['', 'hello', '[2026] "GET', '{}'])('refuses %j', (text) => {
    expect(parseAccessLog(text).kind).toBe('refused');
  });
});

describe('parsePastedRequest', () => {
  it('tells the three kinds apart', () => {
    expect(parsePastedRequest('$ curl a.com')).toMatchObject({ value: { url: 'a.com' } });
    expect(parsePastedRequest(' https://a.com/x ')).toMatchObject({ value: { url: 'https://a.com/x' } });
    expect(parsePastedRequest(LOG)).toMatchObject({ value: { method: 'GET' } });
  });
});
