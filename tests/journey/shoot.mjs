// Pictures of screens at three widths, in both themes and both languages, into target/shots:
//   node tests/journey/shoot.mjs [--pack ID] [--only 390,dark,zh-CN] ROUTE…     (a route is what follows the # in the address)
import { join } from 'node:path';
import { ROOT, WIDTHS, runJourney, shoot, withServer } from './harness.mjs';

const FOLDER = join(ROOT, 'target/shots');
const words = process.argv.slice(2);
const take = (name) => (words.includes(name) ? words.splice(words.indexOf(name), 2)[1] : undefined);
const pack = take('--pack');
const only = take('--only')?.split(',') ?? [];
const routes = words.length ? words : ['/'];
const chosen = (values) => (values.some((value) => only.includes(String(value))) ? values.filter((value) => only.includes(String(value))) : values);

await withServer(async (server) => {
  for (const lang of chosen(['en', 'zh-CN'])) {
    for (const theme of chosen(['light', 'dark'])) {
      await runJourney({ name: `shoot ${lang} ${theme}`, timeout: 30_000, run: (tools) => pictures(tools, lang, theme) }, server)
        .catch((error) => { console.error(error.message); process.exitCode = 1; });
    }
  }
}).catch((error) => { console.error(error.message); process.exitCode = 1; });

async function pictures({ page, open }, lang, theme) {
  await open({ lang, theme, query: '?no-sw' });
  if (pack) await page.evaluate((id) => globalThis.perennial.install(id, { sample: true }), pack);
  for (const route of routes) {
    for (const width of chosen(Object.values(WIDTHS))) {
      await open({ lang, theme, width, route, query: '?no-sw' });
      await page.waitForTimeout(300);
      const name = `${route.replace(/^[#/]+/, '') || 'home'} ${width} ${theme} ${lang}`;
      await shoot(page, name, { folder: FOLDER });
      console.log(join(FOLDER, name));
    }
  }
}
