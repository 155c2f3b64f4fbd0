// What every journey stands on: a fresh browser profile each, the built app under a sub-path, and no error let through.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { serve } from './serve.mjs';

export const ROOT = resolve(import.meta.dirname, '../..');
const SHOTS = join(ROOT, 'target/journey');
export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** What a journey may take at most, in milliseconds: a page that hangs answers nobody, and whoever asks it would wait for ever. */
const LIMIT = 240_000;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
export const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'];

export const WIDTHS = { wide: 1440, tablet: 1024, phone: 390 };

/** Serves the built app for as long as `work` runs. */
export async function withServer(work, folder = join(ROOT, 'dist')) {
  if (!existsSync(join(folder, 'index.html'))) throw new Error(`${folder} is empty: run \`cargo xtask build\` first`);
  const server = await serve(folder, { path: '/sub/path/' });
  try {
    return await work(server);
  } finally {
    await server.close();
  }
}

/**
 * Runs one journey in a profile of its own and throws what went wrong. `journey.run` is given:
 *   page, context      Playwright's, of the first tab
 *   server             { url, port, close } of the static server
 *   open(options)      goes to the app and waits until it has mounted: { route, query, lang, theme, width, height, page }
 *   step(text, work)   names what a person does, for the message when it fails
 *   expect(what, is)   throws unless `is`; `expect.equal(what, actual, expected)`; `expect.soon(what, question)`
 *   axe(options)       fails on accessibility violations: { page, include, except: [rule ids] }
 *   shots(name)        takes a picture into target/journey
 *   allow(pattern)     lets errors through that the journey causes on purpose
 */
export async function runJourney(journey, server) {
  const profile = mkdtempSync(join(tmpdir(), 'perennial-journey-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM, args: FLAGS, headless: true, acceptDownloads: true, reducedMotion: 'reduce',
    viewport: { width: WIDTHS.wide, height: 900 }, locale: 'en-GB', timezoneId: 'Asia/Shanghai',
    permissions: ['clipboard-read', 'clipboard-write'], ...journey.context,
  });
  const errors = watch(context);
  context.setDefaultTimeout(journey.timeout ?? 10_000);
  let doing = 'starting';
  try {
    const page = context.pages()[0] ?? await context.newPage();
    const step = async (text, work) => { doing = text; return work(); };
    const walk = journey.run({
      page, context, server, step, expect,
      open: (options) => open(server, page, options),
      axe: (options) => axe(options?.page ?? page, options),
      shots: (name, options) => shoot(page, name, options),
      allow: (pattern) => errors.allowed.push(pattern),
    });
    await within(Math.max(LIMIT, journey.timeout ?? 0), walk, 'the journey');
    doing = 'looking for errors';
    const left = errors.left();
    if (left.length) throw new Error(left.join('\n'));
  } catch (error) {
    for (const [index, page] of context.pages().entries()) {
      const picture = shoot(page, index ? `${journey.name}-${index + 1}` : journey.name);
      await within(10_000, picture, 'the picture').catch(() => {});
    }
    const seen = errors.found.length ? `\nThe page said:\n${errors.found.join('\n')}` : '';
    const failure = new Error(`${doing}: ${error.message}${seen}`, { cause: error });
    // What the page complains of is a fault of the app, however seldom it comes.
    failure.isOfPage = errors.left().length > 0;
    throw failure;
  } finally {
    await within(20_000, context.close(), 'closing').catch(() => endBrowser(profile));
    rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** What `work` comes to, or an error when it takes longer. */
async function within(milliseconds, work, what) {
  let clock;
  const end = new Promise((_, fail) => {
    clock = setTimeout(() => fail(new Error(`${what} was not over after ${milliseconds / 1000} s`)), milliseconds);
  });
  try {
    return await Promise.race([work, end]);
  } finally {
    clearTimeout(clock);
    // Nobody waits for it any more.
    Promise.resolve(work).catch(() => {});
  }
}

/** Ends the browser of a profile that does not close. */
function endBrowser(profile) {
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(profile)) process.kill(Number(id), 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

function watch(context) {
  const errors = { found: [], allowed: [], left: () => errors.found.filter((error) => !errors.allowed.some((pattern) => pattern.test(error))) };
  const note = (text) => errors.found.push(text);
  context.on('console', (message) => { if (message.type() === 'error') note(`console: ${message.text()} ${message.location().url}`); });
  context.on('weberror', (error) => note(`page error: ${error.error()?.message ?? error.error()}`));
  context.on('requestfailed', (request) => {
    // Leaving a page ends what it was still loading: that is no fault of the app.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') note(`request: ${request.url()} ${request.failure()?.errorText}`);
  });
  context.on('response', (response) => { if (response.status() >= 400) note(`request: ${response.url()} ${response.status()}`); });
  return errors;
}

async function open(server, firstPage, { route = '', query = '', lang = 'en', theme = 'light', width = WIDTHS.wide, height = 900, page = firstPage } = {}) {
  await page.setViewportSize({ width, height });
  // Only where nothing is chosen yet, so that a choice made in the app outlives a reload.
  await page.addInitScript(([language, chosen]) => {
    localStorage['perennial.language'] ??= language;
    localStorage['perennial.theme'] ??= chosen;
  }, [lang, theme]);
  await page.goto(`${server.url}${query}${route && `#${route.replace(/^#/, '')}`}`);
  await mounted(page);
  return page;
}

/** Waits until the splash has gone and the workspace is open. */
export async function mounted(page) {
  await page.waitForFunction(() => !document.getElementById('splash')?.getClientRects().length);
  await page.evaluate(() => globalThis.perennial?.ready);
}

export function expect(what, is) {
  if (!is) throw new Error(`expected ${what}`);
}

expect.equal = (what, actual, expected) => {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (left !== right) throw new Error(`${what}: expected ${right}, found ${left}`);
};

/** Asks until the answer is yes: for what follows from an act without an event to wait for. */
expect.soon = async (what, question, milliseconds = 5000) => {
  const end = Date.now() + milliseconds;
  while (!(await question())) {
    if (Date.now() > end) throw new Error(`expected ${what} within ${milliseconds} ms`);
    await new Promise((done) => setTimeout(done, 50));
  }
};

/** Fails with the list of accessibility violations. */
export async function axe(page, { include, except = [] } = {}) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(([where, off]) => globalThis.axe.run(where ?? document, {
    resultTypes: ['violations'], rules: Object.fromEntries(off.map((rule) => [rule, { enabled: false }])),
  }), [include, except]);
  if (!violations.length) return;
  const lines = violations.map(({ id, help, nodes }) =>
    `  ${id}: ${help}\n${nodes.slice(0, 5).map((node) => `    ${node.target.join(' ')} ${node.any[0]?.message ?? ''}`).join('\n')}`);
  throw new Error(`axe found\n${lines.join('\n')}`);
}

/** A picture in target/journey, or in another folder under target. */
export async function shoot(page, name, { folder = SHOTS, ...options } = {}) {
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name.replace(/[^\p{L}\p{N}]+/gu, '-')}.png`), ...options });
}
