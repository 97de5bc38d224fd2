import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Desk, startDesk } from './desk';
import { eventually } from './process';
import * as steps from './steps';

const anna = 'anna@bikes.example';

// One partner's first day, in order: each test goes on where the one before it ended.
describe('managing customers from first start on', () => {
  let desk: Desk;
  let base: string;
  let activationLink: string;

  beforeAll(async () => {
    desk = await startDesk();
  });
  afterAll(async () => {
    await desk.stop();
  });

  test('first start tells what is wrong beside the field, then opens the list', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: 'Use this computer' }).click();
    await page.getByLabel('Email', { exact: true }).fill('not an address');
    await page.getByLabel('Password', { exact: true }).fill('password');
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    const email = page.getByLabel('Email', { exact: true });
    await page.locator('[aria-invalid="true"]').first().waitFor();
    expect(await email.getAttribute('aria-invalid')).toBe('true');
    expect(await email.inputValue()).toBe('not an address');
    await steps.expectFocusOn(page.getByLabel('Name', { exact: true }));
    await page.reload();
    await steps.useThisComputer(page);
    await page.getByText('No customers yet').first().waitFor();
  });

  test('adds a Pending customer whose mail holds a link', async () => {
    const { page } = desk;
    await steps.addCustomer(page, { username: anna, company: 'Delft Bikes' });
    await steps.row(page, anna).getByText('Pending Activate').waitFor();
    activationLink = await steps.mailedLink(page, anna);
    base = new URL(activationLink).origin;
    expect(activationLink).toContain('/activate?token=');
  });

  test('the customer activates with the link, which then works no more', async () => {
    const web = await desk.someoneElse();
    await steps.activate(web, activationLink);
    await web.goto(activationLink);
    expect(await web.getByLabel('New password', { exact: true }).count()).toBe(0);
    await steps.row(desk.page, anna).getByText('Activated').waitFor();
    const mails = await steps.edit(desk.page, anna, 'Mails');
    await mails.getByText('The link no longer works').waitFor();
    expect(await mails.getByRole('button', { name: 'Copy link' }).count()).toBe(0);
    await desk.page.keyboard.press('Escape');
    await steps.closed(desk.page);
    await web.context().close();
  });

  test('the customer logs in in another browser and edits the profile; the desk hears of it', async () => {
    const web = await desk.someoneElse();
    await steps.logIn(web, base, anna, 'wrong');
    await web.getByRole('alert').first().waitFor();
    await steps.logIn(web, base, anna, steps.customerPassword);
    await web.waitForURL('**/c/*/**');
    await web.getByLabel('Company', { exact: true }).fill('Delft Wheels');
    await web.getByRole('button', { name: 'Save changes' }).click();
    await steps.row(desk.page, anna).getByText('Delft Wheels').waitFor();
    await web.context().close();
  });

  test('edits with the pencil', async () => {
    const { page } = desk;
    const form = await steps.edit(page, anna);
    await form.getByLabel('City', { exact: true }).fill('Delft');
    await form.getByLabel('Phone', { exact: true }).fill('+31 15 123 45 67');
    await form.getByRole('button', { name: 'OK', exact: true }).click();
    await steps.closed(page);
    await steps.allSaved(page);
    const history = await steps.edit(page, anna, 'History');
    await history.getByText(/City/).filter({ visible: true }).first().waitFor();
    await history.getByText(steps.partner.name).filter({ visible: true }).first().waitFor();
    await page.keyboard.press('Escape');
    await steps.closed(page);
  });

  test('a username that is taken is told beside the field and nothing typed is lost', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: 'Add New Customer' }).first().click();
    await steps.fillCustomer(page, { username: 'ANNA@bikes.example', first: 'Berta' });
    await steps.dialog(page).getByRole('button', { name: 'OK', exact: true }).click();
    const username = steps.dialog(page).getByLabel('Username', { exact: true });
    await page.locator('[aria-invalid="true"]').first().waitFor();
    expect(await username.getAttribute('aria-invalid')).toBe('true');
    await steps.expectFocusOn(username);
    expect(await steps.dialog(page).getByLabel('First name', { exact: true }).inputValue()).toBe(
      'Berta',
    );
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Keep editing' }).click();
    expect(await username.inputValue()).toBe('ANNA@bikes.example');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Discard' }).click();
    await steps.closed(page);
  });

  test('OK pressed twice makes one customer', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: 'Add New Customer' }).first().click();
    await steps.fillCustomer(page, {
      username: 'twice@bikes.example',
      first: 'Tessa',
      last: 'Twice',
    });
    await steps.dialog(page).getByRole('button', { name: 'OK', exact: true }).dblclick();
    await steps.closed(page);
    await steps.editButton(page, 'twice@bikes.example').waitFor();
    expect(await page.getByRole('row', { name: /Tessa Twice/ }).count()).toBe(1);
  });

  test('locking ends the customer’s session at once and stops a log-in', async () => {
    const { page } = desk;
    const web = await desk.someoneElse();
    await steps.logIn(web, base, anna, steps.customerPassword);
    await web.waitForURL('**/c/*/**');
    const form = await steps.edit(page, anna);
    await form.getByLabel('Status', { exact: true }).selectOption({ label: 'Locked' });
    await form.getByLabel(/^Lock reason/).fill('Invoice unpaid');
    await form.getByRole('button', { name: 'OK', exact: true }).click();
    await steps.closed(page);
    await steps.row(page, anna).getByText('Locked').first().waitFor();
    await steps.allSaved(page);
    await web.reload();
    expect(await web.getByLabel('Company', { exact: true }).count()).toBe(0);
    await steps.logIn(web, base, anna, steps.customerPassword);
    await web
      .getByText(/locked/i)
      .first()
      .waitFor();
    expect(await steps.logInAsButton(page, anna).getAttribute('aria-disabled')).toBe('true');
    await steps.logInAsButton(page, anna).hover();
    await page.getByText('Invoice unpaid').first().waitFor();
    await web.context().close();
  });

  test('the next start signs in by itself and keeps the filters', async () => {
    await desk.page.getByRole('combobox', { name: 'Customer' }).fill('tessa');
    await steps.row(desk.page, anna).waitFor({ state: 'detached' });
    await desk.page.waitForFunction(() => document.body.innerText.includes('1 of 2'));
    await eventually(
      async () => {
        const view = await desk.page.evaluate(async () => {
          const { go } = globalThis as unknown as {
            go: { main: { App: { ListView: () => Promise<{ text: string }> } } };
          };
          return await go.main.App.ListView();
        });
        return view.text === 'tessa' || undefined;
      },
      () => 'the filters are not kept',
    );
    await desk.restart();
    await steps.editButton(desk.page, 'twice@bikes.example').waitFor();
    expect(await desk.page.getByRole('combobox', { name: 'Customer' }).inputValue()).toBe('tessa');
    expect(await steps.editButton(desk.page, anna).count()).toBe(0);
    await steps.allSaved(desk.page);
  });
});
