import { edit, setting } from '../edit.ts';
import type { Family } from '../types.ts';

/** Fields of a DestinationRule that need, or exclude, another one. */
export const policyPairs: Family = {
  codes: ['V-DR-013', 'V-DR-027', 'V-DR-028', 'V-DR-029', 'V-GW-030'],
  propose: (place) => {
    switch (place.problem.code) {
      case 'V-DR-013':
        return [
          setting(
            place,
            ['split', 'Add splitExternalLocalOriginErrors: true'],
            [...place.path, 'splitExternalLocalOriginErrors'],
            true,
          ),
          edit(
            place,
            ['removeField', 'Remove consecutiveLocalOriginFailures'],
            [{ kind: 'remove', path: [...place.path, 'consecutiveLocalOriginFailures'] }],
          ),
        ];
      case 'V-DR-027':
        return ['h2UpgradePolicy', 'useClientProtocol'].map((key) =>
          edit(place, [`remove ${key}`, `Remove ${key}`], [{ kind: 'remove', path: [...place.path, key] }]),
        );
      case 'V-GW-030':
        return [setting(place, ['tls12', 'Ask for TLS 1.2 at least'], place.path, 'TLSV1_2')];
      default: {
        const key = place.problem.code === 'V-DR-028' ? 'interval' : 'timeout';
        if (place.path.at(-1) === key) return [];
        return [setting(place, [`add ${key}`, `Add ${key}: 10s`], [...place.path, key], '10s')];
      }
    }
  },
};
