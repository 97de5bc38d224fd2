import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectNoAxeViolations } from './axe';
import { type Desk, startDesk } from './desk';
import { type Office, owner, startOffice } from './office';
import { eventually } from './process';
import * as steps from './steps';

const anna = 'anna@bikes.example';
const sam = { name: 'Sam Support', username: 'sam@wheels.example' };

// The desk of an owner and that of a member, in order: each test goes on where the one before
// it ended.
describe('members of a partner', () => {
  let office: Office;
  let owners: Desk;
  let members: Desk;
  let password = '';

  beforeAll(async () => {
    [office, owners, members] = await Promise.all([startOffice(), startDesk(), startDesk()]);
    await steps.connectTo(owners.page, office.url, owner.username, owner.password);
    await steps.addCustomer(owners.page, {
      username: anna,
      status: 'Activated',
      password: steps.customerPassword,
    });
    await steps.allSaved(owners.page);
  });
  afterAll(async () => {
    await Promise.all([owners.stop(), members.stop()]);
    await office.remove();
  });

  const named = (page: Page, title: string | RegExp): Locator =>
    page.getByRole('dialog', { name: title });
  const member = (name: string): Locator =>
    named(owners.page, 'Members').getByRole('listitem').filter({ hasText: name });

  async function axe(page: Page, name: string): Promise<void> {
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectNoAxeViolations(page, `${name}, ${colorScheme}`);
    }
  }

  /** Generates a password in the dialog and returns it. */
  async function generate(form: Locator, label: string): Promise<string> {
    await form.getByRole('button', { name: 'Generate' }).click();
    const field = form.getByLabel(label, { exact: true });
    return await eventually(
      async () => (await field.inputValue()) || undefined,
      () => 'no password was generated',
    );
  }

  async function changeRole(role: RegExp): Promise<void> {
    const { page } = owners;
    await page.getByRole('button', { name: `Change ${sam.name}` }).click();
    const form = named(page, 'Change member');
    const option = form.getByRole('option', { name: role });
    await form
      .getByLabel('Role', { exact: true })
      .selectOption((await option.getAttribute('value')) ?? '');
    await form.getByRole('button', { name: 'OK', exact: true }).click();
    await form.waitFor({ state: 'detached' });
  }

  test('the owner sees the members, and that somebody has to be an owner', async () => {
    const { page } = owners;
    await steps.chooseInMenu(page, 'Members…');
    const self = member('(you)');
    await self.getByText('Owner', { exact: true }).waitFor();
    await self.getByText(/^Last sign-in /).waitFor();
    await axe(page, 'the members');

    await page.getByRole('button', { name: `Change ${owner.agency}` }).click();
    const form = named(page, 'Change member');
    await form.getByLabel('Role', { exact: true }).selectOption('manager');
    await form.getByRole('button', { name: 'OK', exact: true }).click();
    await form
      .getByRole('alert')
      .getByText(/only owner/)
      .waitFor();
    expect(await form.getByLabel('Role', { exact: true }).inputValue()).toBe('manager');
    await axe(page, 'a refused change');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Discard' }).click();
    await form.waitFor({ state: 'detached' });
    await steps.expectFocusOn(page.getByRole('button', { name: `Change ${owner.agency}` }));

    await page.getByRole('button', { name: `Disable ${owner.agency}` }).click();
    await page
      .getByRole('alertdialog')
      .getByText(/You are signed out/)
      .waitFor();
    await page.getByRole('button', { name: 'Disable', exact: true }).click();
    await self
      .getByRole('alert')
      .getByText(/only owner/)
      .waitFor();
  });

  test('the owner adds a member for support and gets what is to be handed over', async () => {
    const { page } = owners;
    await page.getByRole('button', { name: 'Add member' }).click();
    const form = named(page, 'Add member');
    const submit = form.getByRole('button', { name: 'Add member' });
    await submit.click();
    await steps.expectWrong(form.getByLabel('Name', { exact: true }), /./);
    await steps.expectWrong(form.getByLabel('Username', { exact: true }), /email address/);
    await steps.expectWrong(form.getByLabel('Password', { exact: true }), /./);
    await steps.expectFocusOn(form.getByLabel('Name', { exact: true }));
    await axe(page, 'adding a member');

    await form.getByLabel('Name', { exact: true }).fill(sam.name);
    await form.getByLabel('Username', { exact: true }).fill(owner.username);
    await form
      .getByLabel('Role', { exact: true })
      .selectOption({ label: 'Support: looks at customers and logs in as them' });
    password = await generate(form, 'Password');
    expect(await steps.description(form.getByLabel('Password', { exact: true }))).toMatch(
      /Hand it over yourself.*can change it/,
    );
    await submit.click();
    await steps.expectWrong(form.getByLabel('Username', { exact: true }), /already/);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Keep editing' }).click();
    await form.getByLabel('Username', { exact: true }).fill(sam.username);
    await submit.click();

    const details = named(page, `${sam.name} can sign in now`);
    for (const text of [office.url, sam.username, password]) {
      await details.getByText(text, { exact: true }).waitFor();
    }
    await steps.expectFocusOn(details.getByRole('button', { name: 'Copy', exact: true }));
    await axe(page, 'what is to be handed over');
    await page.keyboard.press('Escape');
    const asked = page.getByRole('alertdialog', { name: 'Close without copying?' });
    await axe(page, 'the question before a password is lost');
    await asked.getByRole('button', { name: 'Keep it open' }).click();
    await asked.waitFor({ state: 'detached' });
    await details.getByText(password, { exact: true }).waitFor();
    await details.getByRole('button', { name: 'Done' }).click();
    await details.waitFor({ state: 'detached' });
    await steps.expectFocusOn(page.getByRole('button', { name: 'Add member' }));
    await member(sam.name).getByText('Support', { exact: true }).waitFor();
    await member(sam.name).getByText('Never signed in').waitFor();
  });

  test('the member signs in, looks at customers and can change nothing', async () => {
    const { page } = members;
    await steps.connectTo(page, office.url, sam.username, password);
    const add = page.getByRole('button', { name: 'Add New Customer' });
    expect(await add.count()).toBe(1);
    expect(await add.getAttribute('aria-disabled')).toBe('true');
    await add.hover();
    await page.getByText(/As support you can’t add customers/).waitFor();
    await add.press('Enter');
    await page.getByRole('main').focus();
    await page.keyboard.press('n');
    await page.keyboard.press('/');
    await steps.expectFocusOn(page.getByRole('combobox', { name: 'Customer' }));
    expect(await page.getByRole('dialog').count()).toBe(0);

    await page.getByRole('button', { name: /^Workspace:/ }).click();
    await page.getByRole('menuitem', { name: 'Change password…' }).waitFor();
    expect(await page.getByRole('menuitem', { name: 'Members…' }).count()).toBe(0);
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: `View ${anna}` }).click();
    const form = steps.dialog(page);
    await form.getByText(/^You can look at customers and log in as them\./).waitFor();
    const fields = form.getByRole('textbox');
    expect(await fields.count()).toBeGreaterThan(10);
    for (const field of await fields.all()) {
      expect(await field.getAttribute('readonly'), String(field)).not.toBeNull();
    }
    expect(await form.getByRole('combobox').count()).toBe(0);
    expect(await form.getByLabel('Status', { exact: true }).inputValue()).toBe('Activated');
    for (const name of ['OK', 'Cancel', 'Resend mail', 'Copy link']) {
      expect(await form.getByRole('button', { name, exact: true }).count(), name).toBe(0);
    }
    await axe(page, 'a customer who can be looked at');
    await form.getByRole('tab', { name: 'Mails' }).click();
    await form.getByText('No mails to this customer yet.').waitFor();
    await form.getByRole('tab', { name: 'History' }).click();
    await form.getByText(`${owner.agency} added this customer`).waitFor();
    await form.getByRole('button', { name: 'Close' }).last().click();
    await steps.closed(page);
  });

  test('the member logs in as a customer, and the history says who it was', async () => {
    const { page } = members;
    await steps.logInAs(page, anna, 'Help with the spring order');
    const web = await members.someoneElse();
    await web.goto(await members.openedLink());
    await web.getByRole('button', { name: 'End session' }).waitFor();
    expect(await web.locator('body').innerText()).toContain(sam.name);
    await web.context().close();

    await page.getByRole('button', { name: `View ${anna}` }).click();
    const form = steps.dialog(page);
    await form.getByRole('tab', { name: 'History' }).click();
    await form
      .getByText(new RegExp(`^${sam.name} logged in as this customer.*spring order`))
      .first()
      .waitFor();
  });

  test('a new role counts at once, without signing in by hand', async () => {
    // The customer is still open on the member's desk.
    await changeRole(/^Manager/);
    await member(sam.name).getByText('Manager', { exact: true }).waitFor();
    const { page } = members;
    await steps.dialog(page).getByRole('tab', { name: 'Details' }).click();
    const form = steps.dialog(page);
    await form.getByRole('button', { name: 'OK', exact: true }).waitFor();
    await form.getByLabel('City', { exact: true }).fill('Gouda');
    await steps.ok(page);
    await steps.allSaved(page);
    expect(await page.getByText(/You are signed out/).count()).toBe(0);
    const add = page.getByRole('button', { name: 'Add New Customer' });
    expect(await add.getAttribute('aria-disabled')).toBeNull();

    const history = await steps.edit(page, anna, 'History');
    await history.getByText(`${sam.name} changed City to “Gouda”`).waitFor();
    await page.keyboard.press('Escape');
    await steps.closed(page);
  });

  test('a member changes the own password, and the desk goes on with it', async () => {
    const { page } = members;
    await steps.chooseInMenu(page, 'Change password…');
    const form = named(page, 'Change password');
    await form.getByLabel('Current password', { exact: true }).fill('not the password');
    const next = await generate(form, 'New password');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Keep editing' }).click();
    await form.getByRole('button', { name: 'OK', exact: true }).click();
    const current = form.getByLabel('Current password', { exact: true });
    await steps.expectWrong(current, /not your current password/);
    await steps.expectFocusOn(current);
    await axe(page, 'the own password');
    await current.fill(password);
    await form.getByRole('button', { name: 'OK', exact: true }).click();
    await page.getByText('Your password is changed').waitFor();
    await steps.closed(page);
    password = next;
    await members.restart();
    await steps.editButton(members.page, anna).waitFor();
    await steps.allSaved(members.page);
  });

  test('a password that the owner resets is asked for on the desk', async () => {
    const { page } = owners;
    await page.getByRole('button', { name: `Reset the password of ${sam.name}` }).click();
    const form = named(page, 'Reset password');
    password = await generate(form, 'New password');
    await axe(page, 'the reset of a password');
    await form.getByRole('button', { name: 'Reset', exact: true }).click();
    const details = named(page, `New password of ${sam.name}`);
    await details.getByText(password, { exact: true }).waitFor();
    await details.getByRole('button', { name: 'Done' }).click();
    await details.waitFor({ state: 'detached' });
    await members.page.getByText(/You are signed out of/).waitFor();
    await steps.signInAgain(members.page, password);
    await steps.allSaved(members.page);
  });

  test('a disabled member is signed out and told so, and comes back once enabled', async () => {
    const { page } = owners;
    await page.getByRole('button', { name: `Disable ${sam.name}` }).click();
    await page.getByRole('alertdialog', { name: `Disable ${sam.name}?` }).waitFor();
    await axe(page, 'disabling a member');
    await page.getByRole('button', { name: 'Disable', exact: true }).click();
    await member(sam.name).getByText('Disabled', { exact: true }).waitFor();
    await axe(page, 'a disabled member');

    await members.page.getByText(/You are signed out of/).waitFor();
    await members.page.getByRole('button', { name: 'Sign in', exact: true }).first().click();
    const form = steps.dialog(members.page);
    const field = form.getByLabel('Password', { exact: true });
    await field.fill(password);
    await form.getByRole('button', { name: 'Sign in', exact: true }).click();
    await steps.expectWrong(field, /not right, or you may not sign in any more\. Ask an owner/);

    await page.getByRole('button', { name: `Enable ${sam.name}` }).click();
    await page.getByRole('button', { name: `Disable ${sam.name}` }).waitFor();
    await form.getByRole('button', { name: 'Sign in', exact: true }).click();
    await steps.closed(members.page);
    await steps.allSaved(members.page);
  });
});
