import { field } from './field.ts';
import type { MessageTable } from './types.ts';

/** What an HTTP rule can do beside routing (virtual_service.proto, from HTTPRedirect on). */
export const httpActionMessages: MessageTable = {
  HTTPRedirect: {
    help: 'A redirect as the answer.',
    fields: {
      uri: field('string', 'The path of the new location.', 'the path as requested'),
      authority: field('string', 'The host of the new location.', 'the host as requested'),
      port: field('uint32', 'The port of the new location.', "left out when it is the scheme's own", {
        oneOf: 'redirect_port',
      }),
      derivePort: field(
        'enum(FROM_PROTOCOL_DEFAULT|FROM_REQUEST_PORT)',
        'Where the port of the new location comes from.',
        'FROM_PROTOCOL_DEFAULT',
        { oneOf: 'redirect_port' },
      ),
      scheme: field('string', 'http or https for the new location.', 'the scheme as requested'),
      redirectCode: field('uint32', 'The status of the answer.', '301'),
      prefixRewrite: field('string', 'Replaces the prefix that the rule matched; the rest of the path stays.'),
    },
  },
  HTTPDirectResponse: {
    help: 'A fixed answer.',
    fields: {
      status: field('uint32', 'The status of the answer, 200 to 599.', undefined, { required: true }),
      body: field('HTTPBody', 'The body of the answer.', 'empty'),
    },
  },
  HTTPBody: {
    help: 'A body, as text or as base64 bytes.',
    fields: {
      string: field('string', 'The body as text.', undefined, { oneOf: 'specifier' }),
      bytes: field('bytes', 'The body as base64.', undefined, { oneOf: 'specifier' }),
    },
  },
  HTTPRewrite: {
    help: 'Changes to the request line before forwarding.',
    fields: {
      uri: field('string', 'Replaces the path, or only the prefix that the rule matched.'),
      authority: field('string', 'Replaces the host.'),
      uriRegexRewrite: field('RegexRewrite', 'Replaces parts of the path by a regular expression.'),
    },
  },
  RegexRewrite: {
    help: 'A replacement by regular expression.',
    fields: {
      match: field('string', 'The RE2 expression to look for in the path.'),
      rewrite: field('string', 'What to put there; \\1 stands for the first group.'),
    },
  },
  HTTPRetry: {
    help: 'How failed requests are tried again.',
    fields: {
      attempts: field('int32', 'How many more times at most; 0 switches retries off.', '0, since retries is written'),
      perTryTimeout: field('duration', 'How long one try may take.', "the rule's timeout"),
      retryOn: field(
        'string',
        "Conditions, separated by commas: Envoy's names or status codes.",
        'connect-failure, refused-stream, unavailable, cancelled',
      ),
      retryRemoteLocalities: field('bool', 'Lets a retry go to another zone or region.', 'false'),
      retryIgnorePreviousHosts: field('bool', 'Keeps a retry away from hosts tried before.', 'true'),
      backoff: field('duration', 'The shortest wait between two tries.', '25ms'),
    },
  },
  CorsPolicy: {
    help: 'Which other origins a browser may call from.',
    fields: {
      allowOrigin: field('string[]', 'Allowed origins, written out; allowOrigins replaces it.', undefined, {
        deprecated: true,
      }),
      allowOrigins: field('StringMatch[]', 'Allowed origins.'),
      allowMethods: field('string[]', 'Methods that a preflight allows.'),
      allowHeaders: field('string[]', 'Request headers that a preflight allows.'),
      exposeHeaders: field('string[]', 'Answer headers that scripts may read.'),
      maxAge: field('duration', 'How long a browser may remember a preflight.'),
      allowCredentials: field('bool', 'Lets the browser send cookies and credentials.', 'false'),
      unmatchedPreflights: field(
        'enum(UNSPECIFIED|FORWARD|IGNORE)',
        'What to do with preflights of other origins.',
        'FORWARD',
      ),
    },
  },
  HTTPFaultInjection: {
    help: 'Faults made on purpose.',
    fields: {
      delay: field('HTTPFaultInjection.Delay', 'Holds some requests back.'),
      abort: field('HTTPFaultInjection.Abort', 'Answers some requests with an error.'),
    },
  },
  'HTTPFaultInjection.Delay': {
    help: 'A delay for a share of the requests.',
    fields: {
      percent: field('int32', 'Share in whole percent; percentage replaces it.', undefined, { deprecated: true }),
      fixedDelay: field('duration', 'How long the request waits.', undefined, { oneOf: 'http_delay_type' }),
      exponentialDelay: field('duration', 'Not carried out by Istio.', undefined, {
        oneOf: 'http_delay_type',
        deprecated: true,
      }),
      percentage: field('Percent', 'Share of requests that wait.', '100 %'),
    },
  },
  'HTTPFaultInjection.Abort': {
    help: 'An error for a share of the requests.',
    fields: {
      httpStatus: field('int32', 'The HTTP status to answer with.', undefined, { oneOf: 'error_type' }),
      grpcStatus: field('string', 'The gRPC status to answer with, for example UNAVAILABLE.', undefined, {
        oneOf: 'error_type',
      }),
      http2Error: field('string', 'Not carried out by Istio.', undefined, { oneOf: 'error_type' }),
      percentage: field('Percent', 'Share of requests that fail.', '100 %'),
    },
  },
  HTTPMirrorPolicy: {
    help: 'A place that gets a copy of the requests.',
    fields: {
      destination: field('Destination', 'The service that gets the copies.', undefined, { required: true }),
      percentage: field('Percent', 'Share of requests that are copied.', '100 %'),
    },
  },
  Percent: {
    help: 'A share in percent.',
    fields: { value: field('double', 'From 0 to 100, fractions allowed.', '0') },
  },
};
