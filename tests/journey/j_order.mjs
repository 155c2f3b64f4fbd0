// The order of the Tab key on a list, a board, a record and in the palette: what comes when, by role and name.
export default { name: 'the order of the Tab key', run };

const ORDER = {
  rail: [
    'link Skip to content', 'link Foresight Consulting', 'button Fold the sidebar', 'button Search or jump to… Ctrl K',
    'fold Grow', 'link Leads 1', 'link Campaigns', 'fold Sell', 'link Opportunities 1', 'link Accounts', 'link Contacts',
    'link Quotes', 'link Contracts', 'link Payments', 'fold Serve', 'link Tickets', 'link Projects', 'fold Keep',
    'link Renewals', 'link Referrals', 'fold Work', 'link Activities', 'link Tasks', 'link Calendar', 'fold More', 'fold Build', 'link Entities', 'link Forms',
    'link History', 'button Arrange sidebar', 'button Acting as 通 通用销售B', 'link Settings',
  ],
  list: [
    'button Undo', 'button Redo', 'link Import…', 'button New lead N', 'link All leads', 'link To follow up', 'link MQLs',
    'link Pool', 'link Unassigned', 'link Invalid leads', 'link Lead board', 'button New view…', 'button View actions',
    'button Add filter', 'button Group', 'button First touch, high to low', 'button Colour', 'button Fields shown',
    'search Find in this view', 'a cell',
  ],
  board: [
    'button Undo', 'button Redo', 'link Import…', 'button New opportunity N', 'link All opportunities',
    'link Open opportunities', 'link Won', 'link Lost', 'link Pipeline', 'link Open deals by owner', 'button New view…',
    'button View actions', 'button Add filter', 'button Amount, high to low', 'button Layout', 'button Colour',
    'button Fields shown', 'search Find in this view', 'group Opportunities by Stage', 'button Add to First contact',
    'button Actions for column First contact', 'link First deal', 'button Actions for First deal', 'button New opportunity',
    'button Add to Needs analysis', 'button Actions for column Needs analysis', 'button New opportunity',
    'button Add to Proposal', 'button Actions for column Proposal', 'button New opportunity', 'button Add to Negotiation',
    'button Actions for column Negotiation', 'button New opportunity', 'button Add to Won', 'button Actions for column Won',
    'button New opportunity', 'button Add to Lost', 'button Actions for column Lost', 'button New opportunity',
  ],
  record: [
    'link Leads', 'button Undo', 'button Redo', 'button Copy link', 'button Close', 'region Record',
    'button 2 of 11 filled in', 'button Convert…', 'button Edit E', 'button More actions', 'a field', 'button New',
    'button Working', 'button MQL', 'button SQL', 'button Converted', 'button Pool', 'fold Lead', 'a field',
    'fold Company and need', 'a field', 'fold Origin', 'a field', 'fold Behaviour', 'a field', 'fold Conversion', 'a field',
    'button Comment', 'button Activity', 'button To-do', 'text Write a comment; @ mentions a colleague',
  ],
};

async function run({ page, open, step, expect }) {
  await open();
  await page.evaluate(() => perennial.install('consultancy', { sample: false }));
  const lead = await page.evaluate(async () => {
    await perennial.create('opportunity', { name: 'First deal', stage: 'contact', amount: '1000' });
    return (await perennial.create('lead', { name: 'Ann Lee', title: 'Buyer', company_size: '12' })).id;
  });
  const walk = async (most, stop) => {
    const seen = [];
    for (let at = 0; at < most; at += 1) {
      await page.keyboard.press('Tab');
      const now = await page.evaluate(told);
      if (!now || (stop && stop(now))) break;
      seen.push(now);
    }
    return seen;
  };
  const check = (name, seen) => {
    if (process.env.ORDER) console.log(name, JSON.stringify(seen, null, 2));
    else expect.equal(`the order on the ${name}`, seen, ORDER[name]);
  };

  await step('a list', async () => {
    await open({ route: '/records/lead' });
    await page.getByRole('grid').waitFor();
    const seen = await walk(60);
    const begins = seen.indexOf('button Undo');
    check('rail', seen.slice(0, begins));
    check('list', together(seen.slice(begins), /^gridcell/, 'a cell'));
  });
  await step('a board', async () => {
    await open({ route: '/records/opportunity?view=opportunity_board' });
    await page.locator('.card').first().waitFor();
    check('board', (await walk(90)).slice(-40));
  });
  await step('a record', async () => {
    await open({ route: `/record/lead/${lead}` });
    await page.getByRole('heading', { level: 1 }).waitFor();
    check('record', together(await walk(61), /^button Edit (?!E$)/, 'a field'));
  });
  await step('the palette', async () => {
    await open({ route: '/records/lead' });
    await page.getByRole('grid').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').first().waitFor();
    // Tab narrows the search to what is chosen, and the typing goes on; Shift and Tab lead to what widens it again.
    const back = async () => {
      await page.keyboard.press('Shift+Tab');
      return page.evaluate(told);
    };
    expect.equal('the focus', await page.evaluate(told), 'combobox Search');
    await page.keyboard.press('Tab');
    const wider = page.getByRole('button', { name: 'Leads: look everywhere again' });
    await wider.waitFor();
    expect.equal('the focus after Tab', await page.evaluate(told), 'combobox Search');
    expect.equal('the way back', await back(), 'button Leads: look everywhere again');
  });
}

/** What is alike and comes one after the other, as one. */
function together(seen, alike, name) {
  const named = seen.map((one) => (alike.test(one) ? name : one));
  return named.filter((one, at) => one !== name || named[at - 1] !== name);
}

/** What has the focus, by role and name, as a reader would say it in short. */
function told() {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const role = one.getAttribute('role') ?? { A: 'link', BUTTON: 'button', INPUT: one.type, SELECT: 'choice', TEXTAREA: 'text', SUMMARY: 'fold', MAIN: 'main' }[one.tagName] ?? one.tagName.toLowerCase();
  const labelled = one.getAttribute('aria-labelledby')?.split(' ').map((id) => document.getElementById(id)?.textContent).join(' ');
  const name = one.getAttribute('aria-label') ?? labelled ?? one.labels?.[0]?.innerText ?? one.innerText ?? '';
  return `${role} ${name.replace(/\s+/g, ' ').trim().slice(0, 48)}`.trim();
}
