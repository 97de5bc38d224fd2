import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import { type Desk, startDesk } from './desk';
import { owner, startOffice } from './office';
import { root } from './programs';
import * as steps from './steps';

const folder = process.env.PARTNER_DESK_SCREENSHOTS ?? join(root, 'docs', 'screenshots');

// The settings show this folder, so it has a plain name.
const data = join(tmpdir(), 'partner-desk');
let desk: Desk;

beforeAll(async () => {
  rmSync(data, { recursive: true, force: true });
  desk = await startDesk({ data });
});
afterAll(async () => {
  await desk.stop();
  rmSync(data, { recursive: true, force: true });
});

async function picture(page: Page, name: string): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
  });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}

test('pictures of the main screens', async () => {
  const { page } = desk;
  const button = (name: string) => page.getByRole('button', { name });
  await button('Use this computer').waitFor();
  await picture(page, 'welcome');

  await button('Try with sample customers').click();
  await button('Add New Customer').first().waitFor();
  await page.getByRole('row').nth(10).waitFor();
  await steps.allSaved(page);
  await picture(page, 'list-light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await picture(page, 'list-dark');
  await page.emulateMedia({ colorScheme: 'light' });

  const search = page.getByRole('combobox', { name: 'Customer' });
  await search.fill('rob -status:locked');
  await page.locator('mark').first().waitFor();
  await picture(page, 'search');
  await search.fill('');
  await page.getByRole('row').nth(10).waitFor();
  await page.getByRole('row').nth(4).click();
  await page.keyboard.press('d');
  await page.getByRole('complementary').getByText('Created').first().waitFor();
  await page.waitForLoadState('networkidle');
  await picture(page, 'details');
  await page.keyboard.press('d');
  await page.keyboard.press('Control+a');
  await button('Set status').click();
  await page.getByRole('menuitem', { name: 'Locked' }).click();
  await steps
    .dialog(page)
    .getByRole('button', { name: /^Lock \d+ customers/ })
    .waitFor();
  await picture(page, 'bulk');
  await page.keyboard.press('Escape');
  await steps.closed(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('imp');
  await page
    .getByRole('option', { name: /Import/ })
    .first()
    .waitFor();
  await picture(page, 'palette');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+2');
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  await page.locator('canvas').first().waitFor();
  await picture(page, 'overview');
  await page.emulateMedia({ colorScheme: 'dark' });
  await picture(page, 'overview-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.keyboard.press('Control+1');
  await page.getByRole('row').nth(10).waitFor();

  await steps.chooseInMenu(page, 'About Partner Desk');
  await steps
    .dialog(page)
    .getByText(/^Version /)
    .waitFor();
  await picture(page, 'about');
  await page.keyboard.press('Escape');
  await steps.closed(page);

  await button('Add New Customer').first().click();
  await steps.fillCustomer(page, {
    username: 'anna@delft-bikes.example',
    first: 'Anna',
    last: 'de Vries',
    company: 'Delft Bikes',
  });
  await picture(page, 'add-customer');
  await page.keyboard.press('Escape');
  await button('Discard').click();
  await steps.closed(page);

  const username = await activatedCustomer(page);
  const form = await steps.edit(page, username, 'History');
  await form.getByRole('listitem').first().waitFor();
  await picture(page, 'history');
  await form.getByRole('tab', { name: 'Mails' }).click();
  await picture(page, 'mails');
  await page.keyboard.press('Escape');
  await steps.closed(page);

  await steps.logInAs(page, username, 'Help with the spring catalogue');
  const link = await desk.openedLink();
  const web = await desk.someoneElse();
  await web.setViewportSize({ width: 1280, height: 800 });
  await web.goto(link);
  await web.waitForURL('**/c/*/**');
  await picture(web, 'customer-account');
  await web.context().clearCookies();
  await web.goto(new URL('/login', link).href);
  await picture(web, 'customer-login');

  await page.getByRole('button', { name: /Sample Agency/ }).click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  await steps.dialog(page).waitFor();
  await picture(page, 'settings');
});

const anna = 'anna@delft-bikes.example';
const bram = 'bram@bos-shoes.example';
const chloe = 'chloe@lumiere.example';

test('pictures of a Back Office that two desks share', async () => {
  const office = await startOffice();
  const colleague = await startDesk();
  const shared = await startDesk();
  try {
    const { page } = shared;
    await page.getByRole('button', { name: 'Connect to a Back Office' }).click();
    await page
      .getByLabel('Back Office address', { exact: true })
      .fill('https://desk.wheels.example');
    await page.getByLabel('Username', { exact: true }).fill(owner.username);
    await picture(page, 'connect');
    await steps.connect(page, { address: office.url, password: owner.password });
    await steps.connectTo(colleague.page, office.url, owner.username, owner.password);
    await steps.addCustomer(page, { username: anna });
    await steps.addCustomer(page, { username: bram, first: 'Bram', last: 'Bos', company: 'Shoes' });
    await steps.addCustomer(page, {
      username: chloe,
      first: 'Chloé',
      last: 'Martin',
      company: 'Lumière',
    });
    await steps.editButton(colleague.page, chloe).waitFor();
    await steps.allSaved(page);

    await office.stop();
    await colleague.page.getByText(/^Offline since/).waitFor();
    await steps.change(colleague.page, anna, { City: 'Breda', Phone: '+31 76 123 45 67' });
    await page.getByText(/^Offline since/).waitFor();
    await steps.change(page, anna, { City: 'Tilburg', Phone: '+31 13 765 43 21' });
    await steps.change(page, bram, { Company: 'Shoes & Daughters' });
    const form = await steps.edit(page, chloe);
    await form.getByLabel('Status', { exact: true }).selectOption({ label: 'Locked' });
    await form.getByLabel(/^Lock reason/).fill('Invoice unpaid');
    await steps.ok(page);
    await steps.openChanges(page);
    await picture(page, 'waiting-changes');
    await shared.close();

    await office.start();
    await steps.allSaved(colleague.page);
    await shared.start();
    await shared.page.getByText('1 needs attention').first().waitFor();
    const panel = await steps.openAttention(shared.page);
    await panel.getByRole('radio', { name: 'City, Mine: Tilburg' }).check();
    await picture(shared.page, 'needs-attention');
    await shared.page.emulateMedia({ colorScheme: 'dark' });
    await picture(shared.page, 'needs-attention-dark');
    await shared.page.emulateMedia({ colorScheme: 'light' });
  } finally {
    await Promise.all([shared.stop(), colleague.stop()]);
    await office.remove();
  }
});

/** The username of an activated customer, from its row. */
async function activatedCustomer(page: Page): Promise<string> {
  const row = page.getByRole('row').filter({ hasText: 'Activated' }).first();
  const name = await row.getByRole('button', { name: /^Edit / }).getAttribute('aria-label');
  if (name === null) throw new Error('no activated customer is on the first screen');
  return name.replace(/^Edit /, '');
}
