import type { HttpMatch, MatchMap, StringMatch } from './model.ts';

function text(match: StringMatch | undefined, kind: 'exact' | 'prefix' | 'regex'): string {
  return match !== undefined && match.kind === kind ? match.value : '';
}

/** True when a delegate's condition does not lie within the root's (istiod: `stringMatchConflict`). An empty text counts as unset. */
function stringsConflict(root: StringMatch | undefined, leaf: StringMatch | undefined): boolean {
  if (root === undefined || leaf === undefined) return false;
  const rootRegex = text(root, 'regex');
  const leafRegex = text(leaf, 'regex');
  const leafPrefix = text(leaf, 'prefix');
  const leafExact = text(leaf, 'exact');
  if (rootRegex !== '' && (leafRegex !== '' || leafPrefix !== '' || leafExact !== '')) return true;
  const rootExact = text(root, 'exact');
  const rootPrefix = text(root, 'prefix');
  if (leafRegex !== '' && (rootRegex !== '' || rootPrefix !== '' || rootExact !== '')) return true;
  if (rootExact !== '') return leafPrefix !== '' || leafExact !== rootExact;
  if (rootPrefix !== '') {
    if (leafPrefix !== '') return !leafPrefix.startsWith(rootPrefix);
    if (leafExact !== '') return !leafExact.startsWith(rootPrefix);
  }
  return true;
}

function mapsConflict(root: MatchMap, leaf: MatchMap): boolean {
  return Object.entries(leaf).some(([key, match]) => stringsConflict(root[key], match));
}

function gatewaysConflict(root: readonly string[], leaf: readonly string[]): boolean {
  if (root.length === 0 || leaf.length === 0) return false;
  return root.length < leaf.length || leaf.some((name) => !root.includes(name));
}

function conflict(root: HttpMatch, leaf: HttpMatch): boolean {
  return (
    stringsConflict(root.uri, leaf.uri) ||
    stringsConflict(root.scheme, leaf.scheme) ||
    stringsConflict(root.method, leaf.method) ||
    stringsConflict(root.authority, leaf.authority) ||
    mapsConflict(root.headers, leaf.headers) ||
    mapsConflict(root.withoutHeaders, leaf.withoutHeaders) ||
    mapsConflict(root.queryParams, leaf.queryParams) ||
    root.ignoreUriCase !== leaf.ignoreUriCase ||
    (root.port > 0 && leaf.port > 0 && root.port !== leaf.port) ||
    (root.sourceNamespace !== '' && leaf.sourceNamespace !== root.sourceNamespace) ||
    Object.entries(leaf.sourceLabels).some(
      ([key, value]) => root.sourceLabels[key] !== undefined && root.sourceLabels[key] !== value,
    ) ||
    gatewaysConflict(root.gateways, leaf.gateways)
  );
}

/** Names of root and delegate joined by a dash; one alone where the other has none. */
export function joinNames(root: string, leaf: string): string {
  return leaf === '' ? root : root === '' ? leaf : `${root}-${leaf}`;
}

function join(root: HttpMatch, leaf: HttpMatch): HttpMatch {
  return {
    name: joinNames(root.name, leaf.name),
    uri: leaf.uri ?? root.uri,
    scheme: leaf.scheme ?? root.scheme,
    method: leaf.method ?? root.method,
    authority: leaf.authority ?? root.authority,
    headers: { ...root.headers, ...leaf.headers },
    withoutHeaders: { ...root.withoutHeaders, ...leaf.withoutHeaders },
    queryParams: { ...root.queryParams, ...leaf.queryParams },
    ignoreUriCase: leaf.ignoreUriCase,
    port: leaf.port || root.port,
    sourceLabels: { ...root.sourceLabels, ...leaf.sourceLabels },
    sourceNamespace: leaf.sourceNamespace || root.sourceNamespace,
    gateways: leaf.gateways.length > 0 ? leaf.gateways : root.gateways,
    index: leaf.index,
    owner: leaf.owner,
    parts: { root, leaf },
  };
}

/** The conditions of a root's rule and a delegate's joined; `undefined` where one of the delegate's fits none of the root's. */
export function joinMatches(root: readonly HttpMatch[], leaf: readonly HttpMatch[]): readonly HttpMatch[] | undefined {
  if (root.length === 0) return leaf;
  if (leaf.length === 0) return root;
  const out: HttpMatch[] = [];
  for (const one of leaf) {
    const fits = root.filter((other) => !conflict(other, one));
    if (fits.length === 0) return undefined;
    out.push(...fits.map((other) => join(other, one)));
  }
  return out;
}
