import { describe, expect, it } from 'vitest';
import { formOfRequest, proxyOfText, requestOfForm, textOfProxy } from './request-text.ts';

const form = (url: string, headers: readonly (readonly [string, string])[] = []) => ({
  method: 'GET',
  url,
  from: 'default',
  headers,
});

describe('proxyOfText and textOfProxy', () => {
  it.each([
    ['gateway:istio=ingressgateway', 'gateway', 'istio-system', { istio: 'ingressgateway' }],
    ['gateway:edge/app=gw,zone=a', 'gateway', 'edge', { app: 'gw', zone: 'a' }],
    ['default/app=sleep', 'sidecar', 'default', { app: 'sleep' }],
    ['shop', 'sidecar', 'shop', {}],
    ['shop/app.kubernetes.io/name=x', 'sidecar', 'shop', { 'app.kubernetes.io/name': 'x' }],
  ])('%s', (text, type, namespace, labels) => {
    expect(proxyOfText(text)).toEqual({ type, namespace, labels });
    expect(textOfProxy(proxyOfText(text))).toBe(text);
  });

  it.each(['app=sleep', '', 'app.kubernetes.io/name=x'])('takes %j to be in default', (text) => {
    expect(proxyOfText(text).namespace).toBe('default');
  });
});

describe('requestOfForm', () => {
  it.each([
    ['reviews', { protocol: 'http', port: 80, host: 'reviews', path: '/' }],
    ['http://reviews:9080/a?b=c#d', { port: 9080, host: 'reviews:9080', path: '/a?b=c' }],
    ['https://a.com?x=1', { protocol: 'https', port: 443, host: 'a.com', sni: 'a.com', path: '/?x=1' }],
    ['tcp://db:5432', { protocol: 'tcp', port: 5432, host: 'db' }],
    ['tls://a.com', { protocol: 'tls', port: 443, sni: 'a.com' }],
    ['http://a/../b//c', { path: '/../b//c' }],
  ])('%s', (url, request) => {
    expect(requestOfForm(form(url))).toMatchObject({ kind: 'ok', value: request });
  });

  it('takes a header Host for the authority', () => {
    const asked = requestOfForm(
      form('http://10.0.0.1/', [
        ['host', 'a.com'],
        ['x', '1'],
        ['', 'nothing'],
      ]),
    );
    expect(asked).toMatchObject({ value: { host: 'a.com', headers: { x: '1' } } });
  });

  it.each(['', 'http://', 'ftp://a', 'http://a:99999', 'a b'])('refuses %j and says what to write', (url) => {
    expect(requestOfForm(form(url))).toMatchObject({ kind: 'refused', remedy: expect.any(String) as string });
  });

  it.each(['http://reviews:9080/x?y=1', 'https://a.com/', 'tcp://db:5432', 'tls://a.com'])(
    'is what formOfRequest writes down: %s',
    (url) => {
      const request = requestOfForm(form(url));
      if (request.kind === 'refused') throw new Error(request.message);
      expect(formOfRequest(request.value, proxyOfText('default'))).toEqual(form(url));
    },
  );
});
