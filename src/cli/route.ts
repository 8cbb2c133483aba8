import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { buildMesh } from '../core/mesh/index.ts';
import { asCurl, createEngine } from '../core/routing/index.ts';
import type { Explanation, Outcome, Proxy, Request, RuleVerdict } from '../core/routing/index.ts';
import { resourcesOf } from './resources.ts';

const USAGE = `meshwright route FILE... --from gateway:istio=ingressgateway|NAMESPACE/KEY=VALUE,... URL [-X METHOD] [-H 'k: v']... [--registry assumed|declared] [--json]`;

/** Why the command can't run: said to the user, exit code 2. */
class Misuse extends Error {}

function labelsOf(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const part of text.split(',').filter((p) => p !== '')) {
    const equals = part.indexOf('=');
    if (equals < 1) throw new Misuse(`--from: "${part}" is no label; write KEY=VALUE.`);
    labels[part.slice(0, equals)] = part.slice(equals + 1);
  }
  return labels;
}

/** `gateway:istio=ingressgateway` (in istio-system; `gateway:NAMESPACE/…` elsewhere) or `NAMESPACE/app=sleep,version=v1`. */
function proxyOf(from: string): Proxy {
  const gateway = from.startsWith('gateway:');
  const rest = gateway ? from.slice('gateway:'.length) : from;
  const slash = rest.indexOf('/');
  const namespace =
    slash < 0 ? (gateway ? 'istio-system' : rest.includes('=') ? 'default' : rest) : rest.slice(0, slash);
  const labels = slash < 0 ? (rest.includes('=') || gateway ? rest : '') : rest.slice(slash + 1);
  return { type: gateway ? 'gateway' : 'sidecar', namespace, labels: labelsOf(labels) };
}

/** The request that a URL, a method and headers say. A header `Host` stands for the authority. */
function requestOf(text: string, method: string, headerLines: readonly string[]): Request {
  let url: URL;
  try {
    url = new URL(/^[a-z]+:\/\//i.test(text) ? text : `http://${text}`);
  } catch {
    throw new Misuse(`"${text}" is no URL; write http://HOST[:PORT]/PATH.`);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new Misuse(`${url.protocol}// is not routed by rules for HTTP; write http:// or https://.`);
  const https = url.protocol === 'https:';
  const headers: Record<string, string> = {};
  let host = url.host;
  for (const line of headerLines) {
    const colon = line.indexOf(':');
    if (colon < 1) throw new Misuse(`-H: "${line}" is no header; write 'NAME: VALUE'.`);
    const name = line.slice(0, colon).trim();
    const value = line.slice(colon + 1).trim();
    if (name.toLowerCase() === 'host') host = value;
    else headers[name] = value;
  }
  // The path as it was typed: URL would resolve its dots before the mesh sees them.
  const typed = /^(?:[a-z]+:\/\/)?[^/?#]*([^#]*)/i.exec(text)?.[1] ?? '';
  const path = typed === '' ? '/' : typed.startsWith('/') ? typed : `/${typed}`;
  return {
    protocol: https ? 'https' : 'http',
    port: url.port === '' ? (https ? 443 : 80) : Number(url.port),
    host,
    path,
    method,
    headers,
    ...(https ? { sni: url.hostname } : {}),
  };
}

const SIGNS: Readonly<Record<RuleVerdict['verdict'], string>> = { taken: '→', failed: '×', later: '·', off: '-' };

function outcomeLine(outcome: Outcome): string {
  const share = outcome.probability === 1 ? '' : `${Number((outcome.probability * 100).toFixed(4))} %: `;
  const what = outcome.error ?? String(outcome.status);
  const flags = outcome.flags === undefined ? '' : ` ${outcome.flags}`;
  const details = outcome.details === undefined ? '' : ` (${outcome.details})`;
  const parts = [
    outcome.cluster === undefined ? '' : ` from ${outcome.cluster}`,
    outcome.location === undefined ? '' : ` to ${outcome.location}`,
    outcome.upstream === undefined
      ? ''
      : `, seen there as ${outcome.upstream.method} ${outcome.upstream.host}${outcome.upstream.path}`,
    outcome.attempts === undefined ? '' : `, ${outcome.attempts} attempts`,
    outcome.mirrors === undefined ? '' : `, copied to ${outcome.mirrors.join(', ')}`,
  ];
  return `${share}${what}${flags}${details}${parts.join('')}`;
}

function ruleLine(verdict: RuleVerdict): string {
  const at = verdict.rule.path[2];
  const entry = verdict.rule.match === undefined ? '' : `, match ${verdict.rule.match + 1}`;
  const name = verdict.name === '' ? '' : ` ${verdict.name}`;
  return `  ${SIGNS[verdict.verdict]} rule ${typeof at === 'number' ? at + 1 : '?'}${entry}${name} of ${verdict.rule.resource}: ${verdict.text}`;
}

/** An explanation in words: the request, what becomes of it, how it came in, every rule, where it goes. */
function inWords(request: Request, explanation: Explanation): string {
  const { decision, entry, rules, exit } = explanation;
  return [
    asCurl(request),
    ...decision.outcomes.map(outcomeLine),
    '',
    ...entry.map((reason) => reason.text),
    ...rules.map(ruleLine),
    ...exit.map((reason) => reason.text),
    '',
  ].join('\n');
}

/** `meshwright route`: which rule takes a request, and why. Gives the exit code: 0, or 2 for a command that can't run. */
export async function routeCommand(args: readonly string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        from: { type: 'string' },
        request: { type: 'string', short: 'X', default: 'GET' },
        header: { type: 'string', short: 'H', multiple: true, default: [] },
        json: { type: 'boolean', default: false },
        registry: { type: 'string', default: 'assumed' },
      },
    });
    const url = positionals.at(-1);
    const files = positionals.slice(0, -1);
    if (values.from === undefined || url === undefined || files.length === 0) throw new Misuse(`Usage: ${USAGE}`);
    const texts = await Promise.all(files.map(async (name) => ({ name, text: await readFile(name, 'utf8') })));
    const resources = resourcesOf(texts);
    // What a route names and nothing declares is assumed, as in the page; --registry declared switches that off.
    const engine = values.registry === 'declared' ? createEngine(resources) : createEngine(buildMesh(resources));
    const request = requestOf(url, values.request, values.header);
    const explanation = engine.explain(proxyOf(values.from), request);
    process.stdout.write(values.json ? `${JSON.stringify(explanation, null, 2)}\n` : inWords(request, explanation));
    return 0;
  } catch (error) {
    console.error(
      error instanceof Misuse
        ? error.message
        : `meshwright route: ${error instanceof Error ? error.message : String(error)}`,
    );
    return 2;
  }
}
