import type { HeaderOps } from '../compile/envoy.ts';

/** Headers by name in lower case, each with the values of its lines. */
export type HeaderLines = Record<string, readonly string[]>;

/** Headers as they are seen from outside: several lines of one name joined by a comma. */
export type HeaderMap = Record<string, string>;

/** Every header as a single line. */
export function linesOf(headers: Readonly<Record<string, string>>): HeaderLines {
  const out: HeaderLines = {};
  for (const name in headers) out[name] = [headers[name] ?? ''];
  return out;
}

/** Lines of one name joined. */
export function joined(lines: HeaderLines): HeaderMap {
  const out: HeaderMap = {};
  for (const name in lines) out[name] = (lines[name] ?? []).join(',');
  return out;
}

/** What `%…%` in a value may ask for; `undefined` for what is not known here. */
export type Lookup = (command: string) => string | undefined;

const COMMAND = /%%|%([A-Z_]+(?:\(([^()]*)\))?(?::\d+)?)%/g;

/** A header's value with its commands evaluated. One that is not known stays as written. */
function evaluate(value: string, lookup: Lookup): string {
  if (!value.includes('%')) return value;
  return value.replaceAll(COMMAND, (whole, command: string | undefined) =>
    command === undefined ? '%' : (lookup(command) ?? whole),
  );
}

/** Does one parser's work: takes away, then sets, then adds. Values are computed after the removal; an empty one changes nothing. */
export function applyOps(ops: HeaderOps, lines: HeaderLines, lookup: Lookup): void {
  for (const key of ops.remove) Reflect.deleteProperty(lines, key);
  const put = ops.put.map((op) => ({ op, value: evaluate(op.value, lookup) })).filter(({ value }) => value !== '');
  for (const { op, value } of put) if (!op.append) lines[op.key] = [value];
  for (const { op, value } of put) if (op.append) lines[op.key] = [...(lines[op.key] ?? []), value];
}

const REQUEST = /^REQ\(([^)?]+)(?:\?([^)]+))?\)(?::(\d+))?$/;

/** Looks up `%REQ(name?other):length%`; what is missing is empty, and of several lines the first counts. */
export function requestLookup(valueOf: (name: string) => string | undefined): Lookup {
  return (command) => {
    const parts = REQUEST.exec(command);
    if (parts === null) return command === 'PROTOCOL' ? 'HTTP/1.1' : undefined;
    const value =
      valueOf((parts[1] ?? '').toLowerCase()) ??
      (parts[2] === undefined ? '' : (valueOf(parts[2].toLowerCase()) ?? ''));
    return parts[3] === undefined ? value : value.slice(0, Number(parts[3]));
  };
}
