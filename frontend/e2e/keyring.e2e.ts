import type { Page } from 'playwright-core';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { expectNoAxeViolations } from './axe';
import { type Desk, startDesk } from './desk';
import * as steps from './steps';

const anna = 'anna@bikes.example';

describe('without a keyring', () => {
  let desk: Desk;

  afterAll(async () => {
    await desk.stop();
  });

  test('the app tells what is missing and goes on', async () => {
    desk = await startDesk({ keyring: 'none' });
    await steps.useThisComputer(desk.page);
    await desk.page
      .getByRole('status')
      .getByText(/^There is no keyring on this computer\. Install GNOME Keyring/)
      .waitFor();
    await expectNoAxeViolations(desk.page, 'the list without a keyring');
    await steps.addCustomer(desk.page, { username: anna });
    await steps.allSaved(desk.page);
    const form = await settings(desk.page);
    await form.getByText(/There is no keyring on this computer/).waitFor();
    await expectNoAxeViolations(desk.page, 'account settings without a keyring');
    await desk.page.keyboard.press('Escape');
    await steps.closed(desk.page);
  });

  test('the next start asks, and tells a wrong password beside the field', async () => {
    await desk.restart();
    const { page } = desk;
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.getByText(/There is no keyring on this computer/).waitFor();
    await page.getByText(steps.partner.email).waitFor();
    const password = page.getByLabel('Password', { exact: true });
    await steps.expectFocusOn(password);
    const signIn = page.getByRole('button', { name: 'Sign in', exact: true });
    await signIn.click();
    await steps.becomes(() => steps.description(password), 'Enter your password.');
    await password.fill('a wrong guess');
    await signIn.click();
    await steps.becomes(() => steps.description(password), 'This password is not right.');
    await steps.expectFocusOn(password);
    expect(await password.inputValue()).toBe('a wrong guess');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectNoAxeViolations(page, `the sign-in screen, ${colorScheme}`);
    }
  });

  test('edits wait while working offline, and signing in sends them', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: 'Work offline' }).click();
    await steps.editButton(page, anna).waitFor();
    await page.getByRole('button', { name: /^Signed out/ }).waitFor();
    await steps.addCustomer(page, { username: 'bram@shoes.example', first: 'Bram' });
    const form = await steps.edit(page, anna);
    await form.getByLabel('City', { exact: true }).fill('Delft');
    await form.getByRole('button', { name: 'OK', exact: true }).click();
    await steps.closed(page);
    expect(await page.getByText('All changes saved').count()).toBe(0);
    const corner = page.getByRole('button', { name: /^Signed out/ });
    await corner.click();
    await page.getByText('1 new customer').waitFor();
    await page.getByText('1 edit').waitFor();
    await page.getByText('1 activation mail').waitFor();
    await expectNoAxeViolations(page, 'the list while signed out');
    await page.keyboard.press('Escape');
    // Logging in as a customer needs the Back Office; the icon says so.
    const enter = steps.logInAsButton(page, anna);
    expect(await enter.getAttribute('aria-disabled')).toBe('true');
    await enter.hover();
    await page
      .getByText(/Sign in first/)
      .first()
      .waitFor();

    await page.getByText(/^You are signed out of Wheel Agency/).waitFor();
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    const signIn = steps.dialog(page);
    const password = signIn.getByLabel('Password', { exact: true });
    await steps.expectFocusOn(password);
    await password.fill('a wrong guess');
    await page.keyboard.press('Enter');
    await steps.becomes(() => steps.description(password), 'This password is not right.');
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectNoAxeViolations(page, `the sign-in dialog, ${colorScheme}`);
    }
    await password.fill(steps.partner.password);
    await signIn.getByRole('button', { name: 'Sign in', exact: true }).click();
    await steps.closed(page);
    await steps.editButton(page, anna).waitFor();
    await steps.allSaved(page);
    expect(await steps.mailedLink(page, 'bram@shoes.example')).toContain('/activate?');
    const history = await steps.edit(page, anna, 'History');
    await history
      .getByText(/City to “Delft”/)
      .first()
      .waitFor();
    await page.keyboard.press('Escape');
    await steps.closed(page);
  });

  test('a keyring that has come is used from then on', async () => {
    await desk.restart({ keyring: 'unlocked' });
    await desk.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await desk.page.getByText(/There is no keyring/).count()).toBe(0);
    await desk.page.getByLabel('Password', { exact: true }).fill(steps.partner.password);
    await desk.page.keyboard.press('Enter');
    await steps.editButton(desk.page, anna).waitFor();
    await desk.restart();
    await steps.editButton(desk.page, anna).waitFor();
    await steps.allSaved(desk.page);
  });
});

describe('with a keyring that can’t be used', () => {
  let desk: Desk | undefined;

  afterEach(async () => {
    await desk?.stop();
  });

  test('the app says that it is locked, asks, and goes on', async () => {
    desk = await startDesk();
    await steps.useThisComputer(desk.page);
    await steps.addCustomer(desk.page, { username: anna });
    await steps.allSaved(desk.page);
    await desk.restart({ keyring: 'locked' });
    const { page } = desk;
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    const told = page.getByText(/^The keyring is locked\. Unlock it/);
    await told.waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await told.waitFor();
    await page.getByLabel('Password', { exact: true }).fill(steps.partner.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await steps.editButton(page, anna).waitFor();
    await steps.allSaved(page);
    await told.waitFor();
    // Unlocked, it still holds the credential: nothing is asked.
    await desk.restart({ keyring: 'unlocked' });
    await steps.editButton(desk.page, anna).waitFor();
    await steps.allSaved(desk.page);
  });

  test('one that was never set up is told on the way', async () => {
    desk = await startDesk({ keyring: 'locked' });
    await steps.useThisComputer(desk.page);
    await desk.page.getByText(/^The keyring has not been set up yet\./).waitFor();
    await steps.addCustomer(desk.page, { username: anna });
    await steps.allSaved(desk.page);
  });
});

async function settings(page: Page) {
  await page.getByRole('button', { name: /^Workspace:/ }).click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  const form = steps.dialog(page);
  await form.getByRole('tab', { name: 'Account' }).click();
  return form;
}
