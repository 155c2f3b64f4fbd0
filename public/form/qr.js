// QR codes (ISO/IEC 18004, model 2) of bytes, versions 1 to 40, with the least error correction: what fits on a screen is scanned from it.

/** The modules of a code, row by row, dark ones true; nothing if the text is too long for any. */
function qrCode(text) {
  const content = utf8(text);
  for (let version = 1; version <= 40; version += 1) {
    const room = QR.dataWords(version);
    const lengthBits = version < 10 ? 8 : 16;
    if (4 + lengthBits + content.length * 8 > room * 8) continue;
    return QR.draw(version, QR.withCorrection(version, QR.words(content, lengthBits, room)));
  }
  return null;
}

const QR = {
  // Of the least correction, level L: words of correction in each block, and blocks, by version.
  CORRECTION: [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30],
  BLOCKS: [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25],

  /** The modules of a version that hold content, in whole words. */
  allWords(version) {
    const marks = version < 2 ? 0 : Math.floor(version / 7) + 2;
    let modules = (16 * version + 128) * version + 64;
    if (marks) modules -= (25 * marks - 10) * marks - 55;
    if (version >= 7) modules -= 36;
    return Math.floor(modules / 8);
  },

  dataWords(version) {
    return QR.allWords(version) - QR.CORRECTION[version - 1] * QR.BLOCKS[version - 1];
  },

  words(content, lengthBits, room) {
    const bits = [];
    const put = (value, count) => { for (let at = count - 1; at >= 0; at -= 1) bits.push((value >>> at) & 1); };
    put(4, 4);
    put(content.length, lengthBits);
    content.forEach((byte) => put(byte, 8));
    put(0, Math.min(4, room * 8 - bits.length));
    while (bits.length % 8) bits.push(0);
    const words = [];
    for (let at = 0; at < bits.length; at += 8) words.push(parseInt(bits.slice(at, at + 8).join(''), 2));
    for (let filler = 0xec; words.length < room; filler ^= 0xec ^ 0x11) words.push(filler);
    return words;
  },

  /** Multiplication in GF(2^8) modulo x^8 + x^4 + x^3 + x^2 + 1. */
  times(a, b) {
    let product = 0;
    for (let at = 7; at >= 0; at -= 1) product = (product << 1) ^ ((product >>> 7) * 0x11d) ^ (((b >>> at) & 1) * a);
    return product;
  },

  divisor(degree) {
    const found = Array(degree).fill(0);
    found[degree - 1] = 1;
    for (let at = 0, root = 1; at < degree; at += 1, root = QR.times(root, 2)) {
      for (let place = 0; place < degree; place += 1) found[place] = QR.times(found[place], root) ^ (found[place + 1] ?? 0);
    }
    return found;
  },

  remainder(words, divisor) {
    const found = divisor.map(() => 0);
    for (const word of words) {
      const factor = word ^ found.shift();
      found.push(0);
      divisor.forEach((part, at) => { found[at] ^= QR.times(part, factor); });
    }
    return found;
  },

  /** The words with those of correction, block after block, and then one of each in turn. */
  withCorrection(version, words) {
    const [count, correction] = [QR.BLOCKS[version - 1], QR.CORRECTION[version - 1]];
    const all = QR.allWords(version);
    const short = count - all % count;
    const length = Math.floor(all / count) - correction;
    const divisor = QR.divisor(correction);
    const blocks = [];
    for (let at = 0, from = 0; at < count; at += 1) {
      const part = words.slice(from, from += length + Number(at >= short));
      blocks.push({ part, sum: QR.remainder(part, divisor) });
    }
    const woven = [];
    for (let at = 0; at <= length; at += 1) blocks.forEach(({ part }) => { if (at < part.length) woven.push(part[at]); });
    for (let at = 0; at < correction; at += 1) blocks.forEach(({ sum }) => woven.push(sum[at]));
    return woven;
  },

  draw(version, words) {
    const size = version * 4 + 17;
    const dark = Array.from({ length: size }, () => Array(size).fill(false));
    const fixed = Array.from({ length: size }, () => Array(size).fill(false));
    const set = (x, y, isDark) => { if (x >= 0 && y >= 0 && x < size && y < size) { dark[y][x] = isDark; fixed[y][x] = true; } };
    for (let at = 0; at < size; at += 1) { set(6, at, at % 2 === 0); set(at, 6, at % 2 === 0); }
    for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]]) {
      for (let down = -4; down <= 4; down += 1) for (let across = -4; across <= 4; across += 1) {
        const ring = Math.max(Math.abs(across), Math.abs(down));
        set(x + across, y + down, ring !== 2 && ring !== 4);
      }
    }
    const marks = QR.marks(version, size);
    marks.forEach((x, i) => marks.forEach((y, j) => {
      const last = marks.length - 1;
      if ((i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0)) return;
      for (let down = -2; down <= 2; down += 1) for (let across = -2; across <= 2; across += 1) set(x + across, y + down, Math.max(Math.abs(across), Math.abs(down)) !== 1);
    }));
    const bit = (value, at) => ((value >>> at) & 1) === 1;
    const format = (mask) => {
      // Level L is 01.
      const data = (1 << 3) | mask;
      let rest = data;
      for (let at = 0; at < 10; at += 1) rest = (rest << 1) ^ ((rest >>> 9) * 0x537);
      const bits = ((data << 10) | rest) ^ 0x5412;
      for (let at = 0; at <= 5; at += 1) set(8, at, bit(bits, at));
      set(8, 7, bit(bits, 6)); set(8, 8, bit(bits, 7)); set(7, 8, bit(bits, 8));
      for (let at = 9; at < 15; at += 1) set(14 - at, 8, bit(bits, at));
      for (let at = 0; at < 8; at += 1) set(size - 1 - at, 8, bit(bits, at));
      for (let at = 8; at < 15; at += 1) set(8, size - 15 + at, bit(bits, at));
      set(8, size - 8, true);
    };
    format(0);
    if (version >= 7) {
      let rest = version;
      for (let at = 0; at < 12; at += 1) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25);
      const bits = (version << 12) | rest;
      for (let at = 0; at < 18; at += 1) {
        const [x, y] = [size - 11 + at % 3, Math.floor(at / 3)];
        set(x, y, bit(bits, at));
        set(y, x, bit(bits, at));
      }
    }
    let at = 0;
    for (let right = size - 1; right >= 1; right -= 2) {
      if (right === 6) right = 5;
      for (let step = 0; step < size; step += 1) for (let side = 0; side < 2; side += 1) {
        const x = right - side;
        const y = ((right + 1) & 2) === 0 ? size - 1 - step : step;
        if (!fixed[y][x] && at < words.length * 8) { dark[y][x] = bit(words[at >>> 3], 7 - (at & 7)); at += 1; }
      }
    }
    let best = null;
    for (let mask = 0; mask < 8; mask += 1) {
      format(mask);
      const tried = dark.map((row, y) => row.map((isDark, x) => (fixed[y][x] ? isDark : isDark !== QR.MASKS[mask](x, y))));
      const penalty = QR.penalty(tried);
      if (!best || penalty < best.penalty) best = { penalty, tried };
    }
    return best.tried;
  },

  marks(version, size) {
    if (version === 1) return [];
    const count = Math.floor(version / 7) + 2;
    const step = Math.floor((version * 8 + count * 3 + 5) / (count * 4 - 4)) * 2;
    const found = [6];
    for (let at = size - 7; found.length < count; at -= step) found.splice(1, 0, at);
    return found;
  },

  MASKS: [
    (x, y) => (x + y) % 2 === 0, (x, y) => y % 2 === 0, (x) => x % 3 === 0, (x, y) => (x + y) % 3 === 0,
    (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0, (x, y) => (x * y) % 2 + (x * y) % 3 === 0,
    (x, y) => ((x * y) % 2 + (x * y) % 3) % 2 === 0, (x, y) => ((x + y) % 2 + (x * y) % 3) % 2 === 0,
  ],

  /** How hard a code is to read: long runs, blocks, what looks like a corner, and too much of one colour. */
  penalty(modules) {
    const size = modules.length;
    let total = 0;
    const line = (read) => {
      const text = Array.from({ length: size }, (_, at) => (read(at) ? '1' : '0')).join('');
      for (const [run] of text.matchAll(/0{5,}|1{5,}/g)) total += run.length - 2;
      for (let at = text.search(/10111010000|00001011101/); at >= 0; at = next(text, at + 1)) total += 40;
    };
    const next = (text, from) => { const at = text.slice(from).search(/10111010000|00001011101/); return at < 0 ? at : at + from; };
    for (let at = 0; at < size; at += 1) { line((x) => modules[at][x]); line((y) => modules[y][at]); }
    let count = 0;
    for (let y = 0; y < size; y += 1) for (let x = 0; x < size; x += 1) {
      count += Number(modules[y][x]);
      if (x && y && modules[y][x] === modules[y - 1][x] && modules[y][x] === modules[y][x - 1] && modules[y][x] === modules[y - 1][x - 1]) total += 3;
    }
    return total + Math.floor(Math.abs(count * 20 - size * size * 10) / (size * size)) * 10;
  },
};
