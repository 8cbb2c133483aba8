import { field } from './field.ts';
import type { MessageTable } from './types.ts';

const PORT_OF_MATCH = 'Applies only to requests addressed to this port.';
const SOURCE_LABELS = 'Applies only to client workloads that carry all of these labels; ignored at gateways.';
const SOURCE_NAMESPACE = 'Applies only to client workloads of this namespace.';
const MATCH_GATEWAYS = 'Applies only at these gateways; replaces the list of the whole VirtualService.';

/** VirtualService (istio.io/api networking/v1alpha3/virtual_service.proto): what happens to requests for a host. */
export const virtualServiceMessages: MessageTable = {
  VirtualService: {
    help: 'Rules, tried in order, that say where requests for a host go.',
    fields: {
      hosts: field(
        'string[]',
        'The host names that clients address: short, full, or with a leading wildcard.',
        'none: a delegate of another VirtualService',
      ),
      gateways: field('string[]', 'Gateways where the rules hold; mesh stands for every sidecar.', 'mesh'),
      http: field('HTTPRoute[]', 'Rules for HTTP, HTTP/2 and gRPC; the first one that matches wins.'),
      tls: field('TLSRoute[]', 'Rules for TLS that is passed through undecrypted, chosen by SNI.'),
      tcp: field('TCPRoute[]', 'Rules for plain TCP, and for ports that neither HTTP nor TLS rules take.'),
      exportTo: field('string[]', 'Namespaces that see this VirtualService: * for all, . for its own.', '*'),
    },
  },
  HTTPRoute: {
    help: 'One HTTP rule: what it matches and what becomes of those requests.',
    fields: {
      name: field('string', 'A name for the rule, shown in access logs.'),
      match: field('HTTPMatchRequest[]', 'Alternatives: the rule applies when one of them holds.', 'every request'),
      route: field('HTTPRouteDestination[]', 'Where requests go, shared by weight.'),
      redirect: field('HTTPRedirect', 'Answers with a redirect instead of forwarding.'),
      directResponse: field('HTTPDirectResponse', 'Answers with a fixed status and body instead of forwarding.'),
      delegate: field('Delegate', 'Hands the requests to the rules of another VirtualService.'),
      rewrite: field('HTTPRewrite', 'Changes path or host before the request is forwarded.'),
      timeout: field('duration', 'How long a request may take in all, retries included.', 'no timeout'),
      retries: field(
        'HTTPRetry',
        'How failed requests are tried again.',
        '2, on connect-failure, refused-stream, unavailable, cancelled',
      ),
      fault: field('HTTPFaultInjection', 'Delays or aborts some requests on purpose, to test clients.'),
      mirror: field('Destination', 'Sends a copy of the requests there and ignores the answers.'),
      mirrors: field('HTTPMirrorPolicy[]', 'Several places that get a copy, each with its own share.'),
      mirrorPercent: field(
        'uint32',
        'Share of requests that are mirrored, in whole percent; mirrorPercentage replaces it.',
        '100',
        { deprecated: true },
      ),
      mirrorPercentage: field('Percent', 'Share of requests that are mirrored.', '100 %'),
      corsPolicy: field('CorsPolicy', 'Which other origins a browser may call from.'),
      headers: field('Headers', 'Headers to set, add or remove on requests and answers.'),
    },
  },
  HTTPMatchRequest: {
    help: 'Conditions that must all hold for a request.',
    fields: {
      name: field('string', "A name for the condition, appended to the rule's name in access logs."),
      uri: field('StringMatch', 'The path, without the query.'),
      scheme: field('StringMatch', 'http or https, as the proxy sees it.'),
      method: field('StringMatch', 'The HTTP method, in capitals.'),
      authority: field('StringMatch', 'The Host header, or :authority in HTTP/2.'),
      headers: field(
        'map<StringMatch>',
        'Headers by lower-case name; an empty condition asks only that the header is there.',
      ),
      port: field('uint32', PORT_OF_MATCH, 'any port'),
      sourceLabels: field('map<string>', SOURCE_LABELS, 'any workload'),
      gateways: field('string[]', MATCH_GATEWAYS, 'those of the VirtualService'),
      queryParams: field('map<StringMatch>', 'Query parameters by name.'),
      ignoreUriCase: field('bool', 'Compares exact and prefix paths without regard to case.', 'false'),
      withoutHeaders: field('map<StringMatch>', 'Headers that must not be there, or not match.'),
      sourceNamespace: field('string', SOURCE_NAMESPACE, 'any namespace'),
      statPrefix: field('string', 'A prefix for statistics of requests that match here.'),
    },
  },
  HTTPRouteDestination: {
    help: 'A destination with its share of the requests.',
    fields: {
      destination: field('Destination', 'The service that gets this share.', undefined, { required: true }),
      weight: field(
        'int32',
        "Share relative to the sum of the rule's weights.",
        '100 % when it is the only one, else 0',
      ),
      headers: field('Headers', 'Header changes for this destination only.'),
    },
  },
  RouteDestination: {
    help: 'A destination with its share of the connections.',
    fields: {
      destination: field('Destination', 'The service that gets this share.', undefined, { required: true }),
      weight: field(
        'int32',
        "Share relative to the sum of the rule's weights.",
        '100 % when it is the only one, else 0',
      ),
    },
  },
  Destination: {
    help: 'A service, one of its subsets, one of its ports.',
    fields: {
      host: field(
        'string',
        "A service of the registry; a short name is completed with this resource's namespace.",
        undefined,
        { required: true },
      ),
      subset: field('string', 'A subset that a DestinationRule of the host declares.', 'all workloads of the host'),
      port: field('PortSelector', 'Needed when the host has several ports.', 'the only port, else the port called'),
    },
  },
  PortSelector: {
    help: 'A port by its number.',
    fields: { number: field('uint32', "The port's number on the service.") },
  },
  Delegate: {
    help: 'A VirtualService without hosts whose rules continue this one.',
    fields: {
      name: field('string', 'Its name.'),
      namespace: field('string', 'Its namespace.', 'the namespace of this VirtualService'),
    },
  },
  Headers: {
    help: 'Header changes on the way in and on the way back.',
    fields: {
      request: field('Headers.HeaderOperations', 'Changes to the request before it is forwarded.'),
      response: field('Headers.HeaderOperations', 'Changes to the answer before it goes back.'),
    },
  },
  'Headers.HeaderOperations': {
    help: 'Headers to set, add and remove.',
    fields: {
      set: field('map<string>', 'Replaces these headers with these values.'),
      add: field('map<string>', 'Appends these values.'),
      remove: field('string[]', 'Takes these headers away.'),
    },
  },
  TLSRoute: {
    help: 'A rule for TLS connections that are not decrypted.',
    fields: {
      match: field('TLSMatchAttributes[]', 'Alternatives: the rule applies when one of them holds.', undefined, {
        required: true,
      }),
      route: field('RouteDestination[]', 'Where connections go, shared by weight.'),
    },
  },
  TCPRoute: {
    help: 'A rule for TCP connections.',
    fields: {
      match: field('L4MatchAttributes[]', 'Alternatives: the rule applies when one of them holds.', 'every connection'),
      route: field('RouteDestination[]', 'Where connections go, shared by weight.'),
    },
  },
  L4MatchAttributes: {
    help: 'Conditions that must all hold for a connection.',
    fields: {
      destinationSubnets: field('string[]', 'Addresses or CIDR blocks that the client dialled.', 'any address'),
      port: field('uint32', PORT_OF_MATCH, 'any port'),
      sourceSubnet: field('string', 'Address or CIDR block of the client; Istio ignores it today.', undefined, {
        deprecated: true,
      }),
      sourceLabels: field('map<string>', SOURCE_LABELS, 'any workload'),
      gateways: field('string[]', MATCH_GATEWAYS, 'those of the VirtualService'),
      sourceNamespace: field('string', SOURCE_NAMESPACE, 'any namespace'),
    },
  },
  TLSMatchAttributes: {
    help: 'Conditions that must all hold for a TLS connection.',
    fields: {
      sniHosts: field(
        'string[]',
        "Server names that the client asks for; each must lie within the VirtualService's hosts.",
        undefined,
        { required: true },
      ),
      destinationSubnets: field('string[]', 'Addresses or CIDR blocks that the client dialled.', 'any address'),
      port: field('uint32', PORT_OF_MATCH, 'any port'),
      sourceLabels: field('map<string>', SOURCE_LABELS, 'any workload'),
      gateways: field('string[]', MATCH_GATEWAYS, 'those of the VirtualService'),
      sourceNamespace: field('string', SOURCE_NAMESPACE, 'any namespace'),
    },
  },
  StringMatch: {
    help: 'How a text is compared. One of three ways; case counts.',
    fields: {
      exact: field('string', 'The whole text is this.', undefined, { oneOf: 'match_type' }),
      prefix: field('string', 'The text begins with this.', undefined, { oneOf: 'match_type' }),
      regex: field('string', 'The whole text matches this RE2 expression.', undefined, { oneOf: 'match_type' }),
    },
  },
};
