import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { eventually } from './process';

/** What the partner and the customers of these tests type. */
export const partner = {
  name: 'Wheel Agency',
  email: 'agency@wheels.example',
  password: 'correct horse battery staple 9',
};
export const customerPassword = 'seven purple bicycles in Delft';

export interface NewCustomer {
  username: string;
  first?: string;
  last?: string;
  company?: string;
  status?: 'Pending Activate' | 'Activated' | 'Locked';
  password?: string;
}

/** From the welcome screen to the empty list. */
export async function useThisComputer(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Use this computer' }).click();
  await page.getByLabel('Name', { exact: true }).fill(partner.name);
  await page.getByLabel('Email', { exact: true }).fill(partner.email);
  await page.getByLabel('Password', { exact: true }).fill(partner.password);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('button', { name: 'Add New Customer' }).first().waitFor();
}

export function dialog(page: Page): Locator {
  return page.getByRole('dialog').first();
}

export async function closed(page: Page): Promise<void> {
  await page.getByRole('dialog').first().waitFor({ state: 'detached' });
}

/** Adds a customer through the dialog and waits until its row is there. */
export async function addCustomer(page: Page, customer: NewCustomer): Promise<void> {
  await page.getByRole('button', { name: 'Add New Customer' }).first().click();
  await fillCustomer(page, customer);
  await dialog(page).getByRole('button', { name: 'OK', exact: true }).click();
  await closed(page);
  await editButton(page, customer.username).waitFor();
}

export async function fillCustomer(page: Page, customer: NewCustomer): Promise<void> {
  const form = dialog(page);
  await form.getByLabel('Username', { exact: true }).fill(customer.username);
  await form.getByLabel('First name', { exact: true }).fill(customer.first ?? 'Anna');
  await form.getByLabel('Last name', { exact: true }).fill(customer.last ?? 'de Vries');
  await form.getByLabel('Company', { exact: true }).fill(customer.company ?? 'Delft Bikes');
  await form
    .getByLabel('Status', { exact: true })
    .selectOption({ label: customer.status ?? 'Pending Activate' });
  if (customer.password !== undefined) {
    await form.getByRole('radio', { name: 'Set a password now' }).check();
    await form.getByLabel('Password', { exact: true }).fill(customer.password);
  }
}

export function editButton(page: Page, username: string): Locator {
  return page.getByRole('button', { name: `Edit ${username}`, exact: true });
}

export function logInAsButton(page: Page, username: string): Locator {
  return page.getByRole('button', { name: `Log in as ${username}`, exact: true });
}

export function row(page: Page, username: string): Locator {
  return page.getByRole('row').filter({ has: editButton(page, username) });
}

/** Opens the customer's dialog with the pencil, at a tab. */
export async function edit(
  page: Page,
  username: string,
  tab?: 'History' | 'Mails',
): Promise<Locator> {
  await editButton(page, username).click();
  const form = dialog(page);
  await form.getByLabel('Username', { exact: true }).waitFor();
  if (tab !== undefined) await form.getByRole('tab', { name: tab }).click();
  return form;
}

/** Sets the status with the pencil and waits until the Back Office has it. */
export async function setStatus(page: Page, username: string, status: string): Promise<void> {
  const form = await edit(page, username);
  await form.getByLabel('Status', { exact: true }).selectOption({ label: status });
  await form.getByRole('button', { name: 'OK', exact: true }).click();
  await closed(page);
  await row(page, username).getByText(status).first().waitFor();
  await allSaved(page);
}

/** Waits until the Back Office has every change, also one that the corner has not heard of yet. */
export async function allSaved(page: Page): Promise<void> {
  await becomes(async () => String(await waiting(page)), '0');
  await page.getByText('All changes saved').first().waitFor();
}

/** How many changes wait in the desk's database. */
async function waiting(page: Page): Promise<number> {
  return await page.evaluate(async () => {
    const { go } = globalThis as unknown as {
      go: {
        main: {
          App: { WaitingChanges: (attention: boolean, from: number) => Promise<{ total: number }> };
        };
      };
    };
    return (await go.main.App.WaitingChanges(false, 0)).total;
  });
}

/** The newest link in the customer's mails, as the Mails tab shows it. */
export async function mailedLink(page: Page, username: string): Promise<string> {
  await allSaved(page);
  return await linkInMails(page, username);
}

/** The same as soon as it is there, whatever else waits or needs attention. */
export async function linkInMails(page: Page, username: string): Promise<string> {
  const form = await edit(page, username, 'Mails');
  const link = await eventually(
    async () =>
      /http:\/\/127\.0\.0\.1:\d+\/(?:activate|reset)\?token=[\w-]+/.exec(
        await form.innerText(),
      )?.[0],
    () => `no link in the mails of ${username}`,
  );
  await page.keyboard.press('Escape');
  await closed(page);
  return link;
}

/** Activates an account with the link of its mail. */
export async function activate(
  web: Page,
  link: string,
  password = customerPassword,
): Promise<void> {
  await web.goto(link);
  await web.getByLabel('New password', { exact: true }).fill(password);
  await web.getByLabel('Confirm new password', { exact: true }).fill(password);
  await web.getByRole('button', { name: 'Activate account' }).click();
  await web.waitForURL('**/login**');
}

export async function logIn(
  web: Page,
  base: string,
  username: string,
  password: string,
): Promise<void> {
  await web.goto(`${base}/login`);
  await web.getByLabel('Username', { exact: true }).fill(username);
  await web.getByLabel('Password', { exact: true }).fill(password);
  await web.getByRole('button', { name: 'Log in', exact: true }).click();
}

/** Presses Log in in the log-in-as dialog of a customer. */
export async function logInAs(page: Page, username: string, reason = ''): Promise<void> {
  await logInAsButton(page, username).click();
  const form = dialog(page);
  if (reason !== '') await form.getByLabel(/^Reason/).fill(reason);
  await form.getByRole('button', { name: 'Log in', exact: true }).click();
  await closed(page);
}

export async function expectFocusOn(locator: Locator): Promise<void> {
  await eventually(
    async () =>
      (await locator.evaluate((node) => node === document.activeElement)) ? true : undefined,
    () => `focus is not on ${String(locator)}`,
  );
  expect(await locator.evaluate((node) => node === document.activeElement)).toBe(true);
}

/** What assistive technology reads after the field's name: its hint and what is wrong. */
export async function description(field: Locator): Promise<string> {
  return await field.evaluate((node) =>
    (node.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join(' ')
      .trim(),
  );
}

/** Waits until a value is the expected one. */
export async function becomes(read: () => Promise<string>, wanted: string): Promise<void> {
  let last = '';
  await eventually(
    async () => {
      last = await read();
      return last === wanted || undefined;
    },
    () => `it is ${JSON.stringify(last)}, not ${JSON.stringify(wanted)}`,
  );
}

/** Presses OK in the open dialog. */
export async function ok(page: Page): Promise<void> {
  await dialog(page).getByRole('button', { name: 'OK', exact: true }).click();
  await closed(page);
}

/** Edits text fields of a customer by their labels. */
export async function change(
  page: Page,
  username: string,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  const form = await edit(page, username);
  for (const [label, value] of Object.entries(fields)) {
    await form.getByLabel(label, { exact: true }).fill(value);
  }
  await ok(page);
}

/** Fills the form that connects, what is not given staying as it is, and sends it. */
export async function connect(
  page: Page,
  to: { address?: string; username?: string; password?: string },
): Promise<void> {
  if (to.address !== undefined) {
    await page.getByLabel('Back Office address', { exact: true }).fill(to.address);
  }
  if (to.username !== undefined) {
    await page.getByLabel('Username', { exact: true }).fill(to.username);
  }
  await page.getByLabel('Password', { exact: true }).fill(to.password ?? 'anything at all');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
}

/** From the welcome screen to the list of a shared Back Office. */
export async function connectTo(
  page: Page,
  address: string,
  username: string,
  password: string,
): Promise<void> {
  await page.getByRole('button', { name: 'Connect to a Back Office' }).click();
  await connect(page, { address, username, password });
  await page.getByRole('button', { name: 'Add New Customer' }).first().waitFor();
}

/** Waits until a field is told to be wrong, with such words. */
export async function expectWrong(field: Locator, words: RegExp): Promise<void> {
  await eventually(
    async () =>
      (await field.getAttribute('aria-invalid')) === 'true' && words.test(await description(field))
        ? true
        : undefined,
    () => `the field is not told to be wrong with ${String(words)}`,
  );
}

/** The panel of changes that wait, from the corner. */
export async function openChanges(page: Page): Promise<Locator> {
  return await openPanel(page, 'Show changes');
}

/** The panel of changes that came back, from the corner. */
export async function openAttention(page: Page): Promise<Locator> {
  return await openPanel(page, 'Needs attention');
}

async function openPanel(page: Page, button: string): Promise<Locator> {
  await page.getByRole('contentinfo').getByRole('button').first().click();
  await page.getByRole('button', { name: button, exact: true }).click();
  const panel = dialog(page).filter({ has: page.getByRole('tab') });
  await panel.waitFor();
  return panel;
}

/** Opens the menu of the workspace and chooses an item. */
export async function chooseInMenu(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: /^Workspace:/ }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

export async function signOut(page: Page): Promise<void> {
  await chooseInMenu(page, 'Sign out');
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.getByLabel('Password', { exact: true }).waitFor();
}

/** Signs in again with the dialog over the list. */
export async function signInAgain(page: Page, password: string): Promise<void> {
  await page.getByRole('button', { name: 'Sign in', exact: true }).first().click();
  const form = dialog(page);
  await form.getByLabel('Password', { exact: true }).fill(password);
  await form.getByRole('button', { name: 'Sign in', exact: true }).click();
  await closed(page);
}

/** What is on the clipboard, as the app reads it. */
export async function clipboard(page: Page): Promise<string> {
  return await page.evaluate(async () => {
    const { runtime } = globalThis as unknown as {
      runtime: { ClipboardGetText: () => Promise<string> };
    };
    return await runtime.ClipboardGetText();
  });
}
