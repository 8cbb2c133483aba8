import type { Proof } from '../../core/checks/index.ts';
import { formOfRequest } from '../../core/routing/request-text.ts';

/** The request that proves a finding, as people can send it. */
export interface ToldProof {
  readonly curl: string;
  /** Who sends it, as `meshwright route --from` takes it. */
  readonly from: string;
  /** What becomes of it. */
  readonly says: string;
}

/** A word of a shell, in quotes where it needs them. */
const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

/** A proving request as a line of curl. */
export function toldProof({ proxy, request, says }: Proof): ToldProof {
  const { method, url, from, headers } = formOfRequest(request, proxy);
  const words = [
    'curl',
    ...(method === 'GET' ? [] : ['-X', method]),
    ...headers.flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
    url,
  ];
  return { curl: words.map(quoted).join(' '), from, says };
}
