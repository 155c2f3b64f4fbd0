// Reads the case files that the native tests read, and the scripts of a form that stands alone.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');
const SCRIPTS = ['read', 'ask', 'fill'];

/** What the scripts define, by name. */
export function scripts(...names) {
  const source = SCRIPTS.map((name) => readFileSync(join(ROOT, `public/form/${name}.js`), 'utf8')).join('\n');
  return new Function(`'use strict';\n${source}\nreturn { ${names.join(', ')} };`)();
}

/** The rows of a case file below its heading; `#` begins a comment. */
export function rows(path, separator = ',') {
  const text = readFileSync(join(ROOT, 'tests/data', path), 'utf8');
  const found = [];
  let row = [];
  let cell = '';
  let isQuoted = false;
  const end = () => { row.push(cell); cell = ''; found.push(row); row = []; };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (row.length === 0 && cell === '' && sign === '#' && !isQuoted) {
      at = text.indexOf('\n', at);
      if (at < 0) break;
    } else if (separator === ',' && sign === '"') {
      if (isQuoted && text[at + 1] === '"') { cell += '"'; at += 1; } else isQuoted = !isQuoted;
    } else if (!isQuoted && sign === separator) { row.push(cell); cell = ''; } else if (!isQuoted && sign === '\n') end();
    else if (sign !== '\r' || isQuoted) cell += sign;
  }
  if (cell || row.length) end();
  return found.slice(1);
}

export const data = (path) => JSON.parse(readFileSync(join(ROOT, 'tests/data', path), 'utf8'));
