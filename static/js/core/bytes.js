const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * Bytes as letters that may stand in an address. Source: RFC 4648, section 5, without padding.
 * @param {readonly number[]} bytes
 */
export function toBase64Url(bytes) {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const have = Math.min(3, bytes.length - i);
    const word = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let k = 0; k <= have; k += 1) text += ALPHABET[(word >> (18 - 6 * k)) & 63];
  }
  return text;
}

/** The bytes of such letters, or null where they are none. @param {string} text @returns {Uint8Array | null} */
export function fromBase64Url(text) {
  if (text.length % 4 === 1) return null;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let [word, bits, at] = [0, 0, 0];
  for (const letter of text) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) return null;
    word = ((word << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at] = (word >> bits) & 255;
      at += 1;
    }
  }
  return bytes;
}

/** Writes whole numbers in as few bytes as each needs: seven bits a byte, the lowest first. */
export class ByteWriter {
  /** @type {number[]} */
  bytes = [];

  /** @param {number} value  0…2³¹ − 1 */
  whole(value) {
    let rest = value;
    for (; rest > 127; rest >>>= 7) this.bytes.push((rest & 127) | 128);
    this.bytes.push(rest);
  }

  /** A number of either sign, folded so that small ones stay short: 0, −1, 1, −2, 2, … @param {number} value */
  signed(value) {
    this.whole(value < 0 ? -2 * value - 1 : 2 * value);
  }
}

/**
 * Reads what a ByteWriter wrote. Where the bytes are not what is asked of them it has failed: it
 * gives zeros from then on, and `hasFailed` says so at the end.
 */
export class ByteReader {
  #bytes;
  #at = 0;
  hasFailed = false;

  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.#bytes = bytes;
  }

  get remaining() {
    return this.#bytes.length - this.#at;
  }

  fail() {
    this.hasFailed = true;
    this.#at = this.#bytes.length;
  }

  /** Fails unless what was read makes sense. @param {boolean} makesSense */
  expect(makesSense) {
    if (!makesSense) this.fail();
  }

  byte() {
    if (this.remaining === 0) {
      this.fail();
      return 0;
    }
    this.#at += 1;
    return this.#bytes[this.#at - 1];
  }

  whole() {
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.byte();
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
    this.fail();
    return 0;
  }

  signed() {
    const folded = this.whole();
    return folded & 1 ? -(folded + 1) / 2 : folded / 2;
  }

  /**
   * A count of things that take at least `bytesEach` bytes, so that no short text asks for many.
   * @param {number} bytesEach
   */
  count(bytesEach) {
    const count = this.whole();
    this.expect(count * bytesEach <= this.remaining);
    return this.hasFailed ? 0 : count;
  }
}
