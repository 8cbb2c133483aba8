import { field } from './field.ts';
import type { MessageTable } from './types.ts';

const TLS_VERSIONS = 'enum(TLS_AUTO|TLSV1_0|TLSV1_1|TLSV1_2|TLSV1_3)';

/** Gateway (gateway.proto): ports that a gateway's pods open, and for which hosts. */
export const gatewayMessages: MessageTable = {
  Gateway: {
    help: 'Ports that a gateway opens, and the hosts that it serves there.',
    fields: {
      servers: field('Server[]', 'One entry for each port, protocol and set of hosts.'),
      selector: field(
        'map<string>',
        'Labels of the pods that act as this gateway; searched in all namespaces.',
        'every gateway pod',
      ),
    },
  },
  Server: {
    help: 'A port of the gateway.',
    fields: {
      port: field('Port', 'The port to listen on.', undefined, { required: true }),
      bind: field('string', 'The address or unix socket to listen on.', 'all addresses'),
      hosts: field(
        'string[]',
        'Hosts served here: a name, *.name, or *; namespace/ in front limits whose VirtualServices may bind.',
        undefined,
        { required: true },
      ),
      tls: field('ServerTLSSettings', 'How TLS is ended here, or passed on.', 'none'),
      defaultEndpoint: field('string', 'Not carried out by Istio.'),
      name: field('string', 'A name for the server, for people.'),
    },
  },
  Port: {
    help: 'A port with its protocol.',
    fields: {
      number: field('uint32', 'The number.', undefined, { required: true }),
      protocol: field('string', 'HTTP, HTTPS, HTTP2, GRPC, GRPC-WEB, MONGO, TCP or TLS.', undefined, {
        required: true,
      }),
      name: field('string', 'A name, unique in the Gateway.', undefined, { required: true }),
      targetPort: field('uint32', 'Not used at gateways.', undefined, { deprecated: true }),
    },
  },
  ServerTLSSettings: {
    help: 'TLS at a server.',
    fields: {
      httpsRedirect: field('bool', 'Answers plain HTTP with a 301 to https.', 'false'),
      mode: field(
        'enum(PASSTHROUGH|SIMPLE|MUTUAL|AUTO_PASSTHROUGH|ISTIO_MUTUAL|OPTIONAL_MUTUAL)',
        'Ends TLS here (SIMPLE, MUTUAL, …) or passes it on undecrypted.',
        'PASSTHROUGH',
      ),
      serverCertificate: field('string', 'Path of the certificate that the server shows.'),
      privateKey: field('string', 'Path of its key.'),
      caCertificates: field('string', 'Path of the authorities that client certificates are checked against.'),
      caCrl: field('string', 'Path of the list of revoked certificates.'),
      credentialName: field('string', "The secret with certificate and key, in the namespace of the gateway's pods."),
      credentialNames: field('string[]', 'Two secrets, for certificates of different key types.'),
      caCertCredentialName: field('string', 'The secret with the authorities for client certificates.'),
      tlsCertificates: field('ServerTLSSettings.TLSCertificate[]', 'Two certificates by path, of different key types.'),
      subjectAltNames: field('string[]', 'Names, one of which a client certificate must carry.'),
      verifyCertificateSpki: field('string[]', 'Hashes of public keys that client certificates may have.'),
      verifyCertificateHash: field('string[]', 'Hashes that client certificates may have.'),
      minProtocolVersion: field(TLS_VERSIONS, 'The oldest TLS version that is taken.', 'TLSV1_2'),
      maxProtocolVersion: field(TLS_VERSIONS, 'The newest TLS version that is taken.', 'TLSV1_3'),
      cipherSuites: field('string[]', 'The cipher suites that are taken.', "Envoy's list"),
      insecureSkipVerify: field('bool', 'Takes client certificates without checking them.', 'false'),
    },
  },
  'ServerTLSSettings.TLSCertificate': {
    help: 'A certificate by path.',
    fields: {
      serverCertificate: field('string', 'Path of the certificate.'),
      privateKey: field('string', 'Path of its key.'),
      caCertificates: field('string', 'Path of the authorities.'),
    },
  },
};
