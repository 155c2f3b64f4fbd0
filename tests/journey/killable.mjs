// A browser that can be killed like a machine that loses its power: at once, with everything that belongs to it.
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { CHROMIUM, FLAGS } from './harness.mjs';

/** A browser in a process group of its own, on a profile that outlives it. */
export async function start(profile) {
  const words = [...FLAGS, '--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'];
  const child = spawn(CHROMIUM, words, { detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
  const address = await new Promise((done, fail) => {
    let said = '';
    child.stderr.on('data', (data) => {
      said += data;
      const found = /DevTools listening on (ws:\S+)/.exec(said);
      if (found) done(found[1]);
    });
    child.on('error', fail);
    child.on('exit', (code) => fail(new Error(`the browser ended with ${code}: ${said}`)));
  });
  const connection = await chromium.connectOverCDP(address);
  const context = connection.contexts()[0];
  const kill = async () => {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      return;
    }
    while (isAlive(child.pid)) await new Promise((done) => setTimeout(done, 10));
    await connection.close().catch(() => {});
  };
  const page = context.pages()[0] ?? await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
  return { page, errors, kill };
}

/** Whether any process of a group is left that is not just waiting to be buried. */
function isAlive(group) {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).some((name) => {
    try {
      const [state, , processGroup] = readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
      return Number(processGroup) === group && state !== 'Z';
    } catch {
      return false;
    }
  });
}
