import type { JsonObject } from '../../yaml/types.ts';
import type { Cors, Fault } from './envoy.ts';
import type { StringMatch } from './model.ts';
import { durationAt, enumAt, flagAt, numberAt, objectAt, stringAt, stringsAt } from './read.ts';
import { stringMatch } from './virtual-service.ts';

const GRPC: Readonly<Record<string, number>> = {
  OK: 0,
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  OUT_OF_RANGE: 11,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  DATA_LOSS: 15,
  UNAUTHENTICATED: 16,
};

/** A percentage as Envoy keeps it: in millionths, the rest cut off. */
export function percentOf(block: JsonObject | undefined): number {
  return Math.trunc((numberAt(block, 'value') ?? 0) * 10_000) / 10_000;
}

/** A rule's `fault` (istiod: `TranslateFault`). A part without a percentage never happens. */
export function translateFault(fault: JsonObject | undefined): Fault | undefined {
  if (fault === undefined) return undefined;
  const delay = objectAt(fault, 'delay');
  const abort = objectAt(fault, 'abort');
  const ms = durationAt(delay, 'fixedDelay');
  const httpStatus = numberAt(abort, 'httpStatus');
  const grpc = stringAt(abort, 'grpcStatus');
  const percentage = objectAt(delay, 'percentage');
  const known = httpStatus !== undefined || grpc !== '';
  return {
    delay:
      delay === undefined || ms === undefined
        ? undefined
        : { percent: percentage === undefined ? (numberAt(delay, 'percent') ?? 0) : percentOf(percentage), ms },
    abort:
      abort === undefined || !known
        ? undefined
        : {
            percent: abort['percentage'] === undefined ? undefined : percentOf(objectAt(abort, 'percentage')),
            httpStatus: httpStatus ?? 0,
            grpcStatus: httpStatus === undefined ? (GRPC[grpc] ?? 0) : undefined,
          },
  };
}

/** A rule's `corsPolicy` (istiod: `TranslateCORSPolicy`). */
export function translateCors(cors: JsonObject | undefined): Cors | undefined {
  if (cors === undefined) return undefined;
  const listed = cors['allowOrigins'];
  const origins: readonly StringMatch[] = Array.isArray(listed)
    ? listed.flatMap((origin) => stringMatch(origin) ?? [])
    : stringsAt(cors, 'allowOrigin').map((value) => ({ kind: 'exact', value }));
  const age = durationAt(cors, 'maxAge');
  return {
    origins,
    allowMethods: stringsAt(cors, 'allowMethods').join(','),
    allowHeaders: stringsAt(cors, 'allowHeaders').join(','),
    exposeHeaders: stringsAt(cors, 'exposeHeaders').join(','),
    maxAge: age === undefined ? '' : String(Math.trunc(age / 1000)),
    allowCredentials: flagAt(cors, 'allowCredentials'),
    forwardUnmatched: enumAt(cors, 'unmatchedPreflights', ['UNSPECIFIED', 'FORWARD', 'IGNORE']) !== 'IGNORE',
  };
}
