import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectNoAxeViolations } from './axe';
import { type Desk, startDesk } from './desk';
import { Gate } from './gate';
import { type Office, owner, startOffice } from './office';
import * as steps from './steps';

const anna = 'anna@bikes.example'; // Activated, with a password
const bram = 'bram@shoes.example'; // Pending Activate
const cora = 'cora@tea.example'; // Locked
const dirk = 'dirk@bread.example'; // another customer of the office has this username

// In order: each test goes on where the one before it ended.
describe('moving from this computer to a shared Back Office', () => {
  let desk: Desk;
  let office: Office;
  let gate: Gate;

  beforeAll(async () => {
    office = await startOffice();
    await addAtOffice(office, dirk);
    gate = new Gate(office.url);
    await gate.start();
    desk = await startDesk();
    await fillDesk(desk);
  });
  afterAll(async () => {
    await desk.stop();
    gate.stop();
    await office.remove();
  });

  test('what moves is said before, and wrong values are told beside their fields', async () => {
    const { page } = desk;
    const form = await openMove(page);
    await form.getByText('Links in mails sent from this computer stop leading anywhere.').waitFor();
    const mail = form.getByRole('checkbox', {
      name: /^Mail a new link .* \(1 Pending Activate\)$/,
    });
    expect(await mail.isChecked()).toBe(false);
    await expectNoAxeViolationsInEither(page, 'the move dialog');

    const move = form.getByRole('button', { name: 'Move', exact: true });
    await move.click();
    await wrong(form, 'Back Office address', /./);
    await form.getByLabel('Back Office address', { exact: true }).fill(gate.url);
    await form.getByLabel('Username', { exact: true }).fill(owner.username);
    await form.getByLabel('Password', { exact: true }).fill('not the password');
    await move.click();
    await wrong(form, 'Password', /username or the password is not right/);
    expect(await form.getByLabel('Back Office address', { exact: true }).inputValue()).toBe(
      gate.url,
    );
  });

  test('the move runs on while its dialog is closed, and nothing can be changed', async () => {
    const { page } = desk;
    gate.shut = '/api/v1/move';
    const form = steps.dialog(page);
    await form.getByLabel('Password', { exact: true }).fill(owner.password);
    await page.keyboard.press('Enter');
    const bar = form.getByRole('progressbar', { name: 'Customers moved' });
    await bar.waitFor();
    await steps.becomes(
      async () => (await bar.getAttribute('aria-valuetext')) ?? '',
      '0 of 4 customers',
    );
    await form.getByText('This is tried again until it works.').waitFor();
    await expectNoAxeViolationsInEither(page, 'a running move');
    await page.keyboard.press('Escape');
    await steps.closed(page);

    await banner(page)
      .getByText(/are moving to 127\.0\.0\.1/)
      .waitFor();
    await page.getByRole('button', { name: `View ${anna}` }).click();
    const looked = steps.dialog(page);
    await looked
      .getByText(/^Your customers are moving to 127\.0\.0\.1.* changed here\.$/)
      .waitFor();
    await expectNoAxeViolationsInEither(page, 'a customer who moves');
    expect(await looked.getByLabel(/^Notes/).isEditable()).toBe(false);
    expect(await looked.getByRole('button', { name: 'OK', exact: true }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await steps.closed(page);

    await banner(page).getByRole('button', { name: 'Show', exact: true }).click();
    await steps.dialog(page).getByRole('progressbar').waitFor();
  });

  test('it can be stopped, stays so over a restart, and goes on with the password', async () => {
    const { page: before } = desk;
    await steps.dialog(before).getByRole('button', { name: 'Stop', exact: true }).click();
    await steps
      .dialog(before)
      .getByText(/^The move to .* has stopped$/)
      .waitFor();
    await steps.expectFocusOn(steps.dialog(before).getByLabel('Password', { exact: true }));
    await expectNoAxeViolationsInEither(before, 'a stopped move');
    await desk.restart();
    const { page } = desk;
    await banner(page)
      .getByText(/has stopped\. Nothing can be changed here/)
      .waitFor();
    await banner(page).getByRole('button', { name: 'Show', exact: true }).click();
    const form = steps.dialog(page);
    const password = form.getByLabel('Password', { exact: true });
    await steps.expectFocusOn(password);
    await password.fill('not the password');
    await form.getByRole('button', { name: 'Resume', exact: true }).click();
    await wrong(form, 'Password', /not right/);

    gate.shut = '';
    await password.fill(owner.password);
    await page.keyboard.press('Enter');
    await form.getByText(/^3 customers have moved to 127\.0\.0\.1/).waitFor();
  });

  test('the report names who was refused and whose links are dead', async () => {
    const { page } = desk;
    const form = steps.dialog(page);
    await form.getByRole('heading', { name: '1 customer was refused' }).waitFor();
    const list = form.getByRole('region', { name: 'Customers who were refused' });
    expect(await list.innerText()).toMatch(/Dirk Bakker\s+dirk@bread\.example\s+\S+/);
    await form.getByText('1 customer has no working link now').waitFor();
    await expectNoAxeViolationsInEither(page, 'the report of a move');
    await form.getByRole('button', { name: 'Copy list' }).click();
    await page.getByText('1 customer copied').waitFor();
    expect(await steps.clipboard(page)).toMatch(/^Dirk Bakker\tdirk@bread\.example\t\S.*$/);
  });

  test('the shared Back Office opens from there, with all that moved', async () => {
    const { page } = desk;
    await steps.dialog(page).getByRole('button', { name: 'Open the shared Back Office' }).click();
    const form = steps.dialog(page);
    const address = form.getByLabel('Back Office address', { exact: true });
    await steps.becomes(() => address.inputValue(), gate.url);
    expect(await form.getByLabel('Username', { exact: true }).inputValue()).toBe(owner.username);
    await steps.expectFocusOn(form.getByLabel('Password', { exact: true }));
    await form.getByLabel('Password', { exact: true }).fill(owner.password);
    await form.getByRole('button', { name: 'Connect', exact: true }).click();
    await steps.closed(page);

    await steps.row(page, anna).getByText('Activated').waitFor();
    await steps.row(page, bram).getByText('Pending Activate').waitFor();
    await steps.row(page, cora).getByText('Locked').waitFor();
    await inHistory(page, anna, /logged in/, /added this customer/, /moved this customer in/);
    await inHistory(page, cora, /Lock reason to “Unpaid”/, /added this customer/);
    expect(await steps.row(page, dirk).innerText()).toContain('Somebody Else');

    const web = await desk.someoneElse();
    await steps.logIn(web, office.url, anna, steps.customerPassword);
    await web.getByRole('heading', { name: 'Profile' }).waitFor();
    await web.context().close();
  });

  test('the workspace of this computer says where its customers are', async () => {
    const { page } = desk;
    await openLocal(page);
    await banner(page)
      .getByText(/^Your customers have moved to 127\.0\.0\.1.* 1 customer was refused\.$/)
      .waitFor();
    await expectNoAxeViolationsInEither(page, 'the list that moved');
    const add = page.getByRole('button', { name: 'Add New Customer' }).first();
    expect(await add.getAttribute('aria-disabled')).toBe('true');
    await page.getByRole('button', { name: `View ${anna}` }).click();
    const form = steps.dialog(page);
    await form.getByText(/^Your customers have moved to 127\.0\.0\.1/).waitFor();
    expect(await form.getByRole('button', { name: 'OK', exact: true }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await steps.closed(page);

    await banner(page).getByRole('button', { name: 'Open the shared Back Office' }).click();
    await page.getByRole('button', { name: `Edit ${anna}` }).waitFor();
    await banner(page).waitFor({ state: 'detached' });
    expect(await page.getByRole('dialog').count()).toBe(0); // it is known, so nothing is asked
  });

  test('who was refused is put right here and moves with the next move', async () => {
    const { page } = desk;
    await openLocal(page);
    await banner(page).getByRole('button', { name: 'Report' }).click();
    await steps.dialog(page).getByRole('button', { name: 'Change customers here…' }).click();
    await expectNoAxeViolationsInEither(page, 'the question whether to change customers');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Change customers' }).click();
    await steps.closed(page);
    await banner(page).waitFor({ state: 'detached' });
    await steps.expectFocusOn(page.getByRole('main'));
    const edited = await steps.edit(page, dirk);
    await edited.getByLabel('Username', { exact: true }).fill('dirk.bakker@bread.example');
    await edited.getByRole('button', { name: 'OK', exact: true }).click();
    await steps.closed(page);
    await steps.allSaved(page);

    const form = await openMove(page);
    await fillMove(form, gate.url);
    await form.getByRole('button', { name: 'Move', exact: true }).click();
    await form.getByText(/^4 customers have moved to 127\.0\.0\.1/).waitFor();
    expect(await form.getByRole('heading', { name: /refused/ }).count()).toBe(0);
  });
});

// In order, too, and each customer is here from the start.
describe('a move that is given up, and one that mails', () => {
  let desk: Desk;
  let office: Office;
  let gate: Gate;

  beforeAll(async () => {
    office = await startOffice();
    gate = new Gate(office.url);
    await gate.start();
    desk = await startDesk();
    await steps.useThisComputer(desk.page);
    await steps.addCustomer(desk.page, { username: bram, first: 'Bram', last: 'Smit' });
    await steps.allSaved(desk.page);
  });
  afterAll(async () => {
    await desk.stop();
    gate.stop();
    await office.remove();
  });

  test('once a stopped move is given up, customers can be changed here again', async () => {
    const { page } = desk;
    gate.shut = '/api/v1/move';
    const form = await openMove(page);
    await fillMove(form, gate.url);
    await form.getByRole('button', { name: 'Move', exact: true }).click();
    await form.getByRole('button', { name: 'Stop', exact: true }).click();
    await form.getByText(/^The move to .* has stopped$/).waitFor();
    await form.getByRole('button', { name: 'Give up', exact: true }).click();
    const asked = page.getByRole('alertdialog', { name: 'Give the move up?' });
    await asked.getByText(/As far as is known, none has moved\./).waitFor();
    await asked.getByRole('button', { name: 'Give up', exact: true }).click();
    await steps.closed(page);
    await banner(page).waitFor({ state: 'detached' });
    await steps.expectFocusOn(page.getByRole('main'));
    await steps.change(page, bram, { City: 'Breda' });
    await steps.row(page, bram).getByText('Pending Activate').waitFor();
    await steps.allSaved(page);
  });

  test('with the box ticked, new links are mailed from there', async () => {
    const { page } = desk;
    gate.shut = '';
    const form = await openMove(page);
    await fillMove(form, gate.url);
    await form.getByRole('checkbox', { name: /^Mail a new link / }).check();
    await form.getByRole('button', { name: 'Move', exact: true }).click();
    await form.getByText(/^1 customer has moved to 127\.0\.0\.1/).waitFor();
    expect(await form.getByText(/no working link now/).count()).toBe(0);
    await form.getByRole('button', { name: 'Open the shared Back Office' }).click();
    await steps.connect(page, { password: owner.password });
    await steps.closed(page);

    const link = await steps.mailedLink(page, bram);
    expect(new URL(link).origin).toBe(office.url);
    const edited = await steps.edit(page, bram);
    expect(await edited.getByLabel('City', { exact: true }).inputValue()).toBe('Breda');
    await page.keyboard.press('Escape');
    await steps.closed(page);
    const web = await desk.someoneElse();
    await steps.activate(web, link);
    await web.context().close();
    await steps.row(page, bram).getByText('Activated').waitFor();
  });
});

/** Use this computer, with one customer of each kind and one whose username is taken there. */
async function fillDesk(desk: Desk): Promise<void> {
  const { page } = desk;
  await steps.useThisComputer(page);
  await steps.addCustomer(page, {
    username: anna,
    status: 'Activated',
    password: steps.customerPassword,
  });
  await steps.addCustomer(page, { username: bram, first: 'Bram', last: 'Smit' });
  await steps.addCustomer(page, { username: cora, first: 'Cora', last: 'Vos' });
  await steps.addCustomer(page, {
    username: dirk,
    first: 'Dirk',
    last: 'Bakker',
    status: 'Activated',
    password: steps.customerPassword,
  });
  const form = await steps.edit(page, cora);
  await form.getByLabel('Status', { exact: true }).selectOption({ label: 'Locked' });
  await form.getByLabel(/^Lock reason/).fill('Unpaid');
  await form.getByRole('button', { name: 'OK', exact: true }).click();
  await steps.closed(page);
  const base = new URL(await steps.mailedLink(page, bram)).origin;
  const web = await desk.someoneElse();
  await steps.logIn(web, base, anna, steps.customerPassword);
  await web.getByRole('heading', { name: 'Profile' }).waitFor();
  await web.context().close();
}

/** A customer whom somebody added at the Back Office before. */
async function addAtOffice({ url }: Office, username: string): Promise<void> {
  const ask = async (path: string, body: object, token = ''): Promise<unknown> => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    const told: unknown = await answer.json();
    expect(answer.status, JSON.stringify(told)).toBeLessThan(300);
    return told;
  };
  const { token } = (await ask('/session', {
    username: owner.username,
    password: owner.password,
  })) as { token: string };
  const id = (n: number): string => `01890000-0000-7000-8000-00000000000${String(n)}`;
  const told = (await ask(
    '/mutations',
    {
      mutations: [
        {
          id: id(1),
          customer_id: id(2),
          kind: 'create',
          base_revision: 0,
          fields: {
            username,
            first_name: 'Somebody',
            last_name: 'Else',
            company: 'Another Bakery',
            status: 'pending_activate',
          },
          base: {},
          made_at: Date.now(),
        },
      ],
    },
    token,
  )) as { results: { outcome: string }[] };
  expect(told.results.map(({ outcome }) => outcome)).toEqual(['applied']);
}

async function openMove(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: /^Workspace:/ }).click();
  await page.getByRole('menuitem', { name: 'Move to a shared Back Office…' }).click();
  const form = steps.dialog(page);
  await form.getByLabel('Back Office address', { exact: true }).waitFor();
  return form;
}

/** Where it goes, and who signs in there. */
async function fillMove(form: Locator, address: string): Promise<void> {
  await form.getByLabel('Back Office address', { exact: true }).fill(address);
  await form.getByLabel('Username', { exact: true }).fill(owner.username);
  await form.getByLabel('Password', { exact: true }).fill(owner.password);
}

async function openLocal(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Workspace:/ }).click();
  await page.getByRole('menuitem', { name: /Moved to/ }).click();
  await banner(page).waitFor();
}

/** The line across the window about the move. */
function banner(page: Page): Locator {
  return page
    .getByRole('status')
    .filter({ has: page.getByRole('button', { name: /^(Show|Open the shared Back Office)$/ }) });
}

async function inHistory(page: Page, username: string, ...wanted: RegExp[]): Promise<void> {
  const form = await steps.edit(page, username, 'History');
  for (const words of wanted) await form.getByText(words).first().waitFor();
  await page.keyboard.press('Escape');
  await steps.closed(page);
}

async function expectNoAxeViolationsInEither(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectNoAxeViolations(page, `${name}, ${colorScheme}`);
  }
}

/** The field says what is wrong with it, and has the focus. */
async function wrong(form: Locator, label: string, why: RegExp): Promise<void> {
  const field = form.getByLabel(label, { exact: true });
  await steps.expectFocusOn(field);
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  expect(await steps.description(field)).toMatch(why);
}
