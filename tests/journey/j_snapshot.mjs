// A snapshot is what its JSON Schema says: the real one, a sample of everything, and whatever is wrong, judged by schema and app alike.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020.js';
import { keys } from './database.mjs';
import { ROOT } from './harness.mjs';

const read = (path) => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));

export default [
  {
    name: 'snapshots and their schema',
    timeout: 60_000,
    async run({ page, server, open, step, expect, allow }) {
      // The page beside the app has no icon.
      allow(/favicon/);
      const validate = new Ajv({ allErrors: false, strict: true, strictTypes: false, allowUnionTypes: true }).compile(read('public/schema/snapshot.schema.json'));
      const said = () => (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`).join('; ');
      await open({ query: '?no-sw' });

      await step('the real workspace is as the schema says', async () => {
        const text = await page.evaluate(async () => {
          await perennial.install('consultancy', { sample: true });
          return perennial.snapshot();
        });
        expect(`no fault, but: ${validate(JSON.parse(text)) ? '' : said()}`, validate(JSON.parse(text)));
      });

      const sample = read('tests/data/snapshot/sample.json');
      await step('a sample of everything is right to both', async () => {
        expect(`no fault, but: ${validate(sample) ? '' : said()}`, validate(sample));
        expect.equal('refusal', await restore(page, sample), null);
        const again = JSON.parse(await page.evaluate(() => perennial.snapshot()));
        expect(`no fault, but: ${validate(again) ? '' : said()}`, validate(again));
        expect.equal('records', again.records.length, sample.records.length);
        expect.equal('files', again.files, sample.files);
      });

      await step('what is wrong is refused by both, and nothing is changed', async () => {
        const before = await page.evaluate(() => perennial.snapshot({ files: false }));
        const wrong = read('tests/data/snapshot/wrong.json');
        const differences = [];
        for (const { name, beyond_the_schema: isBeyond = false, ...change } of wrong) {
          const document = altered(sample, change);
          if (validate(document) !== isBeyond) differences.push(`schema: ${name}`);
          if (await restore(page, document) !== (name === 'a newer version' ? 'too-new' : 'malformed')) differences.push(`app: ${name}`);
        }
        expect.equal('differences', differences, []);
        const after = await page.evaluate(() => perennial.snapshot({ files: false }));
        const stripped = (text) => text.replace(/"made":"[^"]*"/, '').replace(/"checksum":"[^"]*"/, '');
        expect('nothing to have changed', stripped(before) === stripped(after));
        console.log(`      ${wrong.length} wrong snapshots, refused by both`);
      });

      await step('without files it is smaller, and right as well', async () => {
        const text = await page.evaluate(() => perennial.snapshot({ files: false }));
        expect('no files', !('files' in JSON.parse(text)));
        expect(`no fault, but: ${validate(JSON.parse(text)) ? '' : said()}`, validate(JSON.parse(text)));
        expect.equal('refusal', await restore(page, JSON.parse(text)), null);
      });
    },
  },
  {
    name: 'a file goes with the snapshot to another device',
    timeout: 30_000,
    async run({ page, context, server, open, step, expect, allow, axe, shots }) {
      allow(/favicon/);
      await open({ query: '?no-sw' });
      const sample = read('tests/data/snapshot/sample.json');
      const hash = sample.files[0].hash;
      const chosen = (name, text) => page.getByLabel('Open…').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
      await step('a wrong file is named at once, and nothing is asked', async () => {
        await page.evaluate(() => perennial.install('consultancy', { sample: false }));
        await page.evaluate(() => { location.hash = '#/settings/storage'; });
        await chosen('leads.json', '[1, 2]');
        await page.getByText('leads.json is not a snapshot of this product').waitFor();
        await chosen('torn.json', JSON.stringify({ ...sample, records: [{}] }));
        await page.getByText('torn.json was refused, and nothing was changed').waitFor();
        expect.equal('questions', await page.getByRole('dialog').count(), 0);
      });
      await step('it comes in through Settings, as a person opens it', async () => {
        await chosen('sample.json', JSON.stringify(sample));
        const question = page.getByRole('dialog', { name: 'Replace everything?' });
        await question.getByText(`${sample.records.length} records in`).waitFor();
        await axe();
        await shots('what a snapshot holds');
        await page.getByRole('button', { name: 'Replace everything' }).click();
        await expect.soon('the sample', () => page.evaluate(() => perennial.schema().entities.some(({ id }) => id === 'thing')));
        expect('the file on the disk', (await keys(page, 'blob')).includes(hash));
      });
      const saved = async () => {
        const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save', exact: true }).click()]);
        return JSON.parse(readFileSync(await download.path(), 'utf8'));
      };
      await step('it goes out with the snapshot, or stays behind', async () => {
        expect.equal('the file', (await saved()).files, sample.files);
        await page.getByRole('checkbox', { name: 'With files' }).uncheck();
        expect('no files', !('files' in (await saved())));
      });
    },
  },
];

/** The code of the refusal, or null. */
function restore(page, document) {
  return page.evaluate((text) => perennial.restore(text, { mode: 'replace' }).then(() => null, (error) => error.code ?? String(error)), JSON.stringify(document));
}

/** A copy with one place set or taken away, by its JSON pointer. */
function altered(document, { at, set, remove = false }) {
  const copy = structuredClone(document);
  const steps = at.slice(1).split('/');
  const last = steps.pop();
  const place = steps.reduce((inner, step) => inner[step], copy);
  if (remove) delete place[last];
  else place[last] = set;
  return copy;
}
