import type { Family } from '../types.ts';
import { catchAll, secondCatchAll } from './catch-all.ts';
import { durations } from './durations.ts';
import { enums } from './enums.ts';
import { delegateOfDelegate, exclusiveActions, oneOf } from './exclusive.ts';
import { exportedBeside, exportedToNobody, exportedTwice, exportedWithSelector } from './export-to.ts';
import { missingGateway, oldGatewayName } from './gateway-names.ts';
import { portNames } from './port-names.ts';
import { repeatedMatch, repeatedRule, shadowedPrefix } from './shadowed-matches.ts';
import { unknownField } from './unknown-fields.ts';
import { destinationTwice, lonelyWeight, negativeWeight, noShares } from './weights.ts';

/** All families; of those that know a code the first ones come first in the list of fixes. */
export const FAMILIES: readonly Family[] = [
  catchAll,
  secondCatchAll,
  repeatedMatch,
  repeatedRule,
  shadowedPrefix,
  noShares,
  negativeWeight,
  lonelyWeight,
  destinationTwice,
  exclusiveActions,
  delegateOfDelegate,
  oneOf,
  oldGatewayName,
  missingGateway,
  exportedTwice,
  exportedBeside,
  exportedToNobody,
  exportedWithSelector,
  portNames,
  enums,
  unknownField,
  durations,
];
