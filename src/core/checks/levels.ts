/** The messages of istioctl that are warnings or hints; all others are errors. Source: analysis/msg/messages.yaml. */
const LEVELS: Readonly<Record<string, 'Warning' | 'Info'>> = {
  IST0002: 'Warning',
  IST0116: 'Warning',
  IST0118: 'Info',
  IST0127: 'Warning',
  IST0128: 'Warning',
  IST0129: 'Warning',
  IST0130: 'Warning',
  IST0131: 'Info',
  IST0132: 'Warning',
  IST0133: 'Warning',
  IST0134: 'Warning',
  IST0137: 'Warning',
  IST0138: 'Warning',
  IST0140: 'Warning',
  IST0150: 'Warning',
  IST0151: 'Warning',
  IST0155: 'Warning',
  IST0157: 'Warning',
  IST0162: 'Warning',
  IST0165: 'Warning',
  IST0166: 'Warning',
  IST0167: 'Warning',
  IST0171: 'Warning',
  IST0174: 'Warning',
  IST0176: 'Warning',
  IST0177: 'Warning',
};

/** How bad istioctl finds a message. */
export const levelOf = (code: string): 'Error' | 'Warning' | 'Info' => LEVELS[code] ?? 'Error';
