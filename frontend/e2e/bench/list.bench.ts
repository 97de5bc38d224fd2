import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type Desk, startDesk } from '../desk';
import * as steps from '../steps';
import { awaitText, followPaints, painted, report, share } from './paints';

const words = 14; // typed letter by letter, over each list
const times = 30; // of an edit and of a log-in-as

describe.each([100_000, 1_000_000])('a list of %i customers', (size) => {
  let desk: Desk;
  let replica: string;

  beforeAll(async () => {
    // What is measured is the work for a frame, not the wait for the next one.
    desk = await startDesk({ browserArgs: ['--disable-frame-rate-limit', '--disable-gpu-vsync'] });
    await steps.useThisComputer(desk.page);
    await steps.addCustomer(desk.page, { username: 'aaron@bikes.example', first: 'Aaron' });
    await steps.allSaved(desk.page);
    replica = join(desk.dataDir, 'local', 'replica.db');
    await desk.restart({
      whileDown: () => {
        execFileSync(process.env.PARTNER_DESK_FILL ?? 'fill', [replica, String(size)]);
      },
    });
    await box(desk).fill('aaron@bikes');
    // The row is there before the search is answered, which waits for the index.
    await desk.page.getByRole('grid').locator('mark').first().waitFor({ timeout: 300_000 });
    await followPaints(desk.page, 'main .list');
  });
  afterAll(async () => {
    await desk.stop();
  });

  test('key press to painted result', async () => {
    const { page } = desk;
    const took: number[] = [];
    for (const word of known(replica, size)) {
      await box(desk).fill('');
      await painted(page);
      for (const letter of word) {
        await page.keyboard.down(letter);
        const paints = await painted(page);
        await page.keyboard.up(letter);
        if (paints) took.push(paints.painted - paints.pressed);
      }
      // What is on screen answers the whole word.
      const marks = await page.getByRole('grid').locator('mark').allInnerTexts();
      expect(marks.join(' ').toLowerCase()).toContain((word.split(' ')[0] ?? '').toLowerCase());
    }
    report(`KeyToPaint/${String(size)}`, took);
  });

  test('dialog closed to list painted', async () => {
    const { page } = desk;
    await box(desk).fill('aaron@bikes');
    const took: number[] = [];
    for (let i = 0; i < times; i++) {
      const form = await steps.edit(page, 'aaron@bikes.example');
      await form.getByLabel('Last name', { exact: true }).fill(`Number ${String(i)}.`);
      await awaitText(page, `Number ${String(i)}.`);
      await form.getByRole('button', { name: 'OK', exact: true }).click();
      const paints = await painted(page);
      if (paints) took.push(Math.max(0, paints.painted - paints.gone));
    }
    report(`SaveToPaint/${String(size)}`, took);
  });
});

describe('log in as', () => {
  let desk: Desk;
  let opened: string;

  beforeAll(async () => {
    desk = await startDesk();
    await steps.useThisComputer(desk.page);
    await steps.addCustomer(desk.page, { username: 'aaron@bikes.example' });
    await steps.allSaved(desk.page);
    // The system browser is one that notes when it was asked.
    opened = join(desk.dataDir, 'opened');
    desk.replaceBrowser(`#!/bin/sh\ndate +%s%N >> '${opened}'\n`);
    writeFileSync(opened, '');
  });
  afterAll(async () => {
    await desk.stop();
  });

  test('click to link handed to the browser', async () => {
    const { page } = desk;
    const took: number[] = [];
    await page.evaluate(() => {
      addEventListener(
        'click',
        (event) => {
          Object.assign(window, { clicked: performance.timeOrigin + event.timeStamp });
        },
        true,
      );
    });
    for (let i = 0; i < times; i++) {
      await steps.logInAsButton(page, 'aaron@bikes.example').click();
      const form = steps.dialog(page);
      await form.getByLabel(/^Reason/).fill('A benchmark');
      // As a finger does: the button is down for a while, which is not what is measured.
      await form.getByRole('button', { name: 'Log in', exact: true }).click({ delay: 80 });
      await steps.closed(page);
      const stamps = await seen(opened, i + 1);
      const clicked = await page.evaluate(() => (window as unknown as { clicked: number }).clicked);
      took.push(Number(stamps[i]) / 1e6 - clicked);
    }
    // The yardstick: what the system's opener takes by itself, in the same session.
    const home = join(desk.dataDir, '..', 'home');
    const env = {
      PATH: process.env.PATH,
      HOME: home,
      XDG_CONFIG_HOME: join(home, '.config'),
      XDG_DATA_HOME: join(home, '.local', 'share'),
      DISPLAY: ':none', // as there: a window system, not a terminal
    };
    const opener: number[] = [];
    for (let i = times; i < 2 * times; i++) {
      const asked = performance.timeOrigin + performance.now();
      execFileSync('xdg-open', ['http://127.0.0.1/'], { env });
      opener.push(Number((await seen(opened, i + 1))[i]) / 1e6 - asked);
    }
    report('LogInAs', took, `${share(opener, 0.95)} opener-p95-ms`);
  });
});

function box(desk: Desk) {
  return desk.page.getByRole('combobox', { name: 'Customer' });
}

async function seen(file: string, lines: number): Promise<string[]> {
  for (;;) {
    const found = readFileSync(file, 'utf8').split('\n').filter(Boolean);
    if (found.length >= lines) return found;
    await new Promise((next) => setTimeout(next, 5));
  }
}

/** Beginnings of names, companies and usernames that there are, spread over the list. */
function known(replica: string, size: number): string[] {
  const question = `SELECT json_extract(server, '$.' || CASE seq % 3 WHEN 0 THEN 'last_name' WHEN 1 THEN 'company' ELSE 'username' END)
FROM customer WHERE seq % ${String(Math.floor(size / words / 2))} = 7`;
  return execFileSync('sqlite3', ['-readonly', replica, question], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => /^[a-z][a-z0-9 @.-]{3,}$/i.test(line))
    .slice(0, words)
    .map((line) => line.slice(0, 7).trim());
}
