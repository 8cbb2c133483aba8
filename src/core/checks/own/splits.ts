import type { ForwardAction, Route } from '../../routing/compile/envoy.ts';
import type { Request, RuleRef } from '../../routing/index.ts';
import { partsOf } from './clusters.ts';
import { keyOf, siteEntries } from './entries.ts';
import type { SiteEntry } from './entries.ts';
import { witnessOn } from './requests.ts';
import type { Say } from './types.ts';
import type { Site, View } from './view.ts';

/** The request with what a hash goes by, so that it ought to go to one place always. */
function withKey(request: Request, hash: string): Request {
  const [kind = '', name = ''] = [hash.slice(0, hash.indexOf(':')), hash.slice(hash.indexOf(':') + 1)];
  const headers = request.headers ?? {};
  if (kind === 'header' && headers[name.toLowerCase()] === undefined)
    return { ...request, headers: { ...headers, [name.toLowerCase()]: 'jason' } };
  if (kind === 'cookie' && headers['cookie'] === undefined)
    return { ...request, headers: { ...headers, cookie: `${name}=jason` } };
  if (kind === 'query' && !(request.path ?? '/').includes('?'))
    return { ...request, path: `${request.path ?? '/'}?${name}=jason` };
  return request;
}

const KEYS: Readonly<Record<string, string>> = {
  header: 'header',
  cookie: 'cookie',
  query: 'query parameter',
};

function keyText(hash: string): string {
  const colon = hash.indexOf(':');
  return colon < 0 ? "the caller's address" : `${KEYS[hash.slice(0, colon)] ?? ''} ${hash.slice(colon + 1)}`;
}

interface Split {
  readonly site: Site;
  readonly route: Route;
  readonly action: ForwardAction;
  readonly rule: RuleRef;
}

function undone({ site, route, action, rule }: Split, say: Say): void {
  const [hash] = action.hash;
  const clusters = [...new Set(action.clusters.map(({ cluster }) => cluster))].sort();
  if (hash === undefined || !action.weighted || clusters.length < 2 || route.fault?.abort !== undefined) return;
  // A cluster that is not there is no place to stick to.
  if (clusters.some((name) => !site.caller.compiled.clusters.has(name))) return;
  const witness = witnessOn(site, route);
  if (witness === undefined) return;
  say({
    code: 'MW-STICKY-UNDONE',
    resource: rule.resource,
    path: [...rule.path, 'route'],
    message: `The share is drawn anew for each request, before ${keyText(hash)} is looked at: a client changes between these destinations.`,
    remedy: 'Choose the version by a match on a header or cookie, or split without promising to stick.',
    proxy: site.caller.proxy,
    request: withKey(witness, hash),
    claim: { rule, clusters },
  });
}

function keyless({ site, route, action, rule }: Split, say: Say): void {
  if (action.hash.length > 0) return;
  const choice = action.clusters.find(({ cluster }) => {
    const lb = site.caller.compiled.clusters.get(cluster)?.lb;
    return lb === 'RING_HASH' || lb === 'MAGLEV';
  });
  const name = choice === undefined ? undefined : partsOf(choice.cluster);
  const witness = choice === undefined ? undefined : witnessOn(site, route);
  if (choice === undefined || name === undefined || witness === undefined || choice.destination < 0) return;
  say({
    code: 'MW-STICKY-KEYLESS',
    resource: rule.resource,
    path: [...rule.path, 'route', choice.destination, 'destination'],
    message: `${name.host} balances by a hash on port ${name.port}, but this route gives it no key, so requests go anywhere: the hash of a port counts only where the destination names the port.`,
    remedy: `Add port: {number: ${name.port}} to the destination, or move consistentHash out of portLevelSettings.`,
    proxy: site.caller.proxy,
    request: witness,
    claim: { rule, hash: [] },
  });
}

const percent = (part: number): string => `${Math.round(part * 1000) / 10} %`;

function weights(entry: SiteEntry, { site, route, action, rule }: Split, say: Say): void {
  const all = entry.rule.route.map(({ weight }) => weight);
  const sum = all.reduce((total, weight) => total + weight, 0);
  if (all.length < 2 || sum === 100 || sum <= 0 || all.some((weight) => weight < 0)) return;
  const witness = witnessOn(site, route);
  if (witness === undefined || route.fault?.abort !== undefined) return;
  const clusters = [...new Set(action.clusters.map(({ cluster }) => cluster))].sort();
  if (clusters.some((name) => !site.caller.compiled.clusters.has(name))) return;
  say({
    code: 'MW-WEIGHTS',
    resource: rule.resource,
    path: [...rule.path, 'route'],
    message: `The weights add up to ${sum}: the shares are ${all.map((weight) => percent(weight / sum)).join(', ')}.`,
    remedy: 'If these shares are meant, leave it; else let the weights add up to 100.',
    proxy: site.caller.proxy,
    request: witness,
    claim: { rule, clusters },
  });
}

/** Splits that say one thing and do another. */
export function splits(view: View, say: Say): void {
  const told = new Set<string>();
  for (const site of view.sites) {
    for (const entry of siteEntries(site)) {
      const { route, ref } = entry;
      if (route?.action.kind !== 'forward') continue;
      const rule: RuleRef = { resource: ref.resource, path: ref.path };
      const split: Split = { site, route, action: route.action, rule };
      const place = keyOf(rule);
      const once = (code: string, look: (tell: Say) => void): void => {
        const key = `${code} ${place}`;
        if (told.has(key)) return;
        look((finding) => {
          told.add(key);
          say(finding);
        });
      };
      once('undone', (tell) => void undone(split, tell));
      once('keyless', (tell) => void keyless(split, tell));
      once('weights', (tell) => void weights(entry, split, tell));
    }
  }
}
