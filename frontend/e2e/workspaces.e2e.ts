import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { expectNoAxeViolations } from './axe';
import { type Desk, startDesk } from './desk';
import { type Office, owner, startOffice } from './office';
import * as steps from './steps';

const anna = 'anna@bikes.example';
const bram = 'bram@shoes.example';

// One desk and two Back Offices, in order: each test goes on where the one before it ended.
describe('two Back Offices on one computer', () => {
  let desk: Desk;
  let first: Office;
  let second: Office;

  beforeAll(async () => {
    [first, second, desk] = await Promise.all([startOffice(), startOffice(), startDesk()]);
  });
  afterAll(async () => {
    await desk.stop();
    await Promise.all([first.remove(), second.remove()]);
  });

  const host = (office: Office): string => new URL(office.url).host;

  test('the first is connected from the welcome screen, the second from Settings', async () => {
    const { page } = desk;
    await steps.connectTo(page, first.url, owner.username, owner.password);
    await steps.addCustomer(page, { username: anna });
    await steps.allSaved(page);
    const form = await account(page);
    await form.getByRole('button', { name: 'Connect to a Back Office…' }).click();
    const address = page.getByLabel('Back Office address', { exact: true });
    await steps.expectFocusOn(address);
    await steps.connect(page, {
      address: second.url,
      username: owner.username,
      password: owner.password,
    });
    await steps.closed(page);
    await page.getByText('No customers yet').first().waitFor();
  });

  test('the menu switches to the other and back', async () => {
    const { page } = desk;
    await switchTo(page, host(first));
    await steps.editButton(page, anna).waitFor();
    await switchTo(page, host(second));
    await page.getByText('No customers yet').first().waitFor();
  });

  test('signing out names what waits, which goes after signing in', async () => {
    const { page } = desk;
    await second.stop();
    await steps.addCustomer(page, { username: bram });
    await steps.chooseInMenu(page, 'Sign out');
    const asked = page.getByRole('alertdialog');
    await asked.getByText(/^1 unsent change is kept/).waitFor();
    await asked.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.getByLabel('Password', { exact: true }).waitFor();
    await second.start();
    await page.getByLabel('Password', { exact: true }).fill(owner.password);
    await page.keyboard.press('Enter');
    await steps.editButton(page, bram).waitFor();
    await steps.allSaved(page);
  });

  test('one with unsent changes is removed by two answers, and not by a double click', async () => {
    const { page } = desk;
    await second.stop();
    await steps.change(page, bram, { City: 'Breda' });
    await switchTo(page, host(first));
    await steps.editButton(page, anna).waitFor();
    const form = await account(page);
    const item = form.getByRole('listitem').filter({ hasText: host(second) });
    const remove = item.getByRole('button', { name: /^Remove / });
    const asked = page.getByRole('alertdialog');
    const lost = asked.getByText(/^One change has not reached the Back Office/);
    await remove.click();
    await asked.getByRole('button', { name: 'Remove', exact: true }).dblclick();
    await lost.waitFor();
    await steps.expectFocusOn(asked.getByRole('button', { name: 'Cancel' }));
    await expectNoAxeViolations(page, 'the question before changes are lost');
    await asked.getByRole('button', { name: 'Cancel' }).click();
    await asked.waitFor({ state: 'detached' });
    await steps.expectFocusOn(remove);

    await remove.click();
    await asked.getByRole('button', { name: 'Remove', exact: true }).click();
    await lost.waitFor();
    await asked.getByRole('button', { name: 'Remove and lose them' }).click();
    await item.waitFor({ state: 'detached' });
    await steps.expectFocusOn(form.getByRole('button', { name: 'Connect to a Back Office…' }));
  });
});

async function account(page: Page): Promise<Locator> {
  await steps.chooseInMenu(page, 'Settings');
  const form = steps.dialog(page);
  const tab = form.getByRole('tab', { name: 'Account' });
  if ((await tab.count()) > 0) await tab.click();
  await form.getByRole('button', { name: 'Connect to a Back Office…' }).waitFor();
  return form;
}

async function switchTo(page: Page, where: string): Promise<void> {
  await page.getByRole('button', { name: /^Workspace:/ }).click();
  await page.getByRole('menuitem').filter({ hasText: where }).click();
}
