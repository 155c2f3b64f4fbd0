// A newcomer, in Chinese and with nothing but the screen: an entity of ten kinds of field, a form with a wizard, conditions and a
// table, filled in; the record is found in list, board, calendar, search and export.
import { readFileSync } from 'node:fs';

export default { name: 'a newcomer builds channel partners', timeout: 15_000, run };

async function run({ page, open, step, expect, axe }) {
  await open({ lang: 'zh-CN' });
  await page.evaluate(() => perennial.install('consultancy', {}));
  const inspector = page.getByRole('complementary', { name: '所选内容的设置' });
  const fields = page.getByRole('region', { name: '按分区排列的字段' });
  const form = page.getByRole('region', { name: '表单', exact: true });
  const add = async (kind, name) => {
    await page.getByRole('complementary', { name: '添加字段' }).getByRole('button', { name: kind, exact: true }).click();
    const input = inspector.getByLabel('中文名称');
    await expect.soon(`the name of ${kind} waits to be typed over`, () => input.evaluate((it) => it === document.activeElement && it.selectionEnd > 0));
    await page.keyboard.type(name);
    await page.keyboard.press('Tab');
    await fields.getByRole('button', { name: new RegExp(`^${name}`) }).waitFor();
  };

  await step('the entity', async () => {
    await page.getByRole('link', { name: '实体', exact: true }).click();
    await page.getByRole('button', { name: '新建实体…' }).click();
    const dialog = page.getByRole('dialog', { name: '新建实体' });
    await dialog.getByLabel('中文名称').fill('渠道合作伙伴');
    await dialog.getByRole('button', { name: '创建' }).click();
    await page.getByRole('heading', { name: '渠道合作伙伴' }).first().waitFor();
  });

  await step('ten fields of ten kinds', async () => {
    await add('单选', '级别');
    for (const option of ['洽谈中', '已签约', '已终止']) {
      await inspector.getByLabel('添加选项').fill(option);
      await page.keyboard.press('Enter');
    }
    await expect.soon('three options', async () => await inspector.getByLabel('选项中文名').count() === 3);
    for (const [kind, name] of [['日期', '签约日期'], ['金额', '保证金'], ['百分比', '返点'], ['电话', '联系电话'], ['邮箱', '邮箱地址'], ['是否', '独家代理'], ['多选', '覆盖行业'], ['数字', '团队人数']]) await add(kind, name);
  });

  await step('an option ends the work, and says so', async () => {
    await fields.getByRole('button', { name: /^级别/ }).click();
    await inspector.getByRole('button', { name: '“已签约”的颜色与含义' }).click();
    const sheet = page.getByRole('dialog', { name: '“已签约”的颜色与含义' });
    await sheet.getByLabel('到这一步意味着').selectOption('won');
    await sheet.getByLabel('权重（%）').fill('60');
    await sheet.getByLabel('权重（%）').press('Shift+Tab');
    await page.keyboard.press('Escape');
    await expect.soon('the focus at the option', () => page.evaluate(() => document.activeElement?.matches('.design__hue')));
    await inspector.locator('.design__ended').waitFor();
    await page.keyboard.press('Enter');
    expect.equal('its weight', await sheet.getByLabel('权重（%）').inputValue(), '60');
    await page.keyboard.press('Escape');
  });

  await step('a field is checked in words of its own', async () => {
    await fields.getByRole('button', { name: /^返点/ }).click();
    await inspector.getByText('校验', { exact: true }).click();
    await inspector.getByRole('button', { name: '添加校验' }).click();
    const check = inspector.getByRole('group', { name: '校验 1' });
    await check.getByRole('button', { name: '添加公式', exact: true }).click();
    await check.getByRole('combobox', { name: '公式' }).fill('返点<=30');
    await check.getByLabel('否则提示（中文）').fill('返点不能超过 30%');
    await check.getByLabel('否则提示（中文）').press('Tab');
    await axe();
  });

  await step('a form with a wizard, conditions and a table', async () => {
    await page.getByRole('button', { name: '新建表单…' }).click();
    const dialog = page.getByRole('dialog', { name: '新建表单' });
    await dialog.getByLabel('中文名称').fill('合作伙伴登记');
    await dialog.getByRole('button', { name: '创建' }).click();
    const palette = page.getByRole('complementary', { name: '添加到表单' });
    const put = async (name) => {
      await palette.getByRole('button', { name, exact: true }).click();
      await expect.soon(`${name} is looked at`, async () => (await inspector.getByRole('heading', { level: 2 }).textContent()).includes(name));
    };
    for (const name of ['级别', '签约日期', '保证金', '返点', '联系电话']) await put(name);
    await palette.getByRole('button', { name: '页面', exact: true }).click();
    await form.getByRole('button', { name: /第 2 页/ }).first().waitFor();
    for (const name of ['邮箱地址', '独家代理', '覆盖行业', '团队人数']) await put(name);
    const when = async (name, group, field, comparison, value) => {
      await form.getByRole('button', { name, exact: true }).click();
      await inspector.getByRole('heading', { level: 2, name }).waitFor();
      await inspector.getByText('条件', { exact: true }).click();
      const part = inspector.getByRole('group', { name: group });
      await part.getByRole('button', { name: '添加条件', exact: true }).click();
      await part.getByLabel('字段', { exact: true }).selectOption({ label: field });
      await part.getByLabel('比较方式').selectOption({ label: comparison });
      if (value) await value(part);
    };
    await when('团队人数', '何时显示', '独家代理', '是', (part) => part.getByLabel('值').selectOption({ label: '是' }));
    await when('邮箱地址', '何时必填', '联系电话', '为空');
    await palette.getByRole('button', { name: '明细表', exact: true }).click();
    await form.locator('.form-design__ghost--lines').waitFor();
    await axe();
    await page.getByRole('button', { name: '发布', exact: true }).click();
    await page.getByText('已发布为第 1 版').waitFor();
  });

  await step('it is filled in', async () => {
    await page.getByRole('link', { name: '表单', exact: true }).first().click();
    await page.getByRole('link', { name: '填写合作伙伴登记' }).click();
    await page.getByRole('heading', { name: '合作伙伴登记' }).waitFor();
    const today = await page.evaluate(() => new Date().toLocaleDateString('sv'));
    await page.getByLabel('名称').fill('华东云联');
    await page.getByRole('radio', { name: '洽谈中' }).or(page.getByLabel('级别')).first().waitFor();
    const level = page.getByLabel('级别');
    if (await page.getByRole('radio', { name: '洽谈中' }).count()) await page.getByText('洽谈中', { exact: true }).click();
    else await level.selectOption({ label: '洽谈中' });
    await page.getByLabel('签约日期').fill(today);
    await page.getByLabel('保证金').fill('50000');
    await page.getByLabel('返点').fill('45');
    await page.getByLabel('返点').press('Tab');
    await page.getByText('返点不能超过 30%').waitFor();
    await page.getByLabel('返点').fill('12');
    await page.getByLabel('返点').press('Tab');
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByLabel('邮箱地址').waitFor();
    expect.equal('the team is not asked for', await page.getByLabel('团队人数').count(), 0);
    await page.getByLabel('邮箱地址').fill('huadong@partner.example');
    await page.getByLabel('独家代理').check();
    await page.getByLabel('团队人数').fill('80');
    await page.getByRole('button', { name: '添加一行' }).click();
    await page.getByLabel('项目').last().fill('云主机');
    await page.getByLabel('数量').last().fill('3');
    await page.getByLabel('单价').last().fill('1200');
    await page.getByLabel('单价').last().press('Tab');
    await page.getByText('3,600').first().waitFor();
    await axe();
    await page.getByRole('button', { name: '提交' }).click();
    await page.getByText('谢谢，已经收到。').waitFor();
  });

  await step('it is found in list, board, calendar, search and export', async () => {
    await open({ lang: 'zh-CN' });
    await page.getByRole('link', { name: /^渠道合作伙伴/ }).first().click();
    await page.locator('.grid__body').getByText('华东云联').first().waitFor();
    const views = page.getByRole('navigation', { name: '已保存的视图' });
    await views.getByRole('link', { name: '看板' }).click();
    await page.locator('.board').getByText('华东云联').waitFor();
    await views.getByRole('link', { name: '日历' }).click();
    await page.locator('.page__body').getByText('华东云联').first().waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').first().fill('hdyl');
    await page.getByRole('option', { name: /华东云联/ }).first().waitFor();
    await page.keyboard.press('Escape');
    await views.getByRole('link').first().click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: '视图操作' }).first().click();
    await page.getByRole('menuitem', { name: /CSV/ }).click();
    const text = readFileSync(await (await download).path(), 'utf8');
    expect('the record is in the file', text.includes('华东云联') && text.includes('50000'));
  });

  await step('it is numbered afterwards', async () => {
    await page.evaluate(() => { location.hash = location.hash.replace(/#\/records\/([a-z_]+).*/, '#/build/entities/$1'); });
    await add('自动编号', '编号');
    await inspector.getByLabel('编号前缀').fill('QD-');
    await inspector.getByLabel('编号前缀').press('Tab');
    await inspector.getByText('编号形如 QD-00001').waitFor();
    await inspector.getByRole('button', { name: '按创建先后补上编号' }).click();
    await inspector.getByText('已有的').waitFor({ state: 'detached' });
    const held = () => page.evaluate(() => JSON.stringify(perennial.find(location.hash.match(/entities\/([a-z_]+)/)[1])));
    await expect.soon('the record has its number', async () => (await held()).includes('QD-00001'));
  });
}
