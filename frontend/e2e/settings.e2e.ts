import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectNoAxeViolations } from './axe';
import { type Desk, startDesk } from './desk';
import { filesWith } from './files';
import { decoded, MailServer } from './mail-server';
import { freePort } from './process';
import * as steps from './steps';

const user = { name: 'agency', password: 'an smtp secret 4711' };
const sender = 'mail@wheels.example';

// In order: each test goes on where the one before it ended.
describe('mail settings with a real SMTP server', () => {
  const server = new MailServer({ user });
  let desk: Desk;
  let port: number;

  beforeAll(async () => {
    port = await server.start();
    desk = await startDesk();
    await steps.useThisComputer(desk.page);
  });
  afterAll(async () => {
    await desk.stop();
    await server.stop();
  });

  test('mails are files at first, and the dialog is accessible', async () => {
    const form = await openSettings(desk.page);
    expect(await form.getByRole('radio', { name: 'Save mails as files' }).isChecked()).toBe(true);
    expect(await form.innerText()).toContain(desk.dataDir);
    await form.getByRole('radio', { name: 'Send through an SMTP server' }).check();
    for (const colorScheme of ['light', 'dark'] as const) {
      await desk.page.emulateMedia({ colorScheme });
      await expectNoAxeViolations(desk.page, `mail settings, ${colorScheme}`);
    }
    await form.getByRole('tab', { name: 'Account' }).click();
    await form.getByText('Your password is kept in this computer’s keyring.').waitFor();
    for (const colorScheme of ['dark', 'light'] as const) {
      await desk.page.emulateMedia({ colorScheme });
      await expectNoAxeViolations(desk.page, `account settings, ${colorScheme}`);
    }
    await form.getByRole('tab', { name: 'Mail' }).click();
  });

  test('tells by field what is wrong and saves nothing', async () => {
    const form = steps.dialog(desk.page);
    await form.getByLabel('Port', { exact: true }).fill('seventy');
    await save(form);
    await wrong(form, 'Port', /number from 1 to 65535/);
    await fill(form, { Host: '', Port: String(port), 'Sender address': 'nobody' });
    await save(form);
    await wrong(form, 'Host', /./);
    await fill(form, { Host: 'mail server' });
    await save(form);
    await wrong(form, 'Host', /./);
    await fill(form, { Host: 'smtp.wheels.example' });
    await form.getByLabel('Security', { exact: true }).selectOption('none');
    await save(form);
    await wrong(form, 'Security', /./);
    await fill(form, { Host: '127.0.0.1', Port: String(port) });
    await save(form);
    await wrong(form, 'Sender address', /./);
    await expectNoAxeViolations(desk.page, 'mail settings with an error');
    expect(await form.getByLabel('Host', { exact: true }).inputValue()).toBe('127.0.0.1');
    await desk.page.keyboard.press('Escape');
    await desk.page.getByRole('button', { name: 'Discard' }).click();
    await steps.closed(desk.page);
    const again = await openSettings(desk.page);
    expect(await again.getByRole('radio', { name: 'Save mails as files' }).isChecked()).toBe(true);
  });

  test('Send test mail tells what the server said', async () => {
    const form = steps.dialog(desk.page);
    await form.getByRole('radio', { name: 'Send through an SMTP server' }).check();
    await form.getByLabel('Security', { exact: true }).selectOption('none');
    await fill(form, {
      Host: '127.0.0.1',
      Port: String(await freePort()),
      User: user.name,
      Password: 'not the password',
      'Sender name': 'Räder Büro',
      'Sender address': sender,
    });
    const send = form.getByRole('button', { name: 'Send test mail' });
    await send.click();
    await wrong(form, 'Send a test mail to', /email address/);
    await fill(form, { 'Send a test mail to': 'me@wheels.example' });
    await send.click();
    await form.getByText(/Nothing answers at 127\.0\.0\.1/).waitFor();

    await fill(form, { Port: String(port) });
    await send.click();
    await wrong(form, 'Password', /did not accept the user name or password/);
    await fill(form, { Password: user.password });
    server.unknown.add('me@wheels.example');
    await send.click();
    await wrong(form, 'Send a test mail to', /No such user here/);
    expect(server.letters).toHaveLength(0);
    server.unknown.clear();
    await send.click();
    await form.getByText('The mail server accepted the test mail to me@wheels.example.').waitFor();
    expect((await server.letterTo('me@wheels.example')).source).toContain(sender);
  });

  test('a Pending customer’s mail is really delivered, and its link activates', async () => {
    const { page } = desk;
    await save(steps.dialog(page));
    await page.getByText('Mail settings saved').waitFor();
    await closeSettings(page);
    const username = 'anna@bikes.example';
    await steps.addCustomer(page, { username, first: 'Änne', last: '李' });
    const { source } = await server.letterTo(username);
    expect(source).toMatch(/^MIME-Version: 1\.0\r?$/m);
    expect(source).toContain('multipart/alternative');
    const link = /http:\/\/127\.0\.0\.1:\d+\/activate\?token=[\w-]+/.exec(decoded(source))?.[0];
    if (link === undefined) throw new Error(`no link in the mail:\n${source}`);
    const form = await steps.edit(page, username, 'Mails');
    await form.getByText('Sent', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await steps.closed(page);
    const web = await desk.someoneElse();
    await steps.activate(web, link);
    await steps.row(page, username).getByText('Activated').waitFor();
    await web.context().close();
  });

  test('a refused mail failed, and says why', async () => {
    const username = 'unknown@bikes.example';
    server.unknown.add(username);
    await steps.addCustomer(desk.page, { username });
    const form = await steps.edit(desk.page, username, 'Mails');
    await form.getByText('Failed', { exact: true }).waitFor();
    await form
      .getByRole('tabpanel')
      .getByText(/No such user here/)
      .waitFor();
    expect(await form.getByText('Sent', { exact: true }).count()).toBe(0);
    await form.getByRole('tab', { name: 'Details' }).click();
    await form.getByText(/Activation mail failed/).waitFor();
    await desk.page.keyboard.press('Escape');
    await steps.closed(desk.page);
  });

  test('settings survive a restart, and the password is in no file', async () => {
    expect(filesWith(desk.dataDir, user.password)).toEqual([]);
    expect(filesWith(desk.dataDir, steps.partner.password)).toEqual([]);
    await desk.restart();
    const form = await openSettings(desk.page);
    const host = form.getByLabel('Host', { exact: true });
    await steps.becomes(() => host.inputValue(), '127.0.0.1');
    expect(await form.getByLabel('Sender name', { exact: true }).inputValue()).toBe('Räder Büro');
    const password = form.getByLabel('Password', { exact: true });
    expect(await password.inputValue()).toBe('');
    expect(await password.getAttribute('placeholder')).toContain('stored');
    await closeSettings(desk.page);
    await steps.addCustomer(desk.page, { username: 'bram@shoes.example' });
    await server.letterTo('bram@shoes.example');
    expect(filesWith(desk.dataDir, user.password)).toEqual([]);
  });

  test('with the server down a mail waits with the reason and is never called sent', async () => {
    await server.stop();
    const username = 'cora@tea.example';
    await steps.addCustomer(desk.page, { username });
    const form = await steps.edit(desk.page, username, 'Mails');
    await form.getByText(/Nothing answers at 127\.0\.0\.1/).waitFor();
    await form.getByText('Queued', { exact: true }).waitFor();
    await form.getByText(/Tried again/).waitFor();
    expect(await form.getByText('Sent', { exact: true }).count()).toBe(0);
    await form.getByRole('tab', { name: 'Details' }).click();
    await form.getByText('Activation mail is queued').waitFor();
    await desk.page.keyboard.press('Escape');
    await steps.closed(desk.page);
  });
});

async function openSettings(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: /^Workspace:/ }).click();
  await page.getByRole('menuitem', { name: 'Settings' }).click();
  const form = steps.dialog(page);
  await form.getByRole('radio', { name: 'Save mails as files' }).waitFor();
  return form;
}

async function closeSettings(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await steps.closed(page);
}

async function fill(form: Locator, values: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(values)) {
    await form.getByLabel(label, { exact: true }).fill(value);
  }
}

async function save(form: Locator): Promise<void> {
  await form.getByRole('button', { name: 'Save', exact: true }).click();
}

/** The field says what is wrong with it, and has the focus. */
async function wrong(form: Locator, label: string, why: RegExp): Promise<void> {
  const field = form.getByLabel(label, { exact: true });
  await steps.expectFocusOn(field);
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  expect(await steps.description(field)).toMatch(why);
}
