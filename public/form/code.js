// An answer as a short text, in the format that `src/engine/form/answer.rs` describes, and the sums that seal it. By hand, since a page
// opened from a file or a mail has not always got the browser's own.

/** SHA-256 (FIPS 180-4) of bytes. */
function sha256(message) {
  const root = (number, power) => Math.floor((number ** (1 / power) % 1) * 2 ** 32);
  const primes = [];
  for (let number = 2; primes.length < 64; number += 1) if (primes.every((prime) => number % prime)) primes.push(number);
  const constants = primes.map((prime) => root(prime, 3) | 0);
  const hash = primes.slice(0, 8).map((prime) => root(prime, 2) | 0);
  const length = Math.ceil((message.length + 9) / 64) * 64;
  const padded = new Uint8Array(length);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(length - 4, message.length * 8);
  view.setUint32(length - 8, Math.floor(message.length / 2 ** 29));
  const turn = (word, by) => (word >>> by) | (word << (32 - by));
  const words = new Int32Array(64);
  for (let start = 0; start < length; start += 64) {
    for (let at = 0; at < 64; at += 1) {
      if (at < 16) { words[at] = view.getInt32(start + at * 4); continue; }
      const [early, late] = [words[at - 15], words[at - 2]];
      words[at] = words[at - 16] + words[at - 7] + (turn(early, 7) ^ turn(early, 18) ^ (early >>> 3)) + (turn(late, 17) ^ turn(late, 19) ^ (late >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = hash;
    for (let at = 0; at < 64; at += 1) {
      const first = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + constants[at] + words[at]) | 0;
      const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [a, b, c, d, e, f, g, h] = [(first + second) | 0, a, b, c, (d + first) | 0, e, f, g];
    }
    [a, b, c, d, e, f, g, h].forEach((word, at) => { hash[at] = (hash[at] + word) | 0; });
  }
  const sum = new DataView(new ArrayBuffer(32));
  hash.forEach((word, at) => sum.setInt32(at * 4, word));
  return new Uint8Array(sum.buffer);
}

/** HMAC (RFC 2104) over SHA-256. */
function hmac(key, message) {
  const block = new Uint8Array(64);
  block.set(key.length > 64 ? sha256(key) : key);
  const padded = (by, content) => sha256(Uint8Array.from([...block.map((byte) => byte ^ by), ...content]));
  return padded(0x5c, padded(0x36, message));
}

/** Base64 as it stands in addresses, without padding (RFC 4648, section 5). */
function base64url(content) {
  let binary = '';
  for (const byte of content) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

const utf8 = (text) => new TextEncoder().encode(text);

/** The code of an answer: `answer` is what `submission()` of a filling gives, `id` and `at` say which answer it is and of when. */
function encodeAnswer(form, answer, { id, at, channel = null }) {
  const items = form.pages.flatMap((page) => page.sections.flatMap((section) => section.items));
  const written = (value) => (value === undefined || value?.f !== undefined ? null : value);
  const parameters = form.capture?.parameters ?? [];
  const fields = [...items.filter(({ kind }) => kind === 'field').map(({ field }) => field), ...parameters.map(({ into }) => into)];
  const values = fields.map((field) => (answer.emptied?.includes(field) ? '' : written(answer.values[field])));
  while (values.length && values.at(-1) === null) values.pop();
  const lines = items.filter(({ kind }) => kind === 'lines').map(({ field, columns }) =>
    (answer.lines[field] ?? []).map((line) => columns.map((column) => written(line[column.field]))));
  const payload = base64url(utf8(JSON.stringify([id, at, channel, values, ...(lines.some((rows) => rows.length) ? [lines] : [])])));
  const key = utf8(form.seal ?? '');
  const body = `PF1.${form.id}.${form.edition}.${base64url(sha256(key)).slice(0, 4)}.${payload.length}.${payload}`;
  return `${body}.${base64url(hmac(key, utf8(body))).slice(0, 16)}`;
}

/** The number of an answer, drawn by chance, as a UUID of version 4 (RFC 9562). */
function drawId() {
  const drawn = crypto.getRandomValues(new Uint8Array(16));
  drawn[6] = (drawn[6] & 0x0f) | 0x40;
  drawn[8] = (drawn[8] & 0x3f) | 0x80;
  const hex = [...drawn].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
