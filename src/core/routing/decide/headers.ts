import type { HeaderOps } from '../compile/envoy.ts';

/** Headers by name in lower case. Several of one name are joined by a comma, as they are seen from outside. */
export type HeaderMap = Record<string, string>;

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
export function applyOps(ops: HeaderOps, headers: HeaderMap, lookup: Lookup): void {
  for (const key of ops.remove) Reflect.deleteProperty(headers, key);
  const put = ops.put.map((op) => ({ op, value: evaluate(op.value, lookup) })).filter(({ value }) => value !== '');
  for (const { op, value } of put) if (!op.append) headers[op.key] = value;
  for (const { op, value } of put)
    if (op.append) headers[op.key] = headers[op.key] === undefined ? value : `${headers[op.key]},${value}`;
}

const REQUEST = /^REQ\(([^):?]+)(?:\?([^):]+))?\)(?::(\d+))?$/;

/** Looks up `%REQ(name?other):length%`; what is missing is empty. */
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
