// Conditions and formulas as the workspace understands them, as far as a form needs them that stands alone. What it does not know it
// does not guess at: `UNKNOWN` is thrown, and a form that asks for it is not made into a file in the first place.

class UNKNOWN extends Error {}
/** What a formula comes to where it goes wrong: `#VALUE!` and the like. */
class FAULT extends Error {}
const fault = (sign) => { throw new FAULT(sign); };

// --- Values ---

// A field of days in which nothing is filled in: what is reckoned from it is blank as well.
const NO_DAY = { d: undefined, isNoDay: true };
const isBlank = (value) => value === null || value === undefined || value === '' || value.isNoDay || (value.os !== undefined && value.os.length === 0);
const isNumeric = (value) => typeof value === 'boolean' || value?.n !== undefined || value?.m !== undefined || value?.s !== undefined;
const digitsOf = (number) => {
  const exact = Number(number.toPrecision(15));
  if (!Number.isFinite(exact)) fault('#NUM!');
  const text = String(exact);
  return text.includes('e') ? exact.toFixed(20).replace(/\.?0+$/, '') : text === '-0' ? '0' : text;
};
const numeral = (number) => ({ n: digitsOf(number) });

/** The number in a value: blank is 0, yes is 1, text is read. */
function numberOf(value) {
  if (isBlank(value)) return 0;
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'string') return looseNumber(value) ?? fault('#VALUE!');
  if (value.n !== undefined) return Number(value.n);
  if (value.m !== undefined) return Number(value.m.amount);
  return value.s !== undefined ? value.s : fault('#VALUE!');
}

function looseNumber(text) {
  let rest = text.replace(/[０-９．－＋％，（）]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0)).trim();
  let sign = 1;
  if (/^\(.*\)$/.test(rest)) { rest = rest.slice(1, -1).trim(); sign = -1; } else if (/^[-+]/.test(rest)) {
    sign = rest[0] === '-' ? -1 : 1;
    rest = rest.slice(1).trimStart();
  }
  rest = rest.replace(/^[¥$€£]\s*/, '');
  const percents = /%*$/.exec(rest.replace(/\s+(?=%)/g, ''))[0].length;
  rest = rest.replace(/[%\s]+$/, '');
  if (/^[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?$/.test(rest)) rest = rest.replaceAll(',', '');
  return /^([0-9]+\.?[0-9]*|\.[0-9]+)(e[-+]?[0-9]+)?$/i.test(rest) && percents <= 4 ? sign * Number(rest) / 100 ** percents : null;
}

function textOf(value) {
  if (isBlank(value)) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (value.n !== undefined) return digitsOf(Number(value.n));
  if (value.m !== undefined) return digitsOf(Number(value.m.amount));
  if (value.d !== undefined) return value.d;
  if (value.s !== undefined) return String(value.s);
  if (value.label !== undefined) return value.label;
  throw new UNKNOWN('a text of this');
}

function flagOf(value) {
  if (typeof value === 'boolean') return value;
  if (isBlank(value)) return false;
  if (typeof value !== 'string') return isNumeric(value) ? numberOf(value) !== 0 : fault('#VALUE!');
  const text = value.trim().toLowerCase();
  if (['true', 'yes', '是', '对', '1'].includes(text)) return true;
  if (['false', 'no', '否', '0'].includes(text)) return false;
  throw new UNKNOWN('yes or no in words');
}

const sameText = (left, right) => left.toLowerCase() === right.toLowerCase();

/** A day beside a text that says one: `starts>"2026-01-01"`. */
function asDays(left, right) {
  const day = (value, beside) => (beside?.d && typeof value === 'string' && readDay(value) ? { d: readDay(value) } : value);
  return [day(left, right), day(right, left)];
}

function sameValue(one, other) {
  const [left, right] = asDays(one, other);
  if (isBlank(left) || isBlank(right)) {
    const filled = isBlank(left) ? right : left;
    return isBlank(filled) || filled === false || (isNumeric(filled) && numberOf(filled) === 0);
  }
  if (left.o !== undefined || right.o !== undefined) {
    const [option, named] = left.o !== undefined ? [left, right] : [right, left];
    if (named.o !== undefined) return option.o === named.o;
    if (typeof named !== 'string') return false;
    // A text may name the option by its id or by either label.
    return [option.o, ...(option.names ?? [])].some((name) => name && sameText(name, named));
  }
  if (left.m !== undefined && right.m !== undefined && left.m.currency !== right.m.currency) return false;
  if (typeof left === 'string' && typeof right === 'string') return sameText(left, right);
  if (left.d !== undefined && right.d !== undefined) return left.d === right.d;
  if (isNumeric(left) && isNumeric(right)) return numberOf(left) === numberOf(right);
  if (left.d !== undefined || right.d !== undefined || typeof left === 'string' || typeof right === 'string') throw new UNKNOWN('a comparison of kinds');
  return false;
}

/** How two values stand to each other: less than 0, 0, more than 0; nothing where one is blank. */
function orderOf(one, other) {
  const [left, right] = asDays(one, other);
  if (isBlank(left) || isBlank(right)) return null;
  if (left.m !== undefined && right.m !== undefined && left.m.currency !== right.m.currency) fault('#NUM!');
  if (left.d !== undefined && right.d !== undefined) return left.d < right.d ? -1 : Number(left.d > right.d);
  if (typeof left === 'string' && typeof right === 'string') {
    const [a, b] = [left.toLowerCase(), right.toLowerCase()];
    return a < b ? -1 : Number(a > b);
  }
  if (isNumeric(left) && isNumeric(right)) return numberOf(left) - numberOf(right);
  if (typeof left === 'object' && typeof right === 'object' && left.d === undefined && right.d === undefined) fault('#VALUE!');
  throw new UNKNOWN('an order of kinds');
}

// --- Days ---

const dayNumber = (day) => Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000);
const dayOf = (number) => new Date(number * 86_400_000).toISOString().slice(0, 10);

function monthsLater(day, count) {
  const [year, month, date] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + count, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + count, Math.min(date, last))).toISOString().slice(0, 10);
}

/** A day as conditions name it: fixed, or counted from today, or the end of a stretch of the calendar. */
function namedDay(text, { today, reckoning }) {
  const lower = text.trim().toLowerCase();
  if (/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(lower)) return readDay(lower);
  const counted = /^today(?:([+-][0-9]+)([dwmy]?))?$/.exec(lower);
  if (counted) {
    const count = Number(counted[1] ?? 0);
    if (counted[2] === 'm') return monthsLater(today, count);
    if (counted[2] === 'y') return monthsLater(today, 12 * count);
    return dayOf(dayNumber(today) + count * (counted[2] === 'w' ? 7 : 1));
  }
  const stretch = /^(week|month|quarter|year)(-end)?([+-][0-9]+)?$/.exec(lower);
  if (!stretch) return null;
  const by = Number(stretch[3] ?? 0) + (stretch[2] ? 1 : 0);
  const { week_start: firstDay = 1, first_month: firstMonth = 1 } = reckoning ?? {};
  // How many days and months of the week and the year of account are over.
  const days = (new Date(`${today}T00:00:00Z`).getUTCDay() + 7 - firstDay % 7) % 7;
  const months = (Number(today.slice(5, 7)) + 12 - firstMonth) % 12;
  const month = `${today.slice(0, 8)}01`;
  const first = {
    week: () => dayOf(dayNumber(today) - days + 7 * by),
    month: () => monthsLater(month, by),
    quarter: () => monthsLater(month, 3 * by - months % 3),
    year: () => monthsLater(month, 12 * by - months),
  }[stretch[1]]();
  return stretch[2] ? dayOf(dayNumber(first) - 1) : first;
}

// --- Conditions: `world` knows fields, values, lines and the day ---

/** Whether a condition holds. */
function holds(condition, world) {
  if (condition.all) return condition.all.every((part) => holds(part, world));
  if (condition.any) return condition.any.some((part) => holds(part, world));
  if (condition.not) return !holds(condition.not, world);
  if (condition.formula !== undefined) {
    try {
      return flagOf(evaluate(condition.formula, world));
    } catch (error) {
      // A question that goes wrong is answered with no.
      if (error instanceof FAULT) return false;
      throw error;
    }
  }
  const field = world.field(condition.field);
  if (!field) throw new UNKNOWN(condition.field);
  return compares(field, world.value(field.id), condition.is, condition.value, world);
}

function compares(field, value, is, wanted, world) {
  if (is === 'empty') return isBlank(value);
  if (is === 'filled') return !isBlank(value);
  if (field.kind === 'choices') return comparesList(field, value?.os ?? [], is, wanted, world);
  const same = (operand) => sameAs(field, value, operand, world);
  const order = (operand) => orderTo(field, value, operand, world);
  const isNothing = (operand) => operand === undefined || operand === null || (typeof operand === 'string' && operand.trim() === '');
  const text = (test) => [wanted].flat().every((part) =>
    isNothing(part) || (typeof value === 'string' && test(value.toLowerCase(), String(part).trim().toLowerCase())));
  const asked = (test) => { const by = order(wanted); return by !== null && test(by); };
  switch (is) {
    case 'equals': return same(wanted);
    case 'not_equals': return !same(wanted);
    case 'one_of': return [wanted].flat().some(same);
    case 'none_of': return ![wanted].flat().some(same);
    case 'contains': return text((held, part) => held.includes(part));
    case 'not_contains': return !text((held, part) => held.includes(part));
    case 'starts_with': return text((held, part) => held.startsWith(part));
    case 'ends_with': return text((held, part) => held.endsWith(part));
    case 'greater': return asked((by) => by > 0);
    case 'at_least': return asked((by) => by >= 0);
    case 'less': return asked((by) => by < 0);
    case 'at_most': return asked((by) => by <= 0);
    case 'between': {
      const [from, to] = wanted.map(order);
      return from !== null && to !== null && from >= 0 && to <= 0;
    }
    default: throw new UNKNOWN(is);
  }
}

function comparesList(field, options, is, wanted) {
  const list = [wanted].flat().filter((part) => part !== undefined && String(part).trim() !== '').map((part) => optionNamed(field, part));
  const any = (option) => options.includes(option);
  switch (is) {
    case 'equals': return list.every(any) && options.every((option) => list.includes(option));
    case 'not_equals': return !(list.every(any) && options.every((option) => list.includes(option)));
    case 'contains': return list.every(any);
    case 'not_contains': return !list.every(any);
    case 'one_of': return list.some(any);
    case 'none_of': return !list.some(any);
    default: throw new UNKNOWN(is);
  }
}

function optionNamed(field, text) {
  const wanted = String(text).trim();
  const option = field.options.find(({ id }) => sameText(id, wanted)) ?? field.options.find(({ label }) => Object.values(label).includes(wanted));
  if (option) return option.id;
  if (field.open) return wanted;
  throw new UNKNOWN(wanted);
}

function sameAs(field, value, operand, world) {
  if (Array.isArray(operand)) return operand.some((one) => sameAs(field, value, one, world));
  if (operand === undefined || operand === null || (typeof operand === 'string' && operand.trim() === '')) return isBlank(value);
  switch (field.kind) {
    case 'flag': {
      const wanted = typeof operand === 'boolean' ? operand : operand === 1 ? true : operand === 0 ? false : readFlag(String(operand));
      if (wanted === null) throw new UNKNOWN(operand);
      return (value ?? false) === wanted;
    }
    case 'choice': return value?.o === optionNamed(field, operand);
    case 'text': case 'long_text': case 'rich_text': case 'phone': case 'email': case 'url': case 'hidden': case 'auto_number':
      return typeof value === 'string' && sameText(value, String(operand).trim());
    default: return orderTo(field, value, operand, world) === 0;
  }
}

function orderTo(field, value, operand, world) {
  const written = String(operand).trim();
  if (field.kind === 'date') {
    const day = namedDay(written, world);
    if (day === null) throw new UNKNOWN(written);
    return isBlank(value) ? null : orderOf(value, { d: day });
  }
  if (!['number', 'percent', 'rating', 'nps', 'money', 'duration', 'score'].includes(field.kind)) throw new UNKNOWN(`${field.kind} compared`);
  const wanted = looseNumber(field.kind === 'money' ? written.replace(/^[A-Z]{3}\s*|\s*[A-Z]{3}$/g, '') : written);
  if (wanted === null) throw new UNKNOWN(written);
  return isBlank(value) ? null : numberOf(value) - wanted;
}

// --- Formulas: Excel's grammar ---

const TOKEN = /\s*(?:([0-9]+\.?[0-9]*(?:[eE][-+]?[0-9]+)?|\.[0-9]+(?:[eE][-+]?[0-9]+)?)|"((?:[^"]|"")*)"|(<>|<=|>=|==|!=|[-+*/^&=<>%(),;[\].])|([\p{L}_][\p{L}\p{N}_]*))/uy;
const PARSED = new Map();

/** What a formula gives: a value, or a list of them. */
function evaluate(source, world) {
  if (!PARSED.has(source)) PARSED.set(source, parse(source));
  return PARSED.get(source)(world);
}

function tokens(source) {
  // Signs are as good in full width; what stands between quotation marks is left as it is.
  const spelled = source.split(/("(?:[^"]|"")*")/).map((part, at) => (at % 2 ? part : part
    .replace(/[“”]/g, '"').replace(/[\uff01-\uff5e]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\u00a0]/g, ' ').replace(/、/g, ',').replace(/×/g, '*').replace(/÷/g, '/').replace(/≥/g, '>=').replace(/≤/g, '<=').replace(/≠/g, '<>')))
    .join('').trim().replace(/^=/, '');
  const found = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < spelled.length) {
    const match = TOKEN.exec(spelled);
    if (!match) throw new UNKNOWN(source);
    const [, number, text, sign, word] = match;
    found.push(number !== undefined ? { value: { n: digitsOf(Number(number)) } } : text !== undefined ? { value: text.replaceAll('""', '"') }
      : sign ? { sign: { '==': '=', '!=': '<>', ';': ',' }[sign] ?? sign } : { word });
  }
  return found;
}

function parse(source) {
  const list = tokens(source);
  let at = 0;
  const sign = () => list[at]?.sign;
  const word = () => list[at]?.word?.toLowerCase();
  const take = (wanted) => { if (sign() !== wanted) throw new UNKNOWN(source); at += 1; };
  const LEVELS = [['=', '<>', '<', '<=', '>', '>='], ['&'], ['+', '-'], ['*', '/']];
  const joined = (name, below) => {
    let left = below();
    while ([name, { and: '且', or: '或' }[name]].includes(word())) {
      at += 1;
      const [first, second] = [left, below()];
      left = (world) => CALLS[name.toUpperCase()](world, [first, second]);
    }
    return left;
  };
  const either = () => joined('or', () => joined('and', () => level(0)));
  const level = (depth) => {
    if (depth === LEVELS.length) return power();
    let left = level(depth + 1);
    while (LEVELS[depth].includes(sign())) {
      const operator = list[at++].sign;
      const [first, second] = [left, level(depth + 1)];
      left = (world) => operate(operator, one(first(world)), one(second(world)));
    }
    return left;
  };
  const power = () => {
    let left = unary();
    while (sign() === '^') {
      at += 1;
      const [first, second] = [left, unary()];
      left = (world) => numeral(raise(numberOf(one(first(world))), numberOf(one(second(world)))));
    }
    return left;
  };
  const unary = () => {
    if (sign() === '-' || sign() === '+') {
      const isMinus = list[at++].sign === '-';
      const inner = unary();
      return isMinus ? (world) => operate('*', one(inner(world)), { n: '-1' }) : inner;
    }
    let left = primary();
    while (sign() === '%') {
      at += 1;
      const inner = left;
      left = (world) => operate('*', one(inner(world)), { n: '0.01' });
    }
    return left;
  };
  const primary = () => {
    const token = list[at++];
    if (token?.value !== undefined) return () => token.value;
    if (token?.sign === '(') {
      const inner = either();
      take(')');
      return inner;
    }
    if (token?.word === undefined) throw new UNKNOWN(source);
    if (sign() === '(') return call(token.word.toUpperCase());
    if (sign() === '[') {
      at += 1;
      const column = list[at++]?.word;
      take(']');
      return (world) => world.column(token.word, column) ?? unknown(`${token.word}[${column}]`);
    }
    if (sign() === '.') throw new UNKNOWN(source);
    if (/^(true|false)$/i.test(token.word)) return () => token.word.toLowerCase() === 'true';
    return (world) => {
      const field = world.field(token.word) ?? unknown(token.word);
      return named(field, world.value(field.id));
    };
  };
  const call = (name) => {
    take('(');
    const parts = [];
    while (sign() !== ')') {
      // An argument left out is a blank.
      parts.push(sign() === ',' ? () => null : either());
      if (sign() !== ')') take(',');
    }
    take(')');
    const work = CALLS[name] ?? unknown(name);
    const [least, most] = COUNTS[name] ?? [1, Infinity];
    if (parts.length < least || parts.length > most) throw new UNKNOWN(name);
    return (world) => work(world, parts);
  };
  const whole = either();
  if (at < list.length) throw new UNKNOWN(source);
  return whole;
}

const unknown = (name) => { throw new UNKNOWN(name); };
const one = (value) => (Array.isArray(value) ? unknown('a list here') : value);

/** An option knows what people call it, so that texts may name it. */
function named(field, value) {
  if (field.kind === 'choices') return unknown('several options');
  if (field.kind === 'date' && isBlank(value)) return NO_DAY;
  if (!value?.o) return value;
  const option = field.options.find(({ id }) => id === value.o);
  return { ...value, names: Object.values(option?.label ?? {}) };
}

function raise(base, exponent) {
  if (base === 0) return exponent < 0 ? fault('#DIV/0!') : exponent === 0 ? fault('#NUM!') : 0;
  if (base < 0 && !Number.isInteger(exponent)) fault('#NUM!');
  return base ** exponent;
}

function operate(operator, one, other) {
  const [left, right] = operator === '&' ? [one, other] : asDays(one, other);
  if (operator === '&') {
    if (left?.o || right?.o) return unknown('an option as text');
    return textOf(left) + textOf(right);
  }
  if (operator === '=') return sameValue(left, right);
  if (operator === '<>') return !sameValue(left, right);
  if (['<', '<=', '>', '>='].includes(operator)) {
    const by = orderOf(left, right);
    return by !== null && (operator.startsWith('<') ? by < 0 : by > 0) || (by === 0 && operator.endsWith('='));
  }
  if (left?.isNoDay || right?.isNoDay) return null;
  if (left?.d !== undefined || right?.d !== undefined) return moveDays(operator, left, right);
  if (left?.s !== undefined || right?.s !== undefined) return unknown('a length of time here');
  const [a, b] = [numberOf(left), numberOf(right)];
  if (operator === '/' && b === 0) fault('#DIV/0!');
  const result = { '+': a + b, '-': a - b, '*': a * b, '/': a / b }[operator];
  const money = left?.m && right?.m ? bothMoney(operator, left.m, right.m) : left?.m ?? (operator === '/' && right?.m ? fault('#VALUE!') : right?.m);
  return money ? { m: { amount: digitsOf(result), currency: money.currency } } : numeral(result);
}

function bothMoney(operator, left, right) {
  if (operator === '*') fault('#VALUE!');
  if (left.currency !== right.currency) fault('#NUM!');
  return operator === '/' ? null : left;
}

function moveDays(operator, left, right) {
  if ([left, right].some((side) => side?.s !== undefined)) return unknown('days with these');
  if (operator === '-' && left?.d && right?.d) return numeral(dayNumber(left.d) - dayNumber(right.d));
  if (operator === '+' && left?.d && !right?.d) return { d: dayOf(dayNumber(left.d) + Math.floor(numberOf(right))) };
  if (operator === '+' && right?.d && !left?.d) return { d: dayOf(dayNumber(right.d) + Math.floor(numberOf(left))) };
  if (operator === '-' && left?.d) return { d: dayOf(dayNumber(left.d) + Math.floor(-numberOf(right))) };
  return fault('#VALUE!');
}

const COUNTS = {
  IF: [2, 3], NOT: [1, 1], ISBLANK: [1, 1], LEN: [1, 1], UPPER: [1, 1], LOWER: [1, 1], TRIM: [1, 1], ABS: [1, 1], ROUND: [2, 2], TODAY: [0, 0],
  YEAR: [1, 1], MONTH: [1, 1], DAY: [1, 1], IFERROR: [2, 2], LEFT: [1, 2], RIGHT: [1, 2], INT: [1, 1],
};

const CALLS = {
  IF: (world, [condition, then, otherwise]) => plainly(flagOf(one(condition(world))) ? then(world) : otherwise ? otherwise(world) : false),
  IFERROR: (world, [value, otherwise]) => {
    try {
      return plainly(value(world));
    } catch (error) {
      if (error instanceof FAULT) return plainly(otherwise(world));
      throw error;
    }
  },
  AND: (world, parts) => parts.every((part) => flagOf(one(part(world)))),
  OR: (world, parts) => parts.some((part) => flagOf(one(part(world)))),
  NOT: (world, [part]) => !flagOf(one(part(world))),
  ISBLANK: (world, [part]) => isBlank(one(part(world))),
  LEN: (world, [part]) => numeral([...textOf(one(part(world)))].length),
  UPPER: (world, [part]) => textOf(one(part(world))).toUpperCase(),
  LOWER: (world, [part]) => textOf(one(part(world))).toLowerCase(),
  TRIM: (world, [part]) => textOf(one(part(world))).trim().replace(/\s+/g, ' '),
  ABS: (world, [part]) => signed(one(part(world)), Math.abs),
  INT: (world, [part]) => signed(one(part(world)), Math.floor),
  ROUND: (world, [part, places]) => {
    const digits = Math.trunc(numberOf(one(places(world))));
    if (Math.abs(digits) > 12) unknown('ROUND');
    // Half goes away from zero; the shift is of the decimal text, so that 1.005 is what it says.
    return signed(one(part(world)), (number) => Math.sign(number) * Number(`${Math.round(Number(`${digitsOf(Math.abs(number))}e${digits}`))}e${-digits}`));
  },
  TODAY: (world) => ({ d: world.today }),
  YEAR: (world, [part]) => numeral(Number(aDay(one(part(world))).slice(0, 4))),
  MONTH: (world, [part]) => numeral(Number(aDay(one(part(world))).slice(5, 7))),
  DAY: (world, [part]) => numeral(Number(aDay(one(part(world))).slice(8))),
  SUM: (world, parts) => {
    const values = parts.flatMap((part) => { const value = part(world); return Array.isArray(value) ? value.filter((it) => it?.n !== undefined || it?.m !== undefined) : [value]; });
    return values.reduce((sum, value) => operate('+', sum, value), { n: '0' });
  },
  COUNT: (world, parts) => numeral(parts.flatMap((part) => {
    const value = part(world);
    if (!Array.isArray(value)) return unknown('COUNT of one');
    return value.filter((it) => isNumeric(it) && typeof it !== 'boolean');
  }).length),
  MIN: (world, parts) => extreme(world, parts, (by) => by < 0),
  MAX: (world, parts) => extreme(world, parts, (by) => by > 0),
};

/** Beside a text an option becomes what people call it, and what stands beside it is not known here. */
function plainly(value) {
  return value?.o !== undefined || value?.isNoDay ? unknown('an option as a result') : value;
}

function signed(value, work) {
  if (value?.s !== undefined || value?.d !== undefined) return unknown('a number here');
  const result = digitsOf(work(numberOf(value)));
  return value?.m ? { m: { amount: result, currency: value.m.currency } } : { n: result };
}

function aDay(value) {
  return value?.d ?? (isBlank(value) ? fault('#N/A') : unknown('a day'));
}

function extreme(world, parts, isBetter) {
  const values = parts.flatMap((part) => part(world)).filter((value) => !isBlank(value));
  if (!values.every((value) => value.n !== undefined)) return unknown('MIN and MAX of these');
  return values.reduce((best, value) => (isBetter(orderOf(value, best)) ? value : best), values[0] ?? { n: '0' });
}
