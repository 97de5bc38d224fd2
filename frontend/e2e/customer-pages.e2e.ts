import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectNoAxeViolations } from './axe';
import { type Desk, startDesk } from './desk';
import * as steps from './steps';

const anna = 'anna@bikes.example';
const bram = 'bram@shoes.example';
const newPassword = 'four green tulips in Gouda';
const resetPassword = 'nine loud herons near Leiden';

// What a customer meets, in order: each test goes on where the one before it ended.
describe('the customers’ pages', () => {
  let desk: Desk;
  let base: string;
  let password = steps.customerPassword;

  beforeAll(async () => {
    desk = await startDesk();
    await steps.useThisComputer(desk.page);
    await steps.addCustomer(desk.page, { username: anna, status: 'Activated', password });
    await steps.allSaved(desk.page);
  });
  afterAll(async () => {
    await desk.stop();
  });

  async function loggedIn(): Promise<Page> {
    const web = await desk.someoneElse();
    await steps.logIn(web, base, anna, password);
    await web.getByRole('heading', { name: 'Profile' }).waitFor();
    return web;
  }

  test('an account made Activated without a password mails a link to set one', async () => {
    await steps.addCustomer(desk.page, { username: bram, first: 'Bram', status: 'Activated' });
    const link = await steps.mailedLink(desk.page, bram);
    base = new URL(link).origin;
    expect(link).toContain('/reset?token=');
    const web = await desk.someoneElse();
    await setByLink(web, link, steps.customerPassword);
    // The log-in page knows who comes from the link.
    expect(await web.getByLabel('Username', { exact: true }).inputValue()).toBe(bram);
    await steps.logIn(web, base, bram, steps.customerPassword);
    await web.getByRole('heading', { name: 'Profile' }).waitFor();
    await web.context().close();
  });

  test('tells what is wrong with a profile beside each field and keeps what was typed', async () => {
    const web = await loggedIn();
    await web.getByLabel('First name', { exact: true }).fill('   ');
    await web.getByLabel('Website', { exact: true }).fill('not a website');
    await web.getByLabel('City', { exact: true }).fill('Delft');
    await web.getByRole('button', { name: 'Save changes' }).click();
    await web.getByRole('alert').getByText('2 fields need another look').waitFor();
    for (const name of ['First name', 'Website']) {
      const field = web.getByLabel(name, { exact: true });
      expect(await field.getAttribute('aria-invalid')).toBe('true');
      expect(await steps.description(field)).not.toBe('');
    }
    await steps.expectFocusOn(web.getByLabel('First name', { exact: true }));
    expect(await web.getByLabel('Website', { exact: true }).inputValue()).toBe('not a website');
    expect(await web.getByLabel('City', { exact: true }).inputValue()).toBe('Delft');
    expect(await web.getByLabel('Username', { exact: true }).getAttribute('readonly')).toBe('');

    await web.getByLabel('First name', { exact: true }).fill('Annelies');
    await web.getByLabel('Website', { exact: true }).fill('https://delft-bikes.example');
    await web.getByLabel('Country', { exact: true }).selectOption({ label: 'Netherlands' });
    await web.getByRole('button', { name: 'Save changes' }).click();
    await web.getByText('Your changes are saved.').waitFor();
    await steps.row(desk.page, anna).getByText('Annelies').first().waitFor();
    await web.context().close();
  });

  test('a new password needs the current one and ends the other sessions', async () => {
    const web = await loggedIn();
    const other = await loggedIn();
    await web.getByRole('link', { name: 'Password' }).click();
    const current = web.getByLabel('Current password', { exact: true });
    await changePassword(web, 'not the current one', newPassword);
    await web.getByRole('alert').waitFor();
    expect(await steps.description(current)).toContain('not the current password');
    await steps.expectFocusOn(current);
    await changePassword(web, password, 'password');
    expect(await steps.description(web.getByLabel('New password', { exact: true }))).not.toBe('');
    await changePassword(web, password, newPassword);
    await web.getByText('The password is changed.').waitFor();
    password = newPassword;

    await other.reload();
    await other.getByRole('heading', { name: 'Your session has ended' }).waitFor();
    await other.getByRole('link', { name: 'Log in again' }).click();
    await steps.logIn(other, base, anna, steps.customerPassword);
    await other.getByRole('alert').waitFor();
    await steps.logIn(other, base, anna, newPassword);
    await other.getByRole('heading', { name: 'Profile' }).waitFor();
    await web.reload();
    await web.getByRole('heading', { name: 'Password', exact: true }).waitFor();
    await web.context().close();
    await other.context().close();
  });

  test('the activity tells what happened and who did it', async () => {
    const web = await loggedIn();
    await web.getByRole('link', { name: 'Activity' }).click();
    const made = web.getByRole('listitem').filter({ hasText: 'Account created' });
    expect(await made.innerText()).toContain(steps.partner.name);
    const changed = web.getByRole('listitem').filter({ hasText: 'Profile changed' }).first();
    expect(await changed.innerText()).toContain('Annelies');
    expect(await changed.innerText()).toContain('You');
    await web.getByText('Password changed').first().waitFor();
    await web.context().close();
  });

  test('logging out ends the session', async () => {
    const web = await loggedIn();
    const inside = web.url();
    await web.getByRole('button', { name: 'Log out' }).click();
    await web.getByText('You are logged out.').waitFor();
    await web.goto(inside);
    expect(await web.getByLabel('Company', { exact: true }).count()).toBe(0);
    await web.goBack();
    expect(await web.getByRole('button', { name: 'Save changes' }).count()).toBe(0);
    await web.context().close();
  });

  test('a forgotten password is set with the link of the mail, which works once', async () => {
    const web = await desk.someoneElse();
    await web.goto(`${base}/login`);
    await web.getByRole('link', { name: 'Forgot password?' }).click();
    const username = web.getByLabel('Username', { exact: true });
    await username.fill('no address');
    await web.getByRole('button', { name: 'Send link' }).click();
    await web.getByRole('alert').waitFor();
    expect(await steps.description(username)).not.toBe('');
    await username.fill('nobody@bikes.example');
    await web.getByRole('button', { name: 'Send link' }).click();
    const unknown = await web.getByRole('main').innerText();
    await web.getByRole('link', { name: 'Try another address' }).click();
    await username.fill(anna);
    await web.getByRole('button', { name: 'Send link' }).click();
    // The answer does not tell whether there is such an account.
    await web.getByRole('heading', { name: 'Look in your mail' }).waitFor();
    expect((await web.getByRole('main').innerText()).replace(anna, 'nobody@bikes.example')).toBe(
      unknown,
    );

    const link = await steps.mailedLink(desk.page, anna);
    await web.goto(link);
    await web.getByLabel('New password', { exact: true }).fill(resetPassword);
    await web.getByLabel('Confirm new password', { exact: true }).fill('something else');
    await web.getByRole('button', { name: 'Set password' }).click();
    const again = web.getByLabel('Confirm new password', { exact: true });
    expect(await steps.description(again)).toContain('differ');
    await setByLink(web, link, resetPassword);
    password = resetPassword;
    await web.goto(link);
    await web.getByRole('heading', { name: 'This link no longer works' }).waitFor();
    await web.context().close();
    const home = await loggedIn();
    await home.context().close();
  });

  test.each([
    ['Pending Activate', /waiting for activation/],
    ['Locked', /locked/],
  ])('%s is told to those who know the password only', async (status, told) => {
    await steps.setStatus(desk.page, anna, status);
    const web = await desk.someoneElse();
    await steps.logIn(web, base, anna, 'a wrong guess');
    const alert = web.getByRole('alert');
    expect(await alert.innerText()).not.toMatch(told);
    const wrong = await alert.innerText();
    await steps.logIn(web, base, 'nobody@bikes.example', 'a wrong guess');
    expect(await alert.innerText()).toBe(wrong);
    await steps.logIn(web, base, anna, password);
    expect(await alert.innerText()).toMatch(told);
    expect(await web.getByLabel('Username', { exact: true }).inputValue()).toBe(anna);
    await web.context().close();
  });

  test('a link is entered without script by pasting it', async () => {
    await steps.setStatus(desk.page, anna, 'Activated');
    const context = await desk.browser.newContext({ javaScriptEnabled: false });
    const web = await context.newPage();
    const known = desk.openedLinks().length;
    await steps.logInAs(desk.page, anna, 'Without script');
    const link = await desk.openedLink(known);
    await web.goto(link);
    const field = web.getByLabel('Link or code', { exact: true });
    await web.getByRole('button', { name: 'Log in', exact: true }).click();
    await web.getByText('Paste the link or the code.').waitFor();
    await field.fill(link);
    await web.getByRole('button', { name: 'Log in', exact: true }).click();
    await web.getByRole('heading', { name: 'Profile' }).waitFor();
    await web.getByRole('button', { name: 'End session' }).click();
    await web.getByRole('heading', { name: 'Session ended' }).waitFor();
    await context.close();
  });

  test('every page is accessible, light and dark, and fits a phone', async () => {
    await steps.addCustomer(desk.page, { username: 'cora@tea.example', first: 'Cora' });
    const activation = await steps.mailedLink(desk.page, 'cora@tea.example');
    const web = await desk.someoneElse();
    const reset = await resetLink(web);

    const outside = [
      ['log in', `${base}/login`],
      ['forgot', `${base}/forgot`],
      ['activate', activation],
      ['dead link', `${base}/activate?token=dead`],
      ['reset', reset],
      ['enter', `${base}/enter`],
      ['ended', `${base}/ended`],
      ['not found', `${base}/nothing/here`],
    ] as const;
    for (const [name, url] of outside) {
      await web.goto(url);
      await expectGoodPage(web, name);
    }
    await steps.logIn(web, base, anna, 'a wrong guess');
    await expectGoodPage(web, 'log in with an error');
    await web.goto(activation);
    await web.getByRole('button', { name: 'Activate account' }).click();
    await expectGoodPage(web, 'activate with an error');
    await web.goto(`${base}/forgot`);
    await web.getByRole('button', { name: 'Send link' }).click();
    await expectGoodPage(web, 'forgot with an error');
    await web.getByLabel('Username', { exact: true }).fill(anna);
    await web.getByRole('button', { name: 'Send link' }).click();
    await expectGoodPage(web, 'forgot, sent');

    await steps.logIn(web, base, anna, password);
    await web.getByRole('heading', { name: 'Profile' }).waitFor();
    await expectGoodAccount(web, 'the account');
    await web.context().close();

    const known = desk.openedLinks().length;
    await steps.logInAs(desk.page, anna, 'A reason that is as long as a reason may well be in use');
    const visit = await desk.someoneElse();
    await visit.goto(await desk.openedLink(known));
    await visit.getByRole('button', { name: 'End session' }).waitFor();
    await expectGoodAccount(visit, 'the account in a visit');
    await visit.context().close();
  }, 240_000);

  async function resetLink(web: Page): Promise<string> {
    await web.goto(`${base}/forgot`);
    await web.getByLabel('Username', { exact: true }).fill(bram);
    await web.getByRole('button', { name: 'Send link' }).click();
    await web.getByRole('heading', { name: 'Look in your mail' }).waitFor();
    return await steps.mailedLink(desk.page, bram);
  }
});

/** The pages of the account, with and without errors in their forms. */
async function expectGoodAccount(web: Page, name: string): Promise<void> {
  await expectGoodPage(web, `${name}: profile`);
  await web.getByLabel('Company', { exact: true }).fill('');
  await web.getByRole('button', { name: 'Save changes' }).click();
  await web.getByRole('alert').waitFor();
  await expectGoodPage(web, `${name}: profile with an error`);
  await web.getByRole('link', { name: 'Password' }).click();
  await web.getByRole('heading', { name: 'Password', exact: true }).waitFor();
  await expectGoodPage(web, `${name}: password`);
  await web.getByRole('button', { name: 'Set password' }).click();
  await web.getByRole('alert').waitFor();
  await expectGoodPage(web, `${name}: password with an error`);
  await web.getByRole('link', { name: 'Activity' }).click();
  await web.getByRole('heading', { name: 'Activity' }).waitFor();
  await expectGoodPage(web, `${name}: activity`);
}

/** No accessibility violation, light or dark, and nothing to scroll sideways on a phone. */
async function expectGoodPage(web: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await web.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expectNoAxeViolations(web, `${name}, ${colorScheme}`);
  }
  const before = web.viewportSize();
  await web.setViewportSize({ width: 375, height: 667 });
  const width = await web.evaluate(() => document.documentElement.scrollWidth);
  expect(width, `width of ${name} on a phone`).toBeLessThanOrEqual(375);
  await expectNoAxeViolations(web, `${name} on a phone`);
  if (before) await web.setViewportSize(before);
}

async function setByLink(web: Page, link: string, password: string): Promise<void> {
  await web.goto(link);
  await web.getByLabel('New password', { exact: true }).fill(password);
  await web.getByLabel('Confirm new password', { exact: true }).fill(password);
  await web.getByRole('button', { name: 'Set password' }).click();
  await web.getByText('Your password is set.').waitFor();
}

async function changePassword(web: Page, current: string, next: string): Promise<void> {
  await web.getByLabel('Current password', { exact: true }).fill(current);
  await web.getByLabel('New password', { exact: true }).fill(next);
  await web.getByLabel('Confirm new password', { exact: true }).fill(next);
  await web.getByRole('button', { name: 'Set password' }).click();
}
