import { resolveHost } from '../../istio/index.ts';
import { isMap } from '../../yaml/model.ts';
import type { YamlOp } from '../../yaml/types.ts';
import { edit, setting, textAt } from '../edit.ts';
import type { Family, Place } from '../types.ts';

function dropping(place: Place, keys: readonly string[]): readonly YamlOp[] {
  const { value } = place;
  return keys
    .filter((key) => isMap(value) && Object.hasOwn(value, key))
    .map((key) => ({ kind: 'remove', path: [...place.path, key] }));
}

const OF_CLIENT = [
  'clientCertificate',
  'privateKey',
  'caCertificates',
  'credentialName',
  'subjectAltNames',
  'sni',
  'insecureSkipVerify',
  'caCrl',
];

/** TLS that takes any server's certificate. */
export const unverifiedServer: Family = {
  codes: ['IST0128', 'IST0129'],
  propose: (place) => {
    const host = textAt(place, ['spec', 'host']);
    const service = place.projection.mesh.services.get(resolveHost(host, place.resource.namespace));
    const system = setting(
      place,
      ['systemCa', 'Verify it by the system’s certificates'],
      [...place.path, 'caCertificates'],
      'system',
    );
    const istio = edit(
      place,
      ['istioMutual', 'Use Istio’s own mutual TLS'],
      [{ kind: 'set', path: [...place.path, 'mode'], value: 'ISTIO_MUTUAL' }, ...dropping(place, OF_CLIENT)],
    );
    const inside = service === undefined ? /\.svc\.cluster\.local$|^[^.]+$/.test(host) : !service.external;
    return inside ? [istio, system] : [system];
  },
};

/** Settings of a client's TLS that contradict each other, or lack a part. */
export const clientTls: Family = {
  codes: ['V-DR-081', 'V-DR-082', 'V-DR-083', 'V-DR-084', 'V-DR-085', 'V-DR-080'],
  propose: (place) => {
    const { code } = place.problem;
    if (code === 'V-DR-080') return [];
    if (code === 'V-DR-083')
      return [
        edit(
          place,
          ['keepCredential', 'Keep credentialName, remove the files'],
          dropping(place, ['clientCertificate', 'privateKey', 'caCertificates', 'caCrl']),
        ),
        edit(place, ['keepFiles', 'Keep the files, remove credentialName'], dropping(place, ['credentialName'])),
      ];
    if (code === 'V-DR-084' || code === 'V-DR-085') {
      const [key, file] =
        code === 'V-DR-084' ? ['clientCertificate', '/etc/certs/cert-chain.pem'] : ['privateKey', '/etc/certs/key.pem'];
      return [
        setting(place, ['simple', 'Show no client certificate: SIMPLE'], [...place.path, 'mode'], 'SIMPLE'),
        edit(
          place,
          ['istioMutual', 'Use Istio’s own mutual TLS'],
          [{ kind: 'set', path: [...place.path, 'mode'], value: 'ISTIO_MUTUAL' }, ...dropping(place, OF_CLIENT)],
        ),
        setting(place, ['file', `Add ${key}`], [...place.path, key], file),
      ];
    }
    return [
      edit(place, ['verify', 'Verify the server: remove insecureSkipVerify'], dropping(place, ['insecureSkipVerify'])),
      edit(
        place,
        ['skip', 'Verify nothing: remove the rest'],
        dropping(
          place,
          code === 'V-DR-081'
            ? ['caCertificates', 'credentialName', 'subjectAltNames']
            : ['caCertificates', 'subjectAltNames'],
        ),
      ),
    ];
  },
};
