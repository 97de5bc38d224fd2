import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectNoAxeViolations } from './axe';
import { type Desk, startDesk } from './desk';
import { eventually } from './process';
import * as steps from './steps';

const anna = 'anna@bikes.example';
const bram = 'bram@shoes.example';
const cora = 'cora@tea.example';

// Without a keyring a restart signs out: that is how changes come to wait here.
describe('the customer dialog', () => {
  let desk: Desk;
  let base: string;

  beforeAll(async () => {
    desk = await startDesk({ keyring: 'none' });
    await steps.useThisComputer(desk.page);
    base = await desk.page.evaluate(async () => {
      const { go } = globalThis as unknown as {
        go: { main: { App: { State: () => Promise<{ workspace: { address: string } }> } } };
      };
      return (await go.main.App.State()).workspace.address;
    });
  });
  afterAll(async () => {
    await desk.stop();
  });

  const field = (name: string): Locator =>
    steps.dialog(desk.page).getByLabel(name, { exact: true });
  const button = (name: string): Locator =>
    steps.dialog(desk.page).getByRole('button', { name, exact: true });

  async function add(): Promise<void> {
    await desk.page.getByRole('button', { name: 'Add New Customer' }).first().click();
    await field('Username').waitFor();
  }

  async function ok(): Promise<void> {
    await button('OK').click();
    await steps.closed(desk.page);
  }

  async function discard(): Promise<void> {
    await desk.page.getByRole('button', { name: 'Discard' }).click();
    await steps.closed(desk.page);
  }

  /** Changes the profile as the customer does, in a browser of their own. */
  async function customerSaves(username: string, values: Record<string, string>): Promise<void> {
    const web = await desk.someoneElse();
    await steps.logIn(web, base, username, steps.customerPassword);
    await web.getByRole('heading', { name: 'Profile' }).waitFor();
    for (const [name, value] of Object.entries(values)) {
      await web.getByLabel(name, { exact: true }).fill(value);
    }
    await web.getByRole('button', { name: 'Save changes' }).click();
    await web.getByText('Your changes are saved.').waitFor();
    await web.context().close();
  }

  test('tells what is wrong as a field is left, and on OK with the focus on the first', async () => {
    await add();
    await field('Username').fill('no address');
    await field('First name').focus();
    await toldWrong(field('Username'), /must be an email address/);
    expect(await field('Last name').getAttribute('aria-invalid')).not.toBe('true');
    await field('Username').fill('right@bikes.example');
    await eventually(
      async () => (await field('Username').getAttribute('aria-invalid')) !== 'true' || undefined,
      () => 'a mended field is still called wrong',
    );
    await field('Website').fill('javascript:alert(1)');
    await button('OK').click();
    await toldWrong(field('First name'), /./);
    await toldWrong(field('Website'), /./);
    await steps.expectFocusOn(field('First name'));
    expect(await field('Website').inputValue()).toBe('javascript:alert(1)');
  });

  test('asks before it throws away what was typed, however it is closed', async () => {
    const { page } = desk;
    const keep = page.getByRole('button', { name: 'Keep editing' });
    const ways = [
      () => button('Cancel').click(),
      () => page.keyboard.press('Escape'),
      () => page.mouse.click(5, 400),
      () => button('Close').click(),
    ];
    for (const close of ways) {
      await close();
      await page.getByRole('alertdialog').waitFor();
      await steps.expectFocusOn(keep);
      await keep.click();
      await page.getByRole('alertdialog').waitFor({ state: 'detached' });
      expect(await field('Username').inputValue()).toBe('right@bikes.example');
    }
    await page.keyboard.press('Escape');
    await page.getByRole('alertdialog').waitFor();
    await expectNoAxeViolations(page, 'the discard question');
    await discard();
    await add();
    await page.keyboard.press('Escape'); // nothing typed, nothing to ask
    await steps.closed(page);
    expect(await steps.editButton(page, 'right@bikes.example').count()).toBe(0);
  });

  test('Enter pressed twice makes one customer', async () => {
    await add();
    await steps.fillCustomer(desk.page, { username: 'twice@bikes.example', first: 'Tess' });
    await field('Company').focus();
    await field('Company').evaluate((node) => {
      for (let i = 0; i < 2; i++) (node as HTMLInputElement).form?.requestSubmit();
    });
    await steps.closed(desk.page);
    await steps.editButton(desk.page, 'twice@bikes.example').waitFor();
    await steps.allSaved(desk.page);
    await desk.page.getByText('1 customer', { exact: true }).waitFor();
  });

  test('an account made Activated gets a password: meter, tips, Generate, show, copy', async () => {
    const { page } = desk;
    await add();
    await steps.fillCustomer(page, { username: anna, status: 'Activated' });
    await steps
      .dialog(page)
      .getByText(`A mail with a link to set the password goes to ${anna}.`)
      .waitFor();
    await steps.dialog(page).getByRole('radio', { name: 'Set a password now' }).check();
    const password = field('Password');
    await button('OK').click();
    await toldWrong(password, /Enter a password/);
    await steps.expectFocusOn(password);
    const meter = steps.dialog(page).getByRole('meter', { name: 'Password strength' });
    await password.fill('password');
    await eventually(
      async () => Number(await meter.getAttribute('aria-valuenow')) < 2 || undefined,
      () => 'a weak password is not told',
    );
    await button('OK').click();
    await toldWrong(password, /./);
    const tips = steps.dialog(page).getByRole('list', { name: 'What makes a password strong' });
    expect(await tips.getByRole('listitem').count()).toBeGreaterThan(2);
    await button('Generate').click();
    await eventually(
      async () => (await meter.getAttribute('aria-valuenow')) === '4' || undefined,
      () => 'a generated password is not strong',
    );
    expect(await password.getAttribute('type')).toBe('text');
    await button('Hide password').click();
    expect(await password.getAttribute('type')).toBe('password');
    await button('Show password').click();
    await button('Copy').click();
    await page.getByText('Password copied').waitFor();
    expect(await steps.clipboard(page)).toBe(await password.inputValue());
    await expectNoAxeViolations(page, 'the dialog with a new password');
    await password.fill(steps.customerPassword);
    await ok();
    await steps.allSaved(page);
    const web = await desk.someoneElse();
    await steps.logIn(web, base, anna, steps.customerPassword);
    await web.getByRole('heading', { name: 'Profile' }).waitFor();
    await web.context().close();
  });

  test('Resend mail and Copy link make a new link, and the earlier one dies', async () => {
    const { page } = desk;
    await steps.addCustomer(page, { username: cora, first: 'Cora' });
    const first = await steps.mailedLink(page, cora);
    await steps.edit(page, cora);
    await button('Resend mail').click();
    await page.getByText('A new mail is queued; earlier links stop working').waitFor();
    await page.keyboard.press('Escape');
    await steps.closed(page);
    const web = await desk.someoneElse();
    await dead(web, first);
    const second = await steps.mailedLink(page, cora);
    expect(second).not.toBe(first);
    await steps.edit(page, cora);
    await button('Copy link').click();
    await page.getByRole('alertdialog').waitFor();
    await page.getByRole('button', { name: 'Copy new link' }).click();
    await page.getByText(/^New link copied\. It works until/).waitFor();
    const third = await steps.clipboard(page);
    expect(third).toMatch(/\/activate\?token=/);
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await steps.closed(page);
    await dead(web, second);
    await steps.activate(web, third);
    await web.context().close();
    await steps.row(page, cora).getByText('Activated').waitFor();
  });

  test('a lock keeps its reason to the partner', async () => {
    const { page } = desk;
    await steps.edit(page, cora);
    await field('Status').selectOption({ label: 'Locked' });
    await steps
      .dialog(page)
      .getByLabel(/^Lock reason/)
      .fill('Invoice 4711 unpaid');
    await ok();
    await steps.allSaved(page);
    await steps.edit(page, cora);
    const reason = steps.dialog(page).getByLabel(/^Lock reason/);
    expect(await reason.inputValue()).toBe('Invoice 4711 unpaid');
    expect(await button('Resend mail').count()).toBe(0);
    await page.keyboard.press('Escape');
    await steps.closed(page);
    const web = await desk.someoneElse();
    await steps.logIn(web, base, cora, steps.customerPassword);
    await web.getByText(/This account is locked/).waitFor();
    expect(await web.content()).not.toContain('4711');
    await web.context().close();
  });

  test('strange text comes back exactly as typed, everywhere', async () => {
    const { page } = desk;
    const script = `<script>document.title='x'</script>`;
    const strange = {
      'First name': `${script}&amp;"`,
      'Last name': 'Ω 李小龍 👩🏽‍🚀',
      Company: 'דלפט אופניים مرحبا (B.V.)',
      Street: `<img src=x onerror="document.title='x'">`,
      City: "L'Haÿ-les-Roses {{7*7}} ${1}",
    };
    const line = 'Tulpen 🌷 und <b>Käse</b> – עברית\n';
    const notes = Array.from(line.repeat(400)).slice(0, 9_991).join('') + ' the end.';
    expect(Array.from(notes)).toHaveLength(10_000);
    await add();
    await steps.fillCustomer(page, {
      username: bram,
      status: 'Activated',
      password: steps.customerPassword,
    });
    for (const [name, value] of Object.entries(strange)) await field(name).fill(value);
    await field('Notes').fill(notes);
    await field('Tags').fill('vip, <b>bold</b>,');
    await field('Tags').press('Enter');
    await field('Tags').fill('née 🚲');
    await ok();
    await steps.allSaved(page);

    const name = `${strange['First name']} ${strange['Last name']}`;
    await steps.row(page, bram).getByText(name, { exact: true }).first().waitFor();
    await steps.row(page, bram).getByText(strange.Company, { exact: true }).first().waitFor();
    await desk.page.reload();
    await steps.edit(page, bram);
    for (const [label, value] of Object.entries(strange)) {
      expect(await field(label).inputValue(), label).toBe(value);
    }
    expect(await field('Notes').inputValue()).toBe(notes);
    for (const tag of ['vip', '<b>bold</b>', 'née 🚲']) {
      await button(`Remove tag ${tag}`).waitFor();
    }
    await expectNoAxeViolations(page, 'the dialog with strange text');
    await page.keyboard.press('Escape');
    await steps.closed(page);
    await page.getByRole('combobox', { name: 'Customer' }).fill('李小龍');
    await steps.editButton(page, anna).waitFor({ state: 'detached' });
    await steps.editButton(page, bram).waitFor();
    await page.getByRole('combobox', { name: 'Customer' }).fill('');

    const web = await desk.someoneElse();
    await steps.logIn(web, base, bram, steps.customerPassword);
    await web.getByRole('heading', { name: 'Profile' }).waitFor();
    for (const [label, value] of Object.entries(strange)) {
      expect(await web.getByLabel(label, { exact: true }).inputValue(), label).toBe(value);
    }
    await web.getByText(name, { exact: true }).waitFor();
    const source = await web.content();
    for (const own of ['Käse', 'vip', 'bold']) expect(source).not.toContain(own);
    expect(await web.title()).not.toBe('x');
    expect(await page.title()).not.toBe('x');
    await web.context().close();
  });

  test('what the customer changes meanwhile is told without overwriting what was typed', async () => {
    const { page } = desk;
    await steps.edit(page, anna);
    await field('Phone').fill('+31 15 111 11 11');
    await field('City').fill('Delft');
    await customerSaves(anna, { Company: 'Delft Wheels', City: 'Gouda' });
    const form = steps.dialog(page);
    await form.getByText('This customer was changed elsewhere just now.').waitFor();
    await steps.becomes(() => field('Company').inputValue(), 'Delft Wheels');
    expect(await field('Phone').inputValue()).toBe('+31 15 111 11 11');
    expect(await field('City').inputValue()).toBe('Delft');
    // City changed on both sides: OK wants a choice first.
    const choice = form.getByRole('group', { name: 'Choose a value for City' });
    await choice.getByText('Elsewhere this became: Gouda').waitFor();
    await button('OK').click();
    await toldWrong(field('City'), /Choose which value/);
    await choice.getByRole('button', { name: 'Keep mine' }).click();
    await ok();
    await steps.allSaved(page);
    await steps.edit(page, anna);
    expect(await field('City').inputValue()).toBe('Delft');
    expect(await field('Company').inputValue()).toBe('Delft Wheels');
    expect(await field('Phone').inputValue()).toBe('+31 15 111 11 11');
    await page.keyboard.press('Escape');
    await steps.closed(page);
  });

  test('a conflict shows both values, and either choice ends applied', async () => {
    await desk.restart();
    await desk.page.getByRole('button', { name: 'Work offline' }).click();
    const { page } = desk;
    const choices = [
      { username: anna, press: 'Keep mine', ends: 'Mine' },
      { username: bram, press: 'Use theirs', ends: 'Theirs' },
    ];
    for (const { username } of choices) {
      await customerSaves(username, { City: 'Theirs', Phone: '015 22' });
      await steps.edit(page, username);
      await field('City').fill('Mine');
      await field('Postal code').fill('2611 AB');
      await ok();
    }
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByLabel('Password', { exact: true }).fill(steps.partner.password);
    await page.keyboard.press('Enter');
    await page.getByText('2 need attention').waitFor();
    for (const { username, press, ends } of choices) {
      await steps
        .row(page, username)
        .getByRole('img', { name: /Needs attention/ })
        .waitFor();
      const form = await steps.edit(page, username);
      await form.getByText('This customer was changed here and elsewhere').waitFor();
      await eventually(
        async () => (await field('Phone').inputValue()) === '015 22' || undefined,
        () => 'what only the customer changed is not there',
      );
      const choice = form.getByRole('group', { name: 'Choose a value for City' });
      await choice.getByText('Elsewhere this became: Theirs').waitFor();
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await expectNoAxeViolations(page, `a conflict, ${colorScheme}`);
      }
      await choice.getByRole('button', { name: press }).click();
      expect(await field('City').inputValue()).toBe(ends);
      await ok();
      await steps
        .row(page, username)
        .getByRole('img', { name: /Needs attention/ })
        .waitFor({ state: 'detached' });
      await steps
        .row(page, username)
        .getByRole('img', { name: /Not sent/ })
        .waitFor({ state: 'detached' });
      if (username === bram) await steps.allSaved(page);
      else expect(await page.getByText('All changes saved').count()).toBe(0);
      await steps.edit(page, username);
      expect(await field('City').inputValue()).toBe(ends);
      expect(await field('Phone').inputValue()).toBe('015 22');
      expect(await field('Postal code').inputValue()).toBe('2611 AB');
      await page.keyboard.press('Escape');
      await steps.closed(page);
      const web = await desk.someoneElse();
      await steps.logIn(web, base, username, steps.customerPassword);
      expect(await web.getByLabel('City', { exact: true }).inputValue()).toBe(ends);
      await web.context().close();
    }
  });
});

async function toldWrong(field: Locator, why: RegExp): Promise<void> {
  await eventually(
    async () => (await field.getAttribute('aria-invalid')) === 'true' || undefined,
    () => `${String(field)} is not called wrong`,
  );
  expect(await steps.description(field)).toMatch(why);
}

async function dead(web: Page, link: string): Promise<void> {
  await web.goto(link);
  await web.getByRole('heading', { name: 'This link no longer works' }).waitFor();
}
