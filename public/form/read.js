// What a person typed becomes a value, or a word for what is wrong: the verdicts of `src/engine/form`, for a form that stands alone.
// Values are written as in answers: text, flags, and `{ n }`, `{ m }`, `{ d }`, `{ o }`, `{ os }` and the like for the rest.

const WRONG = (code) => ({ wrong: code });

const INVISIBLE = /[\ufeff\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g;

function halfWidth(text) {
  return text.replace(INVISIBLE, '')
    .replace(/[\uff01-\uff5e]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\u00a0\u2009\u202f]/g, ' ').replace(/。/g, '.')
    .replace(/[\u2212–—\u2010\u2011]/g, '-').replace(/￥/g, '¥');
}

function trimmed(text) {
  const ends = '[\\s\\ufeff\\u200b-\\u200f\\u202a-\\u202e\\u2066-\\u2069]+';
  return text.replace(new RegExp(`^${ends}|${ends}$`, 'g'), '');
}

/** Reads what was typed into a field: `{ value }`, or `{ wrong }`. Blank text is a blank value. */
function readText(field, typed, settings) {
  const text = trimmed(typed);
  if (text === '') return { value: null };
  const read = (value, code, wrap = (it) => it) => (value === null ? WRONG(code) : { value: wrap(value) });
  switch (field.kind) {
    case 'text': return { value: text.replace(/\r\n|[\r\n\t]/g, ' ').replace(/[\ufeff\u200b]/g, '') };
    case 'long_text': case 'rich_text': return { value: text.replace(/\r\n?/g, '\n') };
    case 'hidden': return { value: text };
    case 'number': case 'nps': return read(readNumber(text), 'not-a-number', (n) => ({ n }));
    case 'percent': return read(readPercent(text), 'not-a-number', (n) => ({ n }));
    case 'rating': return read(readRating(text), 'not-a-number', (n) => ({ n }));
    case 'money': return read(readMoney(text, field.currency ?? settings.currency), 'not-an-amount', (m) => ({ m }));
    case 'date': return read(readDay(text), 'not-a-date', (d) => ({ d }));
    case 'duration': return read(readDuration(text), 'not-a-duration', (s) => ({ s }));
    case 'flag': return read(readFlag(text), 'not-a-flag');
    case 'choice': return read(readOption(field.options, text), 'not-an-option', (o) => ({ o }));
    case 'choices': return read(readOptions(field, text), 'not-an-option', (os) => ({ os }));
    case 'phone': return read(readPhone(text, settings.callingCode), 'not-a-phone');
    case 'email': return read(readEmail(text), 'not-an-email');
    case 'url': return read(readUrl(text), 'not-a-url');
    default: return WRONG('read-only');
  }
}

// --- Numbers: exact, as text ---

const UNITS = [['万', 4], ['萬', 4], ['亿', 8], ['億', 8], ['千', 3], ['百万', 6], ['w', 4], ['W', 4], ['k', 3], ['K', 3], ['m', 6], ['M', 6]];
const LARGEST = 79228162514264337593543950335n;

function readNumber(text) {
  return scaled(halfWidth(text).trim());
}

function readPercent(text) {
  const narrow = halfWidth(text).trim();
  if (narrow.endsWith('%')) return scaled(narrow.slice(0, -1).trim());
  return scaled((narrow.startsWith('百分之') ? narrow.slice(3) : narrow).trim());
}

function readRating(text) {
  const narrow = halfWidth(text).trim();
  if (/^[★☆⭐\ufe0f]*$/u.test(narrow)) return String([...narrow].filter((sign) => sign === '★' || sign === '⭐').length);
  const mark = narrow.split('/')[0];
  const unit = ['星', '分', ' stars', ' star'].find((end) => mark.endsWith(end));
  return scaled((unit ? mark.slice(0, -unit.length) : mark).trim());
}

function scaled(text) {
  if (text.startsWith('(') && text.endsWith(')') && text.length > 1) {
    const owed = scaled(text.slice(1, -1).trim());
    return owed === null || owed.startsWith('-') ? null : negated(owed);
  }
  for (const [unit, zeros] of UNITS) {
    if (!text.endsWith(unit)) continue;
    const rest = text.slice(0, -unit.length).trimEnd();
    if (!/[0-9.万亿千百]$/.test(rest)) return null;
    const number = scaled(rest);
    return number === null ? null : fitting(shifted(number, zeros));
  }
  return plainNumber(text);
}

function plainNumber(text) {
  const [, sign, digits] = /^([-+]?)\s*(.*)$/s.exec(text);
  if (digits === '' || digits.length > 40) return null;
  const at = digits.indexOf('.');
  const [whole, fraction] = at < 0 ? [digits, ''] : [digits.slice(0, at), digits.slice(at + 1)];
  if (!/^[0-9]*$/.test(fraction) || (whole === '' && fraction === '')) return null;
  const bare = ungrouped(whole);
  if (bare === null) return null;
  return fitting((sign === '-' ? '-' : '') + (bare || '0') + (fraction && `.${fraction}`));
}

function ungrouped(whole) {
  if (/^[0-9]*$/.test(whole)) return whole;
  const separator = /[^0-9]/.exec(whole)[0];
  if (!", '_’，".includes(separator)) return null;
  const [first, ...rest] = whole.split(separator);
  if (![first, ...rest].every((group) => /^[0-9]*$/.test(group))) return null;
  const fits = (size) => first.length >= 1 && first.length <= size && rest.every((group) => group.length === size);
  const isIndian = first.length >= 1 && first.length <= 2 && rest.length >= 2 && rest.at(-1).length === 3
    && rest.slice(0, -1).every((group) => group.length === 2);
  return fits(3) || fits(4) || isIndian ? whole.replaceAll(separator, '') : null;
}

function shifted(number, zeros) {
  const [whole, fraction = ''] = number.split('.');
  const moved = fraction.padEnd(zeros, '0');
  return `${whole}${moved.slice(0, zeros)}${moved.length > zeros ? `.${moved.slice(zeros)}` : ''}`;
}

/** A number in its shortest spelling, if it is one that the workspace can hold exactly. */
function fitting(number) {
  const [, sign, whole, fraction = ''] = /^(-?)0*([0-9]*)(?:\.([0-9]*?)0*)?$/.exec(number) ?? [];
  if (whole === undefined || fraction.length > 28 || BigInt(whole + fraction || '0') > LARGEST) return null;
  const bare = `${whole || '0'}${fraction && `.${fraction}`}`;
  return bare === '0' ? '0' : sign + bare;
}

function negated(number) {
  return number.startsWith('-') ? number.slice(1) : number === '0' ? '0' : `-${number}`;
}

// --- Money ---

const SIGNS = {
  CNY: '人民币 人民币元 元人民币 RMB RMB¥ CN¥ YUAN', USD: '美元 美金 US$ DOLLARS DOLLAR', EUR: '€ 欧元 EURO EUROS', GBP: '£ 英镑',
  HKD: '港元 港币 HK$', JPY: '日元 JP¥ 円', TWD: '新台币 台币 NT$', KRW: '韩元 ₩', INR: '₹ 卢比', SGD: '新加坡元 新币 S$', AUD: '澳元 A$',
  CAD: '加元 C$', CHF: '瑞士法郎', MOP: '澳门元', RUB: '卢布 ₽', THB: '泰铢 ฿',
};

function readMoney(typed, usual) {
  let text = halfWidth(typed).trim();
  const isOwed = /^-[^0-9.]/.test(text);
  if (isOwed) text = text.slice(1).trimStart();
  const start = text.search(/[0-9.\-+(]/);
  const end = Math.max(...[...text.matchAll(/[0-9.)]/g)].map(({ index }) => index), -1) + 1;
  if (start < 0 || end < start || end === 0) return null;
  const before = text.slice(0, start).trim();
  let after = text.slice(end).trimStart();
  let numberEnd = text.length - after.length;
  for (const [unit] of UNITS) {
    if (!after.startsWith(unit) || /^[a-z]/i.test(after.slice(unit.length))) continue;
    after = after.slice(unit.length);
    if (/^[万亿]/.test(after)) after = after.slice(1);
    numberEnd = text.length - after.length;
    break;
  }
  after = after.trim();
  let currency = usual;
  if (before) currency = currencyOf(before, usual);
  if (after && currency) {
    const said = currencyOf(after, before ? currency : usual);
    currency = before && said !== currency ? null : said;
  }
  const amount = currency && scaled(text.slice(start, Math.max(numberEnd, end)).trim());
  return amount ? { amount: isOwed ? negated(amount) : amount, currency } : null;
}

function currencyOf(name, usual) {
  const upper = name.replace(/\.+$/, '').toUpperCase();
  if (upper === '¥') return ['CNY', 'JPY'].includes(usual) ? usual : 'CNY';
  if (['元', '块', '圆'].includes(upper)) return ['CNY', 'TWD', 'HKD', 'MOP'].includes(usual) ? usual : 'CNY';
  if (upper === '$') return ['USD', 'CAD', 'AUD', 'HKD', 'SGD', 'NZD', 'TWD', 'MXN'].includes(usual) ? usual : 'USD';
  const known = Object.entries(SIGNS).find(([, names]) => names.split(' ').includes(upper))?.[0];
  return known ?? (currencies().includes(upper) ? upper : null);
}

let CURRENCIES = null;
function currencies() {
  // The browser knows more than are in use: those of the past, metals and funds are left out, as the workspace does.
  const former = 'ADP AFA ALK AOK AON AOR ATS AZM BAD BAN BEC BEF BEL BGL BGM BGO BOL BOP BOV BRB BRC BRE BRN BRR BRZ BUK BYB BYR CHE CHW CLE CLF CNH CNX COU CSD CSK CUC CYP DDM DEM ECS ECV EEK ESA ESB ESP FIM FRF GEK GHC GNS GQE GRD GWE GWP HRD HRK IEP ILP ILR ISJ ITL KRH KRO LSM LTL LTT LUC LUF LUL LVL LVR MAF MCF MDC MGF MKN MLF MRO MTL MTP MVP MXP MXV MZE MZM NIC NLG PEI PES PLZ PTE RHD ROL RUR SDD SDP SIT SKK SLL SRG STD SUR TJR TMM TPE TRL UAK UGS USN USS UYI UYP UYW VEB VED VNN XAG XAU XBA XBB XBC XBD XCG XDR XEU XFO XFU XPD XPT XRE XSU XTS XUA XXX YDD YUD YUM YUN YUR ZAL ZMK ZRN ZRZ ZWD ZWL ZWR XAS'.split(' ');
  CURRENCIES ??= [...Intl.supportedValuesOf('currency'), 'SLE', 'ZWG', 'MRU', 'STN', 'VES'].filter((code) => !former.includes(code));
  return CURRENCIES;
}

// --- Days and lengths of time: the browser's own controls give days; what is typed is read as written with the year first ---

function readDay(text) {
  const found = /^([0-9]{4})(?:-|\/|\.|年)([0-9]{1,2})(?:-|\/|\.|月)([0-9]{1,2})[日号]?$/.exec(halfWidth(text).trim());
  if (!found) return null;
  const [year, month, day] = found.slice(1).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  date.setUTCFullYear(year);
  const isDay = year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isDay ? date.toISOString().slice(0, 10) : null;
}

const SECONDS = {
  1: 's sec secs second seconds 秒 秒钟', 60: 'm min mins minute minutes 分 分钟', 3600: 'h hr hrs hour hours 时 小时 个小时 钟头',
  86400: 'd day days 天 日', 604800: 'w week weeks 周 星期 个星期',
};

function readDuration(typed) {
  let text = halfWidth(typed).trim();
  const sign = text.startsWith('-') ? -1 : 1;
  if (sign < 0) text = text.slice(1).trimStart();
  if (text.includes(':')) {
    const parts = text.split(':').map((part) => part.trim());
    if (parts.length > 3 || !parts.every((part) => /^[0-9]+$/.test(part))) return null;
    const [hours, minutes, seconds = 0] = parts.map(Number);
    return minutes > 59 || seconds > 59 ? null : sign * (hours * 3600 + minutes * 60 + seconds) || 0;
  }
  let total = 0;
  let parts = 0;
  while (text) {
    const figure = /^[0-9.,]*/.exec(text)[0];
    text = text.slice(figure.length);
    const number = figure === '' && text.startsWith('半') ? 0.5 : Number(readNumber(figure) ?? NaN);
    if (Number.isNaN(number)) return null;
    text = text.trimStart().replace(/^半/, '');
    const unit = /^[^0-9\s半,]*/.exec(text)[0];
    const isBare = unit === '' && parts === 0 && text === '';
    const seconds = isBare ? 60 : Object.entries(SECONDS).find(([, names]) => names.split(' ').includes(unit.toLowerCase()))?.[0];
    if (!seconds || (unit === '' && !isBare)) return null;
    total += number * Number(seconds);
    text = text.slice(unit.length).replace(/^[ ,]+/, '');
    parts += 1;
  }
  return parts ? sign * Math.round(total) || 0 : null;
}

// --- Yes and no, options ---

const YES = ['yes', 'y', 'true', 't', '1', 'on', '是', '有', '对', '真', '√', '✓', '✔', '已', 'x'];
const NO = ['no', 'n', 'false', 'f', '0', 'off', '否', '无', '不', '不是', '没有', '错', '假', '×', '✗', '✘'];

function readFlag(typed) {
  const text = halfWidth(typed).trim().toLowerCase();
  return YES.includes(text) ? true : NO.includes(text) ? false : null;
}

const foldedText = (text) => halfWidth(text ?? '').split(/\s+/).join('').toLowerCase();

function readOption(options, text) {
  const names = (option) => [option.id, option.label.en, option.label['zh-CN']];
  const exact = options.find((option) => names(option).includes(text));
  const wanted = foldedText(text);
  return (exact ?? options.find((option) => names(option).some((name) => name && foldedText(name) === wanted)))?.id ?? null;
}

function readOptions(field, text) {
  const whole = readOption(field.options, text);
  if (whole !== null) return [whole];
  const chosen = [];
  for (const part of text.split(/[,，;；、|\n]/).map(trimmed).filter(Boolean)) {
    const option = readOption(field.options, part) ?? (field.open ? part : null);
    if (option === null) return null;
    if (!chosen.includes(option)) chosen.push(option);
  }
  return chosen;
}

// --- Telephone numbers, e-mail and web addresses ---

function readPhone(typed, callingCode) {
  const text = halfWidth(typed).trim().replace(/^tel:/, '');
  const [cut, extension] = splitExtension(text);
  const main = cut.trim();
  if (!/^[0-9 \-.()/+~]+$/.test(main)) return null;
  const isInternational = /^\(?\+/.test(main);
  const bare = isInternational ? main.replaceAll('(0)', '') : main;
  if (bare.split('+').length - 1 > Number(isInternational)) return null;
  let digits = bare.replace(/[^0-9]/g, '');
  let hasCountry = isInternational;
  if (!isInternational && digits.startsWith('00')) {
    digits = digits.slice(2);
    hasCountry = true;
  }
  let number = null;
  if (hasCountry) number = digits.startsWith('86') ? chinese(digits.slice(2)) : plausiblePhone(digits);
  else if (callingCode === '86') number = chinese(digits) ?? (digits.startsWith('86') ? chinese(digits.slice(2)) : null);
  else {
    let national = callingCode !== '39' && digits.startsWith('0') ? digits.slice(1) : digits;
    if (callingCode === '1' && national.length === 11) {
      if (!national.startsWith('1')) return null;
      national = national.slice(1);
    }
    if (national.length < 6 || (callingCode === '1' && national.length !== 10)) return null;
    number = plausiblePhone(callingCode + national);
  }
  return number && (extension ? `${number};ext=${extension}` : number);
}

function chinese(digits) {
  const national = /^1[3-9]/.test(digits) && digits.length === 11 ? digits
    : /^01[3-9]/.test(digits) && digits.length === 12 ? digits.slice(1)
    : /^(400|800)/.test(digits) && digits.length === 10 ? digits
    : digits.startsWith('0') ? (isLandLine(digits.slice(1)) ? digits.slice(1) : null)
    : isLandLine(digits) ? digits : null;
  return national && `+86${national}`;
}

function isLandLine(digits) {
  return /^(?:(?:10|2[0-9])[2-9][0-9]{7}|[3-9][0-9]{2}[2-9][0-9]{6,7})$/.test(digits);
}

function plausiblePhone(digits) {
  const isRight = digits.length >= 8 && digits.length <= 15 && !digits.startsWith('0') && (!digits.startsWith('1') || digits.length === 11);
  const isVaried = [...digits.slice(1)].some((digit) => digit !== digits[1]);
  return isRight && isVaried ? `+${digits}` : null;
}

function splitExtension(text) {
  const lower = text.toLowerCase();
  for (const mark of [';ext=', 'extension', 'ext.', 'ext', '分机号', '分机', '转', 'x', '#', ',']) {
    const at = lower.indexOf(mark);
    if (at < 0) continue;
    const after = text.slice(at + mark.length).replace(/[ :.)]/g, '');
    return /^[0-9]{1,8}$/.test(after) ? [text.slice(0, at).replace(/[ (,;-]+$/, ''), after] : ['', ''];
  }
  const groups = text.split('-').map((group) => group.trim());
  const [area, subscriber, extension] = groups;
  if (groups.length === 3 && /^0[0-9]{2,3}$/.test(area) && /^[0-9]{7,8}$/.test(subscriber) && /^[0-9]{1,6}$/.test(extension)) {
    return [text.slice(0, text.lastIndexOf('-')), extension];
  }
  return [text, ''];
}

const bytes = (text) => new TextEncoder().encode(text).length;

function readEmail(typed) {
  let text = halfWidth(typed).trim().replace(/^mailto:/, '');
  if (text.includes('<')) {
    if (!text.endsWith('>')) return null;
    text = text.slice(text.lastIndexOf('<') + 1, -1);
  }
  const at = text.lastIndexOf('@');
  if (at < 0) return null;
  const local = text.slice(0, at);
  const host = text.slice(at + 1).toLowerCase();
  const fits = bytes(local) >= 1 && bytes(local) <= 64 && !/^\.|\.$|\.\./.test(local) && /^[\p{Alphabetic}\p{N}!#$%&'*+/=?^_`{|}~.-]+$/u.test(local);
  return fits && bytes(text) <= 254 && isHost(host) && hasTopLevel(host) ? `${local}@${host}` : null;
}

function readUrl(typed) {
  const text = typed.trim();
  if (bytes(text) > 2048 || /[\s\p{Cc}<>"]/u.test(text)) return null;
  const at = text.indexOf('://');
  const scheme = at < 0 ? 'https' : text.slice(0, at).toLowerCase();
  const rest = at < 0 ? text.replace(/^\/\//, '') : text.slice(at + 3);
  if (!['http', 'https', 'ftp'].includes(scheme)) return null;
  const end = rest.search(/[/?#]/);
  const [authority, path] = end < 0 ? [rest, ''] : [rest.slice(0, end), rest.slice(end)];
  if (authority.includes('@')) return null;
  const colon = authority.lastIndexOf(':');
  const port = colon < 0 ? '' : authority.slice(colon + 1);
  if (colon >= 0 && !(/^\+?[0-9]+$/.test(port) && Number(port) > 0 && Number(port) < 65536)) return null;
  const host = halfWidth(colon < 0 ? authority : authority.slice(0, colon)).toLowerCase();
  const isAddress = /^\+?[0-9]+(\.\+?[0-9]+){3}$/.test(host) && host.split('.').every((part) => Number(part) < 256);
  if (!isAddress && host !== 'localhost' && !(isHost(host) && hasTopLevel(host))) return null;
  return `${scheme}://${host}${colon < 0 ? '' : `:${port}`}${path}`;
}

function isHost(host) {
  return bytes(host) <= 253 && host.split('.').every((label) =>
    bytes(label) >= 1 && bytes(label) <= 63 && !/^-|-$/.test(label) && /^[\p{Alphabetic}\p{N}-]+$/u.test(label));
}

function hasTopLevel(host) {
  const at = host.lastIndexOf('.');
  return at >= 0 && /^(xn--.*|\p{Alphabetic}{2,})$/u.test(host.slice(at + 1));
}
