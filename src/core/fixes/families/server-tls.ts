import { isMap, valueAt } from '../../yaml/model.ts';
import type { YamlOp } from '../../yaml/types.ts';
import { edit, removal, removing, setting, textAt, textsAt } from '../edit.ts';
import type { Family, Place, Proposal } from '../types.ts';

/** A name for the Secret of a server: its first host's first part. */
function secretName(place: Place, server: Place['path']): string {
  const host = textAt(place, [...server, 'hosts', 0]).replace(/^.*\//, '');
  const first = host.split('.').find((part) => part !== '' && part !== '*') ?? place.resource.name;
  return `${first.toLowerCase().replace(/[^a-z0-9-]+/g, '-')}-tls`;
}

/** A server for HTTPS or TLS that does not say how. */
export const missingTls: Family = {
  codes: ['V-GW-018'],
  propose: (place) => {
    const tls = [...place.path, 'tls'];
    const protocol = textAt(place, [...place.path, 'port', 'protocol']).toUpperCase();
    const credential = secretName(place, place.path);
    const terminate = setting(place, ['terminate', `Terminate TLS with the Secret ${credential}`], tls, {
      mode: 'SIMPLE',
      credentialName: credential,
    });
    const pass = setting(place, ['passthrough', 'Pass TLS through'], tls, { mode: 'PASSTHROUGH' });
    const plain = setting(place, ['plain', 'Make it a plain HTTP server'], [...place.path, 'port', 'protocol'], 'HTTP');
    return protocol === 'TLS' ? [pass, terminate] : [terminate, pass, plain];
  },
};

/** TLS settings on a server that speaks plain text. */
export const tlsOnPlain: Family = {
  codes: ['V-GW-019', 'V-GW-020', 'V-GW-022'],
  propose: (place): readonly Proposal[] => {
    const at = place.path.lastIndexOf('tls');
    const tls = place.path.slice(0, at + 1);
    const server = place.path.slice(0, at);
    const value = valueAt(place.object, tls);
    const keys = isMap(value) ? Object.keys(value) : [];
    if (place.problem.code === 'V-GW-022')
      return [removing(place, ['removeRedirect', 'Remove httpsRedirect', 'safe'], place.path)];
    const plain = place.problem.code === 'V-GW-019';
    const protocol = (name: string): Proposal =>
      setting(place, [`protocol ${name}`, `Make it a server for ${name}`], [...server, 'port', 'protocol'], name);
    const others = keys.filter((key) => key !== 'httpsRedirect');
    const redirect =
      keys.includes('httpsRedirect') && others.length > 0
        ? [
            edit(
              place,
              ['redirectOnly', 'Keep only httpsRedirect'],
              others.map((key): YamlOp => ({ kind: 'remove', path: [...tls, key] })),
            ),
          ]
        : [];
    return [
      protocol(plain ? 'HTTPS' : 'TLS'),
      ...redirect,
      removing(place, ['removeTls', 'Remove the tls settings'], tls),
    ];
  },
};

const FILES = ['serverCertificate', 'privateKey', 'caCertificates', 'tlsCertificates', 'caCrl'];

/** Certificates from too many places, or from none. */
export const certificates: Family = {
  codes: ['V-GW-040', 'V-GW-041', 'V-GW-043', 'V-GW-044', 'V-GW-039'],
  propose: (place) => {
    const tls = place.value;
    if (!isMap(tls)) return [];
    const has = (key: string): boolean => Object.hasOwn(tls, key);
    const drop = (keys: readonly string[]): readonly YamlOp[] =>
      keys.filter(has).map((key) => ({ kind: 'remove', path: [...place.path, key] }));
    const { code } = place.problem;
    if (code === 'V-GW-039')
      return [
        edit(
          place,
          ['dropCertificates', 'Remove the certificates, which are not used', 'safe'],
          drop([...FILES, 'credentialName', 'credentialNames']),
        ),
      ];
    const secret = secretName(place, place.path.slice(0, -1));
    const credential = has('credentialName')
      ? edit(place, ['credential', 'Keep credentialName'], drop([...FILES, 'credentialNames']))
      : edit(
          place,
          ['credential', `Take the certificate from the Secret ${secret}`],
          [{ kind: 'set', path: [...place.path, 'credentialName'], value: secret }, ...drop(FILES)],
        );
    const files = edit(
      place,
      ['files', 'Keep the files'],
      drop(['credentialName', 'credentialNames', 'tlsCertificates']),
    );
    const simple = setting(
      place,
      ['simple', 'Ask clients for no certificate: SIMPLE'],
      [...place.path, 'mode'],
      'SIMPLE',
    );
    const ca = setting(place, ['caFile', 'Add caCertificates'], [...place.path, 'caCertificates'], '/etc/certs/ca.pem');
    const pair = edit(
      place,
      ['pair', 'Add the files of certificate and key'],
      [
        ...(has('serverCertificate')
          ? []
          : [{ kind: 'set', path: [...place.path, 'serverCertificate'], value: '/etc/certs/tls.crt' } as const]),
        ...(has('privateKey')
          ? []
          : [{ kind: 'set', path: [...place.path, 'privateKey'], value: '/etc/certs/tls.key' } as const]),
      ],
    );
    if (code === 'V-GW-040') return [credential, files];
    return code === 'V-GW-041' ? [ca, simple, credential] : [credential, pair];
  },
};

/** Lists of revoked certificates where they are not read, and fields that Istio's own certificates leave no room for. */
export const uselessTls: Family = {
  codes: ['V-GW-033', 'V-GW-034', 'V-GW-035', 'V-GW-036', 'V-GW-037', 'V-GW-038', 'V-GW-045', 'V-GW-046'],
  propose: (place) => [
    edit(place, ['removeField', `Remove ${String(place.path.at(-1))}`], [removal(place.object, place.path)]),
  ],
};

/** Cipher suites that Envoy does not know, and twins. */
export const cipherSuites: Family = {
  codes: ['V-GW-031', 'V-GW-032'],
  propose: (place) => {
    const suites = textsAt(place.object, place.path);
    const named = (/: (.*)\.$/.exec(place.problem.message)?.[1] ?? '').split(', ');
    const unknown = place.problem.code === 'V-GW-031';
    const gone = suites.flatMap((suite, index) =>
      named.includes(suite) && (unknown || suites.indexOf(suite) < index) ? [index] : [],
    );
    const whole = gone.length === suites.length;
    const ops = whole
      ? [removal(place.object, place.path)]
      : gone.reverse().map((index): YamlOp => ({ kind: 'remove', path: [...place.path, index] }));
    return gone.length === 0
      ? []
      : [
          edit(
            place,
            ['dropSuites', `Remove ${named.join(', ')}${unknown ? '' : ' where it stands again'}`, 'safe'],
            ops,
          ),
        ];
  },
};
