import type { CheckProblem } from '../problems.ts';

/** Meshwright's own findings: how bad each is, and a title for its page of help. */
export const OWN_CODES = {
  'MW-RULE-UNREACHED': ['warning', 'A rule that no request reaches, since one before it takes them all'],
  'MW-RULE-IMPOSSIBLE': ['warning', 'A match that no request can fit'],
  'MW-RULE-NOWHERE': ['warning', 'A rule that exists for no caller'],
  'MW-NO-LAST-RULE': ['warning', 'Requests that no rule takes get 404'],
  'MW-NO-CLUSTER': ['error', 'A route to a cluster that the caller does not have: 503'],
  'MW-NO-ENDPOINT': ['error', 'A route to a cluster without endpoints: 503'],
  'MW-MIRROR-LOST': ['warning', 'Copies of requests that go nowhere'],
  'MW-SUBSET-UNUSED': ['info', 'A subset that traffic never gets to'],
  'MW-DR-UNUSED': ['warning', 'A DestinationRule that is never chosen'],
  'MW-DR-MERGED': ['warning', 'A part of a DestinationRule that is dropped, since an older one of the host has it too'],
  'MW-STICKY-UNDONE': ['warning', 'A split that undoes stickiness'],
  'MW-STICKY-KEYLESS': ['warning', 'A balancer that hashes, and a route that gives it nothing to hash'],
  'MW-SERVER-DROPPED': ['error', 'A Gateway server that is not served'],
  'MW-REDIRECT-FORCED': ['warning', 'A host that one Gateway serves and another sends to HTTPS'],
  'MW-HOST-UNANSWERED': ['warning', 'A Gateway host that no VirtualService answers'],
  'MW-HOST-PARTIAL': ['warning', 'A shortened host that is no service'],
  'MW-REDIRECT-LOOP': ['error', 'A redirect that leads back to itself'],
  'MW-REDIRECT-NOWHERE': ['warning', 'A redirect to a port that the gateway does not open'],
  'MW-RETRY-STORM': ['warning', 'Retries times retries along a way'],
  'MW-RETRY-CUT': ['info', 'Retries that the timeout leaves no time for'],
  'MW-RETRY-TIMEOUT': ['warning', 'A try that runs out of time and is not tried again'],
  'MW-DELEGATE-MISSING': ['error', 'A rule whose delegate is left out'],
  'MW-DELEGATE-DROPPED': ['warning', 'A delegate rule that contradicts its root'],
  'MW-WEIGHTS': ['info', 'Weights that do not add up to 100'],
  'MW-REWRITE-SLASH': ['warning', 'A rewrite that doubles or loses a slash'],
  'MW-CORS-PREFLIGHT': ['warning', 'A CORS policy that never sees the preflight'],
  'MW-ISTIOD-CRASH': ['error', 'A configuration on which istiod crashes'],
} as const satisfies Readonly<Record<string, readonly [CheckProblem['severity'], string]>>;

export type OwnCode = keyof typeof OWN_CODES;
