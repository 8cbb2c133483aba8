import type { HTTPRoute } from '../../istio/index.ts';
import type { YamlPath } from '../../yaml/types.ts';
import { corsFaults } from './cors.ts';
import { destinationFaults, routeFaults } from './destination.ts';
import { injectionFaults } from './fault-injection.ts';
import { headerFaults } from './headers.ts';
import type { HeaderRules } from './headers.ts';
import {
  authorityFaults,
  directResponseFaults,
  mirrorsFaults,
  redirectFaults,
  rewriteFaults,
  shareFault,
} from './http-actions.ts';
import { httpConflictFaults } from './http-conflict.ts';
import { httpMatchFaults } from './http-match.ts';
import type { Report } from './report.ts';
import { retryFaults } from './retries.ts';
import { durationFault } from './values.ts';

const ROUTE_HEADERS: HeaderRules = { set: 'V-VS-060', remove: 'V-VS-061', response: 'V-VS-062', value: 'V-VS-063' };

function mirrorFaults(rule: HTTPRoute, path: YamlPath, report: Report): void {
  if (rule.mirrorPercent !== undefined) {
    const at = [...path, 'mirrorPercent'];
    if (rule.mirrorPercent > 100)
      report.error('V-VS-090', at, `mirrorPercent is ${rule.mirrorPercent}; it can be 100 at most.`);
    report.warning('V-VS-091', at, 'mirrorPercent is deprecated: write mirrorPercentage.');
  }
  if (rule.mirrorPercentage !== undefined) {
    const value = rule.mirrorPercentage.value ?? 0;
    report.check(value > 100 ? 'V-VS-092' : 'V-VS-093', [...path, 'mirrorPercentage', 'value'], shareFault(value));
  }
  destinationFaults(rule.mirror, [...path, 'mirror'], report);
  mirrorsFaults(rule.mirrors, [...path, 'mirrors'], report);
}

/** Faults of one HTTP rule; `delegate` where its VirtualService has no hosts. Source: validateHTTPRoute. */
export function httpRouteFaults(rule: HTTPRoute, delegate: boolean, path: YamlPath, report: Report): void {
  const type = delegate ? 'delegate' : rule.delegate === undefined ? 'independent' : 'root';
  httpConflictFaults(rule, type, path, report);
  httpMatchFaults(rule.match, [...path, 'match'], report);
  headerFaults(rule.headers, [...path, 'headers'], ROUTE_HEADERS, report);
  corsFaults(rule.corsPolicy, [...path, 'corsPolicy'], report);
  injectionFaults(rule.fault, [...path, 'fault'], report);
  mirrorFaults(rule, path, report);
  redirectFaults(rule.redirect, rule.match, [...path, 'redirect'], report);
  directResponseFaults(rule.directResponse, [...path, 'directResponse'], report);
  retryFaults(rule.retries, [...path, 'retries'], report);
  rewriteFaults(rule.rewrite, [...path, 'rewrite'], report);
  authorityFaults(rule.rewrite, rule.headers, path, report);
  routeFaults(rule.route, [...path, 'route'], report);
  if (rule.timeout !== undefined) report.check('V-VS-140', [...path, 'timeout'], durationFault(rule.timeout));
}
