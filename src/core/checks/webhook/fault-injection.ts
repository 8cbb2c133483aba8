import type { HTTPFaultAbort, HTTPFaultDelay, HTTPFaultInjection } from '../../istio/index.ts';
import type { YamlPath } from '../../yaml/types.ts';
import { statusFault } from './http-actions.ts';
import type { Report } from './report.ts';
import { durationFault, fractionFault } from './values.ts';
import { GRPC_STATUSES } from './words.ts';

function abortFaults(abort: HTTPFaultAbort, path: YamlPath, report: Report): void {
  report.check('V-VS-081', [...path, 'percentage'], fractionFault(abort.percentage && (abort.percentage.value ?? 0)));
  if (abort.grpcStatus !== undefined) {
    if (!GRPC_STATUSES.has(abort.grpcStatus))
      report.error('V-VS-083', [...path, 'grpcStatus'], `"${abort.grpcStatus}" is no gRPC status such as NOT_FOUND.`);
  } else if (abort.http2Error !== undefined) {
    report.error('V-VS-084', [...path, 'http2Error'], 'Istio can’t abort with an HTTP/2 error yet.');
  } else if (abort.httpStatus !== undefined) {
    report.check('V-VS-082', [...path, 'httpStatus'], statusFault(abort.httpStatus));
  } else {
    report.errorsOnly().warning('V-VS-085', path, 'An abort without a status does nothing.');
  }
}

function delayFaults(delay: HTTPFaultDelay, path: YamlPath, report: Report): void {
  report.check('V-VS-086', [...path, 'percentage'], fractionFault(delay.percentage && (delay.percentage.value ?? 0)));
  if (delay.fixedDelay !== undefined) {
    report.check('V-VS-087', [...path, 'fixedDelay'], durationFault(delay.fixedDelay));
  } else if (delay.exponentialDelay !== undefined) {
    const at = [...path, 'exponentialDelay'];
    report.check('V-VS-088', at, durationFault(delay.exponentialDelay));
    report.error('V-VS-089', at, 'Istio has no exponential delay yet.');
  }
}

/** Faults of a fault injection. Source: validateHTTPFaultInjection. */
export function injectionFaults(fault: HTTPFaultInjection | undefined, path: YamlPath, report: Report): void {
  if (fault === undefined) return;
  if (fault.abort === undefined && fault.delay === undefined)
    report.error('V-VS-080', path, 'A fault needs an abort or a delay.');
  if (fault.abort !== undefined) abortFaults(fault.abort, [...path, 'abort'], report);
  if (fault.delay !== undefined) delayFaults(fault.delay, [...path, 'delay'], report);
}
