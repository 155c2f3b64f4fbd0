// How a workspace reckons time is set once and holds everywhere; and "me" in a shared view is whoever looks.
import { mounted } from './harness.mjs';

export default { name: 'time zone, weeks, fiscal year, and views of one’s own', run };

async function run({ page, open, step, expect, axe, shots }) {
  await open();
  await page.evaluate(() => perennial.install('consultancy', { sample: false }));
  const people = await page.evaluate(async () => {
    const people = perennial.find('user', { limit: 2 }).map(({ id, name }) => ({ id, name }));
    await perennial.create('opportunity', { name: 'Deal of one', owner: people[0].id, stage: 'proposal', expected_close: '2026-05-20' });
    await perennial.create('opportunity', { name: 'Deal of two', owner: people[1].id, stage: 'proposal', expected_close: '2026-02-20' });
    await perennial.create('activity', { subject: 'Call across the sea', kind: 'call', at: '2026-11-22T06:00:00Z' });
    return people;
  });
  const workspace = () => page.evaluate(async () => JSON.parse(await perennial.snapshot({ files: false })).definitions.find((one) => one.workspace).workspace);

  await step('the settings are changed', async () => {
    await open({ route: '/settings' });
    await page.getByLabel('Time zone').selectOption('America/New_York');
    await page.getByLabel('Weeks begin on').selectOption({ label: 'Sunday' });
    await page.getByLabel('Fiscal year begins in').selectOption({ label: 'April' });
    await expect.soon('kept', async () => { const { zone, week_start, first_month } = await workspace(); return zone === 'America/New_York' && week_start === 7 && first_month === 4; });
    await page.getByLabel('Time zone').scrollIntoViewIfNeeded();
    await axe();
    await shots('time settings');
  });

  await step('the calendar begins its weeks on Sunday, in that zone', async () => {
    await open({ route: '/records/activity?view=activity_calendar' });
    await page.getByRole('columnheader', { name: 'Sun' }).waitFor();
    const first = page.getByRole('columnheader').nth(1);
    expect.equal('the first day', (await first.textContent()).trim(), 'Sun');
    // Two in the afternoon in Shanghai is one in the night there.
    const entry = page.locator('.cal__bar', { hasText: 'Call across the sea' });
    await entry.waitFor();
    expect.equal('its hour', await entry.locator('.cal__hour').textContent(), '01:00');
  });

  await step('a list by quarters counts from April', async () => {
    await page.evaluate(() => perennial.dispatch({ define: { definitions: [{ view: {
      id: 'by_quarter', label: { 'zh-CN': '按季度', en: 'By quarter' }, entity: 'opportunity', order: -9,
      shape: { shape: 'list', columns: ['name', 'owner', 'expected_close'] }, group: [{ field: 'expected_close', by: 'quarter' }],
    } }] } }));
    await open({ route: '/records/opportunity?view=by_quarter' });
    await page.getByText('Q1 FY 2026/27').waitFor();
    await page.getByText('Q4 FY 2025/26').waitFor();
    await axe();
  });

  await step('owner is me, for whoever looks', async () => {
    await page.getByRole('button', { name: 'Add filter' }).click();
    const sheet = page.getByRole('dialog').last();
    await sheet.getByLabel('Field').first().selectOption('owner');
    await sheet.getByRole('button', { name: 'Me', exact: true }).click();
    await axe();
    await page.keyboard.press('Escape');
    const acts = async ({ id }) => { await page.evaluate((who) => { localStorage['perennial.actor'] = who; }, id); await page.reload(); await mounted(page); };
    await expect.soon('in words', async () => /Me/.test(await page.getByRole('group', { name: /^Filter: / }).first().innerText()));
    await page.getByRole('button', { name: 'Save view' }).click();
    await acts(people[0]);
    await page.getByText('Deal of one').first().waitFor();
    expect.equal('not the other', await page.getByText('Deal of two').count(), 0);
    await acts(people[1]);
    await page.getByText('Deal of two').first().waitFor();
    expect.equal('not the first', await page.getByText('Deal of one').count(), 0);
    await shots('mine');
    // And at once, for whoever acts in somebody else's name without a reload.
    for (const [at, own, other] of [[0, 'Deal of one', 'Deal of two'], [1, 'Deal of two', 'Deal of one']]) {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Search' }).fill(`Act as ${people[at].name}`);
      await page.getByRole('option', { name: new RegExp(`^Act as ${people[at].name}`) }).first().click();
      await page.getByText(own).first().waitFor();
      await expect.soon('not the other’s', async () => await page.getByText(other).count() === 0);
    }
  });

  await step('the same by a formula and by a phrase', async () => {
    const found = await page.evaluate(() => perennial.find('opportunity', { where: 'owner = ME()' }).map(({ name }) => name));
    expect.equal('by a formula', found, ['Deal of two']);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('my opportunities');
    await page.getByRole('option', { name: /Me/ }).first().waitFor();
  });
}
