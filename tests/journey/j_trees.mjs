// Every page as assistive technology tells it: one main part, one first heading, nothing without a name.
import { mkdirSync, writeFileSync } from 'node:fs';
import { faults, tree, written } from './tree.mjs';

const KEPT = process.env.TREES;

export default { name: 'the accessibility tree of every page', timeout: 20_000, run };

async function run({ page, open, step, expect }) {
  const wrong = [];
  const look = async (name) => {
    await page.waitForTimeout(250);
    const root = await tree(page);
    if (KEPT) {
      mkdirSync(KEPT, { recursive: true });
      writeFileSync(`${KEPT}/${name.replaceAll(' ', '-')}.txt`, written(root).join('\n'));
    }
    wrong.push(...faults(root).map((fault) => `${name}: ${fault}`));
  };
  await open();
  await step('first run', async () => {
    await look('first run');
    await page.getByRole('button', { name: 'Start empty' }).click();
    await look('first run name');
  });
  await page.evaluate(() => perennial.install('consultancy', { sample: true }));
  const { lead, account } = await page.evaluate(() => ({
    lead: perennial.find('lead', { limit: 1 })[0].id, account: perennial.find('account', { limit: 1 })[0].id,
  }));
  const pages = {
    list: '/records/lead', board: '/records/opportunity?view=opportunity_board', lanes: '/records/opportunity?view=opportunity_lanes',
    calendar: '/records/calendar_entry', timeline: '/records/project?view=project_timeline', gallery: '/records/product?view=product_gallery',
    panel: `/records/lead?beside=${lead}`, record: `/record/account/${account}`, import: '/import/lead', history: '/history',
    settings: '/settings', 'no such page': '/nowhere',
  };
  for (const [name, route] of Object.entries(pages)) {
    await step(name, async () => {
      await open({ route });
      await look(name);
    });
  }
  await step('the sections of the settings', async () => {
    await open({ route: '/settings' });
    const links = await page.getByRole('main').getByRole('link').evaluateAll((all) => all.map((one) => one.getAttribute('href')).filter((href) => href?.includes('settings')));
    for (const href of [...new Set(links)]) {
      await open({ route: href.replace(/^.*#/, '') });
      await look(`settings ${href.split('/').pop()}`);
    }
  });
  await step('what opens above a page', async () => {
    await open({ route: '/records/lead' });
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').first().waitFor();
    await look('palette');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^New lead/ }).first().click();
    await page.getByRole('dialog', { name: /^New lead/ }).waitFor();
    await look('form');
    await page.keyboard.press('Escape');
  });
  expect(`no fault in any tree:\n  ${wrong.join('\n  ')}\n`, wrong.length === 0);
}
