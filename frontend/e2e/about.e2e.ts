import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectNoAxeViolations } from './axe';
import { type Desk, startDesk } from './desk';
import { customerId } from './files';
import { Publisher } from './publisher';
import * as steps from './steps';

async function about(page: Page, part?: 'Updates' | 'Licences'): Promise<Locator> {
  await steps.chooseInMenu(page, 'About Partner Desk');
  const form = steps.dialog(page);
  if (part) await form.getByRole('tab', { name: part }).click();
  return form;
}

async function close(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await steps.closed(page);
}

// In order: each test goes on where the one before it ended.
describe('about Partner Desk', () => {
  let desk: Desk;
  let publisher: Publisher;

  beforeAll(async () => {
    publisher = await Publisher.start();
    desk = await startDesk({ env: { PARTNER_DESK_UPDATE_KEY: publisher.key } });
  });
  afterAll(async () => {
    await desk.stop();
    await publisher.stop();
  });

  test('the version and the licences are told before the first start', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: /^Version \d/ }).click();
    const form = steps.dialog(page);
    await form.getByText(/^Version \d+\.\d+\.\d+$/).waitFor();
    await form.getByRole('tab', { name: 'Licences' }).click();
    const text = await form.getByRole('region', { name: 'Licences' }).innerText();
    for (const part of ['wailsapp/wails', 'modernc.org/sqlite', 'svelte', 'Go 1.', 'lucide']) {
      expect(text).toContain(part);
    }
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectNoAxeViolations(page, `the licences, ${colorScheme}`);
    }
    await close(page);
    await steps.useThisComputer(page);
  });

  test('nothing is asked until the user turns it on', async () => {
    const { page } = desk;
    publisher.publish({ version: '99.1.0', notes: 'https://desk.example/99.1' });
    const form = await about(page);
    await form.getByText(/does not look for newer versions/).waitFor();
    await form.getByRole('tab', { name: 'Updates' }).click();
    await form.getByLabel('Look for newer versions once a day').check();
    await form.getByLabel('Address', { exact: true }).fill('http://desk.example/desk.json');
    await form.getByRole('button', { name: 'Save' }).click();
    const address = form.getByLabel('Address', { exact: true });
    await steps.expectFocusOn(address);
    expect(await steps.description(address)).toContain('must begin with https://');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectNoAxeViolations(page, `updates, ${colorScheme}`);
    }
    await address.fill(publisher.address);
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('Partner Desk 99.1.0 is available', { exact: true }).waitFor();
    await form.getByRole('tab', { name: 'Version' }).click();
    await form.getByRole('button', { name: 'What is new' }).click();
    expect(await desk.openedLink()).toBe('https://desk.example/99.1');
    await close(page);
  });

  test('a newer version is told at the next start, and nothing is replaced', async () => {
    await desk.restart();
    const { page } = desk;
    await page.getByText(/^Partner Desk 99\.1\.0 is available\./).waitFor();
    const form = await about(page);
    await form.getByText(/never replaces itself/).waitFor();
    await close(page);
  });

  test('what the publisher did not sign is not believed', async () => {
    const { page } = desk;
    publisher.tamper('100.0.0');
    const form = await about(page, 'Updates');
    await form.getByRole('button', { name: 'Look now' }).click();
    await form.getByText(/was not signed by the publisher/).waitFor();
    expect(await page.getByText('100.0.0').count()).toBe(0);
    await form.getByLabel('Look for newer versions once a day').uncheck();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Keep editing' }).click();
    await form.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    await close(page);
    await desk.restart();
    await steps.chooseInMenu(desk.page, 'About Partner Desk');
    await steps
      .dialog(desk.page)
      .getByText(/does not look for newer versions/)
      .waitFor();
    await close(desk.page);
  });
});

describe('a link from outside', () => {
  let desk: Desk;
  const anna = 'anna@bikes.example';

  beforeAll(async () => {
    desk = await startDesk();
    await steps.useThisComputer(desk.page);
    await steps.addCustomer(desk.page, { username: anna });
    await steps.allSaved(desk.page);
  });
  afterAll(async () => {
    await desk.stop();
  });

  test('shows the customer that it names', async () => {
    const form = await steps.edit(desk.page, anna);
    await form.getByRole('button', { name: 'Copy address of this customer' }).click();
    await desk.page.getByText(/^Copied\. The address opens this customer/).waitFor();
    await close(desk.page);
    const id = customerId(join(desk.dataDir, 'local', 'replica.db'), anna);
    await desk.restart({ args: ['--', `partnerdesk://customer/${id}`] });
    const username = steps.dialog(desk.page).getByLabel('Username', { exact: true });
    await username.waitFor();
    expect(await username.inputValue()).toBe(anna);
    await close(desk.page);
  });

  test('to nobody known is told in words', async () => {
    const nobody = 'partnerdesk://customer/019a0c7e-5b1c-7c3e-8f00-0123456789ab';
    await desk.restart({ args: ['--', nobody] });
    await desk.page.getByText(/^The link names a customer who is not in this list/).waitFor();
    expect(await desk.page.getByRole('dialog').count()).toBe(0);
  });

  test('that asks for anything else does nothing', async () => {
    await desk.restart({ args: ['--', 'partnerdesk://customer/x?status=locked', '--demo'] });
    await desk.page.getByText(/This link can.t be opened: it names no customer/).waitFor();
    await steps.editButton(desk.page, anna).waitFor();
  });
});
