// Made-up companies and leads by the hundred thousand, the same ones each time.
import { isCheckpointed } from '../journey/database.mjs';

export const COUNT = Number(process.env.PERENNIAL_BENCH_RECORDS ?? 100_000);

const INDUSTRIES = ['manufacturing', 'software', 'internet', 'finance', 'retail', 'healthcare', 'education', 'logistics', 'energy', 'media'];
const REGIONS = ['beijing', 'shanghai', 'guangdong', 'zhejiang', 'jiangsu', 'sichuan', 'hubei', 'shandong', 'fujian', 'hunan'];
const CITIES = ['北京', '上海', '深圳', '杭州', '南京', '成都', '武汉', '青岛', '厦门', '长沙'];
const KINDS = ['科技', '机械', '信息', '投资', '商贸', '医药', '教育', '物流', '能源', '传媒'];
const FAMILY = ['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴'];
const GIVEN = ['伟', '芳', '娜', '敏', '静', '丽', '强', '磊', '军', '洋', '勇', '艳', '杰'];
const TITLES = ['销售总监', '采购经理', '总经理', '人力资源经理', '工程师', '市场专员', '副总裁', '财务经理'];

/** A file of companies with 15 columns. */
export function companies(count = COUNT) {
  const chance = generator(1);
  const header = 'name,stage,level,industry,sector,region,city,phone,website,employees,revenue,year_established,source,since,external_id';
  return table(header, count, (row) => [
    `${CITIES[chance(10)]}${FAMILY[chance(10)]}${GIVEN[chance(13)]}${KINDS[chance(10)]}有限公司 ${row}`,
    ['prospect', 'negotiating', 'customer', 'dormant', 'lost'][chance(5)], 'abc'[chance(3)], INDUSTRIES[chance(10)],
    `细分行业 ${chance(40)}`, REGIONS[chance(10)], CITIES[chance(10)], `1380${String(1_000_000 + row).padStart(7, '0')}`,
    `https://www.example-${row}.cn`, chance(5_000), `${chance(90_000) + 100}.${chance(90) + 10}`, 1950 + chance(74),
    ['website', 'referral', 'fair', 'other'][chance(4)], `20${10 + chance(15)}-0${1 + chance(9)}-${10 + chance(19)}`, `E-${row}`,
  ]);
}

/** A file of leads with 15 columns, of which rules assign about one in four. */
export function leads(count = COUNT) {
  const chance = generator(2);
  const header = 'name,company,title,phone,email,source,region,city,industry,company_size,budget,need,web_visits,pages_per_visit,external_id';
  return table(header, count, (row) => [
    `${FAMILY[chance(10)]}${GIVEN[chance(13)]}${GIVEN[chance(13)]}`, `${CITIES[chance(10)]}${KINDS[chance(10)]}有限公司 ${row >> 2}`,
    TITLES[chance(8)], `1390${String(1_000_000 + row).padStart(7, '0')}`, `person${row}@example-${row >> 2}.cn`,
    ['referral', 'fair', 'advertising', 'search', 'social', 'seminar', 'partner', 'email', 'other', 'website'][chance(10)],
    REGIONS[chance(10)], CITIES[chance(10)], INDUSTRIES[chance(10)], chance(5_000), 1_000 * chance(900), `想了解方案 ${chance(500)}`,
    chance(60), `${chance(9)}.${chance(9)}`, `L-${row}`,
  ]);
}

/** Fills the workspace of an open page with companies, and waits until they are on pages. */
export async function fill(page) {
  const report = await page.evaluate(async (text) => {
    await perennial.install('consultancy', { sample: false });
    const { created, rejected } = await perennial.import({ entity: 'account', text });
    return { created, rejected: rejected.slice(0, 3) };
  }, companies());
  if (report.created !== COUNT) throw new Error(`only ${report.created} of ${COUNT} were created: ${JSON.stringify(report.rejected)}`);
  await untilCheckpointed(page);
}

/** Waits until nothing is left to do in the background. */
export async function untilCheckpointed(page) {
  const end = Date.now() + 60_000;
  while (!(await isCheckpointed(page))) {
    if (Date.now() > end) throw new Error('the pages were not written within a minute');
    await page.waitForTimeout(200);
  }
}

/** What the workspace holds, as plain objects without what is blank, put into the peer's database. */
export async function fillPeer(page, server, entity = 'account') {
  const records = await page.evaluate((name) => perennial.find(name, {}).map((record) =>
    Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null && value !== '' && value?.length !== 0))), entity);
  await openPeer(page, server);
  await page.evaluate((objects) => globalThis.database.record.bulkAdd(objects), records);
  return records;
}

/** Goes to the page of the peers, of the same origin. */
export async function openPeer(page, server) {
  await page.goto(new URL('/peer/', server.url).href);
}

function table(header, count, row) {
  const lines = [header];
  for (let at = 0; at < count; at += 1) lines.push(row(at).join(','));
  return lines.join('\n');
}

/** Whole numbers below a limit, the same ones for the same seed. */
function generator(seed) {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * limit);
  };
}
