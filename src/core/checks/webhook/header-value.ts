// eslint-disable-next-line no-control-regex -- these are what a header must not hold
const CONTROL = /[\0-\x08\n-\x1f\x7f]/;

type State = 'literal' | 'name' | 'array' | 'string' | 'inString' | 'delimiter' | 'argsEnd' | 'end';

/** Where the reader stands after a character; `undefined` where Envoy refuses. A backslash and `%%` are stepped over outside. */
function after(state: State, char: string): State | undefined {
  const space = char === ' ';
  switch (state) {
    case 'literal':
      return char === '%' ? 'name' : state;
    case 'name':
      return char === '%' ? 'literal' : char === '(' ? 'array' : state;
    case 'array':
      return char === '[' ? 'string' : space ? state : 'inString';
    case 'delimiter':
      return char === ',' ? 'string' : char === ']' ? 'argsEnd' : space ? state : undefined;
    case 'string':
      return char === '"' ? 'inString' : space ? state : undefined;
    case 'inString':
      return char === ')' ? 'end' : char === '"' ? 'delimiter' : state;
    case 'argsEnd':
      return char === ')' ? 'end' : space ? state : undefined;
    case 'end':
      return char === '%' ? 'literal' : space ? state : undefined;
  }
}

/**
 * What is wrong with a header's value: control characters, or a `%` that neither is doubled nor opens a `%VARIABLE(…)%` that is closed.
 * Source: ValidateHTTPHeaderValue, a port of Envoy's header parser.
 */
export function headerValueFault(value: string): string | undefined {
  if (CONTROL.test(value)) return `The value "${value}" holds a control character.`;
  let state: State = 'literal';
  for (let at = 0; at < value.length; at++) {
    const char = value.charAt(at);
    if (state === 'literal' && char === '%') {
      if (at + 1 === value.length) return 'A % at the end of a value must be doubled: %%.';
      if (value.charAt(at + 1) === '%') {
        at++;
        continue;
      }
    }
    if (state === 'inString' && char === '\\') {
      if (at + 1 === value.length) return 'A backslash stands at the end of a variable’s argument.';
      at++;
      continue;
    }
    const next = after(state, char);
    if (next === undefined) return `A variable is not written as %NAME(…)%: "${state}" was expected.`;
    state = next;
  }
  return state === 'literal' ? undefined : `A variable is not closed with % in "${value}".`;
}
