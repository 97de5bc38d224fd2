import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { expectNoAxeViolations } from './axe';
import { type Desk, startDesk } from './desk';
import { backupMade } from './files';
import * as steps from './steps';

const anna = 'anna@bikes.example';

describe('data in trouble', () => {
  let desk: Desk;
  let second: Desk | undefined;

  beforeAll(async () => {
    desk = await startDesk();
    await steps.useThisComputer(desk.page);
    await steps.addCustomer(desk.page, { username: anna });
    await steps.allSaved(desk.page);
  });
  afterEach(async () => {
    await second?.stop();
    second = undefined;
  });
  afterAll(async () => {
    await desk.stop();
  });

  async function tells(page: Page, words: RegExp): Promise<void> {
    await page.getByRole('heading', { name: 'Partner Desk can’t open your customers' }).waitFor();
    await page.getByRole('alert').getByText(words).first().waitFor();
  }

  test('a crash right after OK loses nothing', async () => {
    const { page } = desk;
    for (const username of ['crash-1@bikes.example', 'crash-2@bikes.example']) {
      await page.getByRole('button', { name: 'Add New Customer' }).first().click();
      await steps.fillCustomer(page, { username, first: 'Cas' });
      await steps.dialog(page).getByRole('button', { name: 'OK', exact: true }).click();
      await steps.closed(page);
    }
    await desk.restart({ crash: true });
    for (const username of [anna, 'crash-1@bikes.example', 'crash-2@bikes.example']) {
      await steps.editButton(desk.page, username).waitFor();
    }
    await steps.allSaved(desk.page);
    // What was acknowledged is at the Back Office once: its mail has one link.
    expect(await steps.mailedLink(desk.page, 'crash-2@bikes.example')).toContain('/activate?');
  });

  test('a second program on the same data says that it is open already', async () => {
    second = await startDesk({ data: desk.dataDir });
    await tells(second.page, /Partner Desk is open already/);
    expect(await second.page.getByRole('button', { name: /backup/ }).count()).toBe(0);
    await expectNoAxeViolations(second.page, 'the second program');
    await steps.editButton(desk.page, anna).waitFor();
  });

  test('a damaged file is told in plain words and its backup brings the list back', async () => {
    const file = join(desk.dataDir, 'local', 'replica.db');
    await backupMade(file);
    await desk.restart({
      whileDown: () => {
        writeFileSync(file, 'this is no database any more '.repeat(500));
      },
    });
    await tells(desk.page, /is damaged or is not a Partner Desk file/);
    for (const colorScheme of ['light', 'dark'] as const) {
      await desk.page.emulateMedia({ colorScheme });
      await expectNoAxeViolations(desk.page, `the problem screen, ${colorScheme}`);
    }
    const back = desk.page.getByRole('button', { name: /^Go back to the backup of .*\d{4}/ });
    await back.click();
    await steps.editButton(desk.page, anna).waitFor();
    // What the Back Office has beyond the backup comes back with the next sync.
    await steps.editButton(desk.page, 'crash-2@bikes.example').waitFor();
    await steps.allSaved(desk.page);
    await steps.addCustomer(desk.page, { username: 'after@bikes.example', first: 'Anton' });
    await steps.allSaved(desk.page);
    await desk.restart();
    await steps.editButton(desk.page, 'after@bikes.example').waitFor();
  });

  test('a damaged Back Office is told, too', async () => {
    const file = join(desk.dataDir, 'local', 'backoffice', 'backoffice.db');
    await backupMade(file);
    await desk.restart({
      whileDown: () => {
        writeFileSync(file, 'no database either '.repeat(500));
      },
    });
    await tells(desk.page, /is damaged or is not a Partner Desk file/);
    await desk.page.getByRole('button', { name: /^Go back to the backup of / }).click();
    await steps.editButton(desk.page, anna).waitFor();
    // The desk has seen more than the backup knows, which is for the user to settle.
    await desk.page.getByText(/^\d+ needs? attention$/).waitFor();
    // And it still hears of what is new.
    await steps.addCustomer(desk.page, { username: 'new@bikes.example', first: 'Nel' });
    const web = await desk.someoneElse();
    await steps.activate(web, await steps.linkInMails(desk.page, 'new@bikes.example'));
    await steps.row(desk.page, 'new@bikes.example').getByText('Activated').waitFor();
    await web.context().close();
  });
});
