/** What to do about what the API server refuses by the CRDs. */
export const SCHEMA_REMEDIES: Readonly<Record<string, string>> = {
  'SCHEMA-TYPE': 'Write a value of that type; put texts that look like numbers or booleans in quotes.',
  'SCHEMA-REQUIRED': 'Add the field.',
  'SCHEMA-ENUM': 'Write one of the names, in capitals as they stand.',
  'SCHEMA-RANGE': 'Write a value within the range.',
  'SCHEMA-SIZE': 'Add or remove as many as it takes.',
  'SCHEMA-ONE-OF': 'Keep one of them.',
  'SCHEMA-UNKNOWN': 'Check the spelling and the indentation, or remove it.',
  'SCHEMA-DUPLICATE': 'Remove one of them, or rename it.',
  'SCHEMA-RULE': 'Change it so that the rule holds.',
};
