import { ok, refuse } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { RequestForm } from './request-text.ts';

/** What a pasted text says of a request: all but who sends it. */
export type PastedRequest = Omit<RequestForm, 'from'>;

/** curl's options that take a value and say nothing about the request's way through a mesh. */
const SKIPPED = new Set(
  `-o --output -u --user -m --max-time --connect-timeout --resolve --connect-to --cacert --cert -E --key -w --write-out -c
  --cookie-jar --retry --retry-delay -x --proxy --limit-rate --interface -D --dump-header --ciphers --max-redirs --unix-socket -T
  --upload-file -K --config -r --range -Y -y -z`.split(/\s+/),
);
const DATA = new Set(['-d', '--data', '--data-raw', '--data-binary', '--data-ascii', '--data-urlencode', '--json']);
const FORM = new Set(['-F', '--form', '--form-string']);
/** Options that are headers by another name. */
const AS_HEADER: Readonly<Record<string, string>> = {
  '-A': 'user-agent',
  '--user-agent': 'user-agent',
  '-b': 'cookie',
  '--cookie': 'cookie',
  '-e': 'referer',
  '--referer': 'referer',
};
const WITH_VALUE = 'XHdFAbeoumEwcxDTKrYyz';

/** A command line cut into words as a POSIX shell does it: quotes, backslashes, and lines that go on. */
export function shellWords(text: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    const next = text[at + 1] ?? '';
    if (quote === "'") {
      if (char === "'") quote = '';
      else word = (word ?? '') + char;
    } else if (quote === '"') {
      if (char === '"') quote = '';
      else if (char === '\\' && /["\\$`\n]/.test(next)) {
        at += 1;
        if (next !== '\n') word = (word ?? '') + next;
      } else word = (word ?? '') + char;
    } else if (char === "'" || char === '"') {
      quote = char;
      word ??= '';
    } else if (char === '\\') {
      at += 1;
      if (next === '\r' && text[at + 1] === '\n') at += 1;
      else if (next !== '\n') word = (word ?? '') + next;
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (char === '$' && next === "'" && word === undefined) continue;
    else word = (word ?? '') + char;
  }
  if (word !== undefined) words.push(word);
  return words;
}

/** `-sSXPOST` as `-s`, `-S`, `-X`, `POST`; `--request=POST` as two words; all else as it is. */
function apart(word: string): readonly string[] {
  const long = /^(--[a-z-]+)=(.*)$/s.exec(word);
  if (long) return [long[1] ?? '', long[2] ?? ''];
  if (!/^-[A-Za-z]./.test(word)) return [word];
  const parts: string[] = [];
  for (let at = 1; at < word.length; at += 1) {
    const flag = word[at] ?? '';
    parts.push(`-${flag}`);
    if (!WITH_VALUE.includes(flag)) continue;
    if (at + 1 < word.length) parts.push(word.slice(at + 1));
    break;
  }
  return parts;
}

/** The request of a `curl` command: URL, method, headers; a body makes it a POST. Refuses one without a URL. */
export function parseCurl(text: string): Result<PastedRequest> {
  const [, ...words] = shellWords(text.trim());
  const headers: [string, string][] = [];
  let method = '';
  let implied = 'GET';
  let url = '';
  const queue = words.flatMap(apart);
  for (let at = 0; at < queue.length; at += 1) {
    const word = queue[at] ?? '';
    const value = queue[at + 1] ?? '';
    const named = AS_HEADER[word];
    if (word === '-X' || word === '--request') method = value;
    else if (word === '-H' || word === '--header') {
      const colon = value.indexOf(':');
      if (colon > 0) headers.push([value.slice(0, colon).trim(), value.slice(colon + 1).trim()]);
    } else if (DATA.has(word) || FORM.has(word)) implied = 'POST';
    else if (word === '--url') url = value;
    else if (named !== undefined) headers.push([named, value]);
    else if (word === '-I' || word === '--head') implied = 'HEAD';
    else if (word === '-G' || word === '--get') method ||= 'GET';
    else if (!SKIPPED.has(word)) {
      if (!word.startsWith('-') && url === '') url = word;
      continue;
    }
    if (word !== '-I' && word !== '--head' && word !== '-G' && word !== '--get') at += 1;
  }
  if (url === '') {
    return refuse('NO_URL', 'The curl command names no URL.', { remedy: 'Paste it with http://HOST/PATH.' });
  }
  return ok({ method: (method || implied).toUpperCase(), url, headers });
}

const shown = (value: string | undefined): string => (value === undefined || value === '-' ? '' : value);

interface Logged {
  readonly method: string;
  readonly path: string;
  readonly authority: string;
  /** Where the connection came in: `10.4.1.7:9080`. */
  readonly local: string;
  readonly sni: string;
  readonly agent: string;
}

/** A gateway's pod listens on these in place of the service's ports. */
const POD_PORTS: Readonly<Record<string, string>> = { '8080': '80', '8443': '443' };

function requestOfLog({ method, path, authority, local, sni, agent }: Logged): Result<PastedRequest> {
  if (authority === '')
    return refuse('NO_HOST', 'The log line has no authority.', { remedy: 'Fill in the URL by hand.' });
  const scheme = sni === '' ? 'http' : 'https';
  const dialled = /:(\d+)$/.exec(local)?.[1] ?? '';
  const port = POD_PORTS[dialled] ?? dialled;
  const own = scheme === 'http' ? '80' : '443';
  const hasPort = /:\d+$/.test(authority);
  const needsPort = !hasPort && port !== '' && port !== own;
  const headers: [string, string][] = needsPort ? [['Host', authority]] : [];
  if (agent !== '') headers.push(['user-agent', agent]);
  return ok({ method: method || 'GET', url: `${scheme}://${authority}${needsPort ? `:${port}` : ''}${path}`, headers });
}

/** Envoy's default text format, as Istio sets it (`meshConfig.accessLogFormat` unset). */
const LOG =
  /"([A-Z]+) (\S+) HTTP\/[\d.]+" \d+ \S+ .*?"([^"]*)" "([^"]*)" "([^"]*)" "([^"]*)" "([^"]*)" (\S+) (\S+) (\S+) (\S+) (\S+)/;

/** The request of a line of Envoy's access log, in Istio's default text format or as JSON. Refuses other lines. */
export function parseAccessLog(line: string): Result<PastedRequest> {
  const text = line.trim();
  if (text.startsWith('{')) return parseJsonLog(text);
  const found = LOG.exec(text);
  if (!found) {
    return refuse('NO_LOG', 'This is neither a curl command nor a line of the access log in Istio’s default format.', {
      remedy: 'Paste the whole line, or fill in the form.',
    });
  }
  const [, method = '', path = '', , agent, , authority, , , , local, , sni] = found;
  const logged = { method, path, authority: shown(authority), local: shown(local), sni: shown(sni) };
  return requestOfLog({ ...logged, agent: shown(agent) });
}

function parseJsonLog(text: string): Result<PastedRequest> {
  let entry: unknown;
  try {
    entry = JSON.parse(text);
  } catch {
    return refuse('NO_JSON', 'The line begins as JSON and does not end as such.', { remedy: 'Paste the whole line.' });
  }
  const fields = new Map<string, unknown>(typeof entry === 'object' && entry !== null ? Object.entries(entry) : []);
  const field = (name: string): string => {
    const value = fields.get(name);
    return typeof value === 'string' ? shown(value) : '';
  };
  return requestOfLog({
    method: field('method'),
    path: field('path'),
    authority: field('authority'),
    local: field('downstream_local_address'),
    sni: field('requested_server_name'),
    agent: field('user_agent'),
  });
}

/** A request from what was pasted: a curl command, a line of the access log, or only a URL. */
export function parsePastedRequest(text: string): Result<PastedRequest> {
  const trimmed = text.trim().replace(/^\$\s+/, '');
  if (/^curl(\.exe)?\s/.test(trimmed)) return parseCurl(trimmed);
  if (/^(https?|tls|tcp):\/\/\S+$/i.test(trimmed)) return ok({ method: 'GET', url: trimmed, headers: [] });
  return parseAccessLog(trimmed);
}
