/* As much of X.509 as tells from when to when a certificate holds. */

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The bytes of a text in base64, line ends left out; `undefined` for other texts. */
export function base64Bytes(text: string): readonly number[] | undefined {
  const clean = text.replace(/[\r\n]/g, '');
  if (clean.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(clean)) return undefined;
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  for (const char of clean.replace(/=+$/, '')) {
    bits = (bits << 6) | BASE64.indexOf(char);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes.push((bits >> count) & 0xff);
    bits &= (1 << count) - 1;
  }
  return bytes;
}

const asciiOf = (bytes: readonly number[]): string => bytes.map((byte) => String.fromCharCode(byte)).join('');

/** One value of DER: its tag, where its content begins, and where it ends. */
interface Der {
  readonly tag: number;
  readonly from: number;
  readonly to: number;
}

function readDer(bytes: readonly number[], at: number, limit: number): Der | undefined {
  const tag = bytes[at];
  const short = bytes[at + 1];
  if (tag === undefined || short === undefined) return undefined;
  const extra = short < 0x80 ? 0 : short & 0x7f;
  if (extra > 4) return undefined;
  let length = extra === 0 ? short : 0;
  for (let i = 0; i < extra; i++) length = length * 256 + (bytes[at + 2 + i] ?? 0);
  const from = at + 2 + extra;
  return from + length > limit ? undefined : { tag, from, to: from + length };
}

/** The values inside of one; `undefined` where its bytes don't add up. */
function childrenOf(bytes: readonly number[], parent: Der): readonly Der[] | undefined {
  const children: Der[] = [];
  for (let at = parent.from; at < parent.to;) {
    const child = readDer(bytes, at, parent.to);
    if (child === undefined) return undefined;
    children.push(child);
    at = child.to;
  }
  return children;
}

const SEQUENCE = 0x30;
const VERSION = 0xa0;
const UTC_TIME = 0x17;

/** A time as `YYYYMMDDhhmmssZ`. */
function timeOf(bytes: readonly number[], { tag, from, to }: Der): string {
  const text = asciiOf(bytes.slice(from, to));
  if (tag !== UTC_TIME) return text;
  return `${Number(text.slice(0, 2)) >= 50 ? '19' : '20'}${text}`;
}

interface Validity {
  readonly from: string;
  readonly to: string;
}

function validityOf(bytes: readonly number[], certificate: Der): Validity | undefined {
  const signed = childrenOf(bytes, certificate);
  const body = signed?.[0];
  if (signed?.length !== 3 || body?.tag !== SEQUENCE) return undefined;
  const fields = childrenOf(bytes, body);
  // Behind the version: serial number, algorithm, issuer, validity, subject, public key.
  const times = fields?.[(fields[0]?.tag === VERSION ? 1 : 0) + 3];
  const [from, to] = (times?.tag === SEQUENCE ? childrenOf(bytes, times) : undefined) ?? [];
  if (from === undefined || to === undefined) return undefined;
  return { from: timeOf(bytes, from), to: timeOf(bytes, to) };
}

/**
 * What is wrong with the first block of a PEM text as a certificate. `now` is a time as `YYYYMMDDhhmmssZ`; without it nobody looks
 * at the clock. Source: xds.ValidateCertificate.
 */
export function certificateFault(pem: string, now: string | undefined): string | undefined {
  const block = /-----BEGIN ([^-\n]+)-----\r?\n([A-Za-z0-9+/=\s]*?)-----END \1-----/.exec(pem)?.[2];
  const bytes = block === undefined ? undefined : base64Bytes(block.replace(/\s/g, ''));
  if (bytes === undefined) return 'holds no PEM block';
  for (let at = 0; at < bytes.length;) {
    const certificate = readDer(bytes, at, bytes.length);
    const validity = certificate?.tag === SEQUENCE ? validityOf(bytes, certificate) : undefined;
    if (certificate === undefined || validity === undefined) return 'is no X.509 certificate';
    if (now !== undefined && (now > validity.to || now < validity.from)) return 'has expired or is not valid yet';
    at = certificate.to;
  }
  return undefined;
}

/** The text of a value in base64; `undefined` for what is none. */
export function base64Text(text: string): string | undefined {
  const bytes = base64Bytes(text);
  return bytes === undefined ? undefined : asciiOf(bytes);
}
