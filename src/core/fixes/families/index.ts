import type { Family } from '../types.ts';
import { balancers } from './balancers.ts';
import { catchAll, secondCatchAll } from './catch-all.ts';
import { unverifiedServer, clientTls } from './client-tls.ts';
import { durations } from './durations.ts';
import { enums } from './enums.ts';
import { exclusiveActions, delegateOfDelegate, oneOf, prefixRewrite } from './exclusive.ts';
import { exportedTwice, exportedBeside, exportedToNobody, exportedWithSelector } from './export-to.ts';
import { hostNotInGateway, gatewayConflict, unansweredHost } from './gateway-hosts.ts';
import { oldGatewayName, missingGateway } from './gateway-names.ts';
import { headerValues, headerNames } from './headers.ts';
import { badHosts, badScopes, shortNames, coveredHosts } from './host-names.ts';
import { unknownHost } from './hosts.ts';
import { hostTwice } from './merge-virtual-services.ts';
import {
  missingRoute,
  missingDestination,
  missingRules,
  missingServers,
  requiredFields,
  portPolicies,
} from './missing-parts.ts';
import { outOfRange } from './numbers.ts';
import { policyPairs } from './outliers.ts';
import {
  deadDestination,
  unusedParts,
  partialHost,
  crash,
  unknownNamespace,
  subsetLabels,
  entryTwice,
} from './own-resources.ts';
import {
  unreachedRule,
  missingLastRule,
  sumOfWeights,
  rewriteSlash,
  retries,
  preflight,
  badRedirect,
  lostMirror,
  keyless,
} from './own-rules.ts';
import { portNames } from './port-names.ts';
import { destinationPorts, portNumbers, portTwice, gatewayPorts, servicePortNames } from './ports.ts';
import { protocols, protocolConflict } from './protocols.ts';
import { missingDelegate, nameTwice, missingSecret } from './references.ts';
import { regexes, rewritePattern } from './regexes.ts';
import { removals } from './removals.ts';
import { deprecated } from './renames.ts';
import { resolution, selectorOrEndpoints, addresses } from './resolution.ts';
import { selectors, badLabels, emptySelectors } from './selectors.ts';
import { missingTls, tlsOnPlain, certificates, uselessTls, cipherSuites } from './server-tls.ts';
import { repeatedMatch, repeatedRule, shadowedPrefix } from './shadowed-matches.ts';
import { sniHosts } from './sni-hosts.ts';
import { starHost, badGatewayNames } from './star-host.ts';
import { missingSubset, forgottenSubset, emptySubset, subsetNames } from './subsets.ts';
import { unknownField } from './unknown-fields.ts';
import { noShares, negativeWeight, lonelyWeight, destinationTwice } from './weights.ts';
import { wrongWords, retryPolicies, noRetries } from './words.ts';
import { wrongTypes } from './wrong-types.ts';

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
  prefixRewrite,
  oldGatewayName,
  missingGateway,
  exportedTwice,
  exportedBeside,
  exportedToNobody,
  exportedWithSelector,
  missingSubset,
  forgottenSubset,
  emptySubset,
  subsetNames,
  unknownHost,
  destinationPorts,
  portNumbers,
  portTwice,
  gatewayPorts,
  servicePortNames,
  missingRoute,
  missingDestination,
  missingRules,
  missingServers,
  requiredFields,
  portPolicies,
  sniHosts,
  portNames,
  enums,
  unknownField,
  durations,
  badHosts,
  badScopes,
  shortNames,
  coveredHosts,
  starHost,
  badGatewayNames,
  hostNotInGateway,
  gatewayConflict,
  unansweredHost,
  hostTwice,
  selectors,
  badLabels,
  emptySelectors,
  protocols,
  protocolConflict,
  missingTls,
  tlsOnPlain,
  certificates,
  uselessTls,
  cipherSuites,
  unverifiedServer,
  clientTls,
  resolution,
  selectorOrEndpoints,
  addresses,
  regexes,
  rewritePattern,
  outOfRange,
  wrongWords,
  retryPolicies,
  noRetries,
  deprecated,
  wrongTypes,
  headerValues,
  headerNames,
  missingDelegate,
  nameTwice,
  missingSecret,
  policyPairs,
  balancers,
  unreachedRule,
  missingLastRule,
  sumOfWeights,
  rewriteSlash,
  retries,
  preflight,
  badRedirect,
  lostMirror,
  keyless,
  deadDestination,
  unusedParts,
  partialHost,
  crash,
  unknownNamespace,
  subsetLabels,
  entryTwice,
  removals,
];
