// The codes that a form shows at its end, read by what the app reads pictures with: short and long answers, sharp, small and turned.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeQR } from '../../public/scan/decode.js';
import { ROOT } from './cases.mjs';

const source = ['code', 'qr'].map((name) => readFileSync(join(ROOT, `public/form/${name}.js`), 'utf8')).join('\n');
const { qrCode } = new Function(`'use strict';\n${source}\nreturn { qrCode };`)();

/** A text as the picture of its code: RGBA, each module some pixels wide, within a light edge. */
export function pictureOf(text, scale = 4, edge = 4) {
  const modules = qrCode(text);
  const side = (modules.length + 2 * edge) * scale;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  modules.forEach((row, y) => row.forEach((isDark, x) => {
    for (let at = 0; isDark && at < scale * scale; at += 1) {
      const place = ((y + edge) * scale + Math.floor(at / scale)) * side + (x + edge) * scale + (at % scale);
      data.fill(0, place * 4, place * 4 + 3);
    }
  }));
  return { width: side, height: side, data };
}

/** Runs the cases; `check` is told what was found and what was expected. */
export function scanCases(check) {
  const payload = (length) => `PF1.contact_us.3.pJsS.${length}.${'WyIwMTkzZjBhMi03YzFlLTRm'.repeat(99).slice(0, length)}.2R5ArhOrOoA6W3wC`;
  for (const [length, scale] of [[40, 2], [200, 3], [200, 8], [600, 4], [1400, 4], [2300, 4]]) {
    const text = payload(length);
    const picture = pictureOf(text, scale);
    const read = () => { try { return decodeQR(picture, { timeLimit: 2000 }); } catch (error) { return error.message; } };
    check(`a code of ${text.length} signs, ${scale} pixels a module`, read(), text);
  }
}
