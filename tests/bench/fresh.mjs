// A browser that has never been anywhere: nothing cached, nothing stored, everything it stores on the disk.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { CHROMIUM, FLAGS } from '../journey/harness.mjs';

/** Runs `work(page)` in a profile of its own, which is gone afterwards. */
export async function withFreshProfile(work) {
  const profile = mkdtempSync(join(tmpdir(), 'perennial-bench-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM, args: FLAGS, headless: true, locale: 'en-GB', timezoneId: 'Asia/Shanghai',
  });
  context.setDefaultTimeout(180_000);
  try {
    return await work(context.pages()[0] ?? await context.newPage());
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
