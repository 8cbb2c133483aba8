import { field } from './field.ts';
import type { MessageTable } from './types.ts';

/** Scenario (`meshwright/v1`): the traffic to play. Our own kind, never sent to a cluster. */
export const scenarioMessages: MessageTable = {
  Scenario: {
    help: 'The traffic that Play sends, and what is taken for granted.',
    fields: {
      seed: field('uint32', 'The seed: the same one gives the same run.', '1'),
      registry: field('enum(assumed|declared)', 'Whether hosts that nothing declares are assumed to exist.', 'assumed'),
      outboundTrafficPolicy: field(
        'enum(ALLOW_ANY|REGISTRY_ONLY)',
        'What sidecars do with unknown hosts.',
        'ALLOW_ANY',
      ),
      callers: field('ScenarioCaller[]', 'Who sends requests.', 'made up from the gateways and services'),
      tests: field('ScenarioTest[]', 'Requests that are kept with the outcome that is expected.'),
    },
  },
  ScenarioTest: {
    help: 'A request and its likeliest outcome.',
    fields: {
      name: field('string', 'What it is called.'),
      from: field('string', 'Who sends it: `gateway:istio=ingressgateway` or `default/app=sleep`.'),
      url: field('string', 'Scheme (http, https, tls, tcp), host, port and path.', undefined, { required: true }),
      method: field('string', 'The HTTP method.', 'GET'),
      headers: field('map<string>', 'Further headers.'),
      expect: field('ScenarioExpect', 'The outcome that is expected.'),
    },
  },
  ScenarioExpect: {
    help: 'An outcome.',
    fields: {
      status: field('uint32', 'The status that the sender gets.'),
      cluster: field('string', 'The cluster that answers: `outbound|9080|v1|reviews.default.svc.cluster.local`.'),
    },
  },
  ScenarioCaller: {
    help: 'A sender of requests.',
    fields: {
      name: field('string', 'A name for the sender.', undefined, { required: true }),
      gateway: field(
        'string',
        'It comes from outside, through gateway pods with these labels: `istio=ingressgateway`.',
      ),
      namespace: field('string', "The workload's namespace, or that of the gateway's pods.", 'default; istio-system'),
      labels: field('map<string>', "The workload's labels."),
      proxy: field('ScenarioProxy', 'The same written out: the proxy that its requests leave from.'),
      rate: field('double', 'Requests a second.', '10'),
      requests: field('ScenarioRequest[]', 'What it sends, chosen by share.', undefined, { required: true }),
    },
  },
  ScenarioProxy: {
    help: "A gateway's pod or a client's sidecar.",
    fields: {
      type: field('enum(gateway|sidecar)', 'Which of the two.', 'sidecar'),
      namespace: field('string', 'Its namespace.', 'default'),
      labels: field('map<string>', 'Its labels.'),
      ip: field('string', 'Its address.'),
    },
  },
  ScenarioRequest: {
    help: 'A request with its share.',
    fields: {
      url: field('string', 'Scheme (http, https, tls, tcp), host, port and path: `http://reviews:9080/reviews/0`.'),
      method: field('string', 'The HTTP method.', 'GET'),
      headers: field('map<string>', 'Further headers.'),
      share: field('double', "Share relative to the sum of the sender's shares.", '1'),
      upstreamStatus: field('uint32', 'The status that the service answers with.', '200'),
      upstreamDelayMs: field('uint32', 'How long the service takes, in milliseconds.', '0'),
      request: field('ScenarioRequestFields', 'The same written out, field by field.'),
    },
  },
  ScenarioRequestFields: {
    help: 'What is sent, and how the service answers.',
    fields: {
      protocol: field('enum(http|https|tls|tcp)', 'The protocol.', 'http'),
      address: field('string', 'The address that is dialled.', "the host's own"),
      port: field('uint32', 'The port that is dialled.', undefined, { required: true }),
      sni: field('string', 'The server name that TLS asks for.', 'the host'),
      method: field('string', 'The HTTP method.', 'GET'),
      host: field('string', 'The Host header.'),
      path: field('string', 'The path with its query.', '/'),
      headers: field('map<string>', 'Further headers.'),
      upstreamStatus: field('uint32', 'The status that the service answers with.', '200'),
      upstreamDelayMs: field('uint32', 'How long the service takes, in milliseconds.', '0'),
    },
  },
};
