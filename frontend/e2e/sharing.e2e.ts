import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Desk, startDesk } from './desk';
import { type Office, owner, startOffice } from './office';
import { eventually } from './process';
import * as steps from './steps';

const anna = 'anna@bikes.example';
const bram = 'bram@shoes.example';

// Two desks and one Back Office, in order: each test goes on where the one before it ended.
describe('two desks that share a Back Office', () => {
  let office: Office;
  let one: Desk;
  let two: Desk;

  beforeAll(async () => {
    [office, one, two] = await Promise.all([startOffice(), startDesk(), startDesk()]);
  });
  afterAll(async () => {
    await Promise.all([one.stop(), two.stop()]);
    await office.remove();
  });

  test('connecting tells what is wrong beside the field and keeps what was typed', async () => {
    const { page } = one;
    await page.getByRole('button', { name: 'Connect to a Back Office' }).click();
    await steps.connect(page, { address: 'http://desk.example', username: owner.username });
    await steps.expectWrong(page.getByLabel('Back Office address', { exact: true }), /https/);
    await steps.connect(page, { address: one.url, username: owner.username });
    await steps.expectWrong(
      page.getByLabel('Back Office address', { exact: true }),
      /not a Back Office/,
    );
    await steps.connect(page, { address: office.url, password: 'not the password' });
    await steps.expectWrong(page.getByLabel('Password', { exact: true }), /not right/);
    expect(await page.getByLabel('Username', { exact: true }).inputValue()).toBe(owner.username);
  });

  test('both connect and see the same customers without reloading', async () => {
    await steps.connect(one.page, { address: office.url, password: owner.password });
    await one.page.getByText('No customers yet').first().waitFor();
    await steps.connectTo(two.page, office.url, owner.username, owner.password);
    await steps.addCustomer(one.page, { username: anna, company: 'Delft Bikes' });
    await steps.row(two.page, anna).getByText('Delft Bikes').waitFor();
    await steps.allSaved(two.page);
  });

  test('a customer changed elsewhere while its dialog is open is told there', async () => {
    const typing = await steps.edit(one.page, anna);
    await typing.getByLabel('Phone', { exact: true }).fill('+31 15 123');
    const elsewhere = await steps.edit(two.page, anna);
    await elsewhere.getByLabel('City', { exact: true }).fill('Delft');
    await steps.ok(two.page);
    await typing.getByText('changed elsewhere just now').waitFor();
    expect(await typing.getByLabel('Phone', { exact: true }).inputValue()).toBe('+31 15 123');
    expect(await typing.getByLabel('City', { exact: true }).inputValue()).toBe('Delft');
    await steps.ok(one.page);
    await steps.allSaved(one.page);
  });

  test('offline, both edit; what waits is shown with what it will do, and can be dropped', async () => {
    await office.stop();
    await one.page.getByText(/^Offline since/).waitFor();
    await steps.change(one.page, anna, { City: 'Breda' });
    await steps.addCustomer(one.page, { username: bram, first: 'Bram', last: 'Bos' });
    await steps.addCustomer(one.page, { username: 'mistake@shoes.example', last: 'Mistake' });
    await one.page
      .getByText(/3 changes waiting/)
      .first()
      .waitFor();

    // Dropped in the dialog it asks, and what was typed since stays.
    const form = await steps.edit(one.page, anna);
    const city = form.getByLabel('City', { exact: true });
    const street = form.getByLabel('Street', { exact: true });
    const before = await street.inputValue();
    await street.fill('Typed since');
    await form.getByRole('button', { name: 'Drop my change' }).click();
    await form.getByRole('button', { name: 'Drop', exact: true }).click();
    await steps.becomes(() => city.inputValue(), 'Delft');
    expect(await street.inputValue()).toBe('Typed since');
    await street.fill(before);
    await city.fill('Breda');
    await steps.ok(one.page);
    await one.page
      .getByText(/3 changes waiting/)
      .first()
      .waitFor();

    const panel = await steps.openChanges(one.page);
    await panel.getByText('Changes City').waitFor();
    await panel
      .getByText(/activation mail/i)
      .first()
      .waitFor();
    await panel.getByRole('button', { name: 'Drop the change of Anna Mistake' }).click();
    await panel.getByRole('group', { name: /remove this customer from this computer/ }).waitFor();
    await panel.getByRole('button', { name: 'Drop', exact: true }).click();
    await panel.getByText(/Anna Mistake/).waitFor({ state: 'detached' });
    await one.page.keyboard.press('Escape');
    await steps.closed(one.page);
    await steps.editButton(one.page, 'mistake@shoes.example').waitFor({ state: 'detached' });
    await one.page
      .getByText(/2 changes waiting/)
      .first()
      .waitFor();

    await two.page.getByText(/^Offline since/).waitFor();
    await steps.change(two.page, anna, { City: 'Tiel', Phone: '+31 344 456' });
    await steps.addCustomer(two.page, { username: bram, first: 'Bea', last: 'Berg' });
    await two.close();
  });

  test('the one that comes back first is taken without a question', async () => {
    await office.start();
    await steps.allSaved(one.page);
    expect(office.log).not.toContain('bram');
  });

  test('the other one meets a conflict and a taken username, and settles both', async () => {
    await two.start();
    const { page } = two;
    await page.getByText('2 need attention').first().waitFor();
    await steps.row(page, anna).getByText('Delft Bikes').waitFor(); // nothing is lost meanwhile
    const panel = await steps.openAttention(page);

    const conflict = panel.getByRole('group', { name: 'Choices for Anna de Vries' });
    const city = conflict.getByRole('row', { name: /City/ });
    await city.getByText('Delft').waitFor(); // before
    await city.getByText('Tiel').waitFor(); // mine
    await city.getByText('Breda').waitFor(); // theirs
    await city.getByRole('radio', { name: 'City, Mine: Tiel' }).check();
    await conflict.getByRole('button', { name: /^Apply/ }).click();
    await conflict.waitFor({ state: 'detached' });

    await panel.getByText('Another account already uses this email address.').waitFor();
    await panel.getByRole('button', { name: 'Edit Bea Berg' }).click();
    const form = steps.dialog(page);
    const username = form.getByLabel('Username', { exact: true });
    await username.waitFor();
    expect(await form.getByLabel('First name', { exact: true }).inputValue()).toBe('Bea');
    await username.fill('bea@shoes.example');
    await steps.ok(page);
    await steps.editButton(page, 'bea@shoes.example').waitFor();
    await steps.allSaved(page);
    await eventually(
      async () => ((await page.getByText(/needs? attention/).count()) === 0 ? true : undefined),
      () => 'something still needs attention',
    );
  });

  test('both have the same in the end', async () => {
    await steps.editButton(one.page, 'bea@shoes.example').waitFor();
    for (const { page } of [one, two]) {
      const form = await steps.edit(page, anna);
      await steps.becomes(() => form.getByLabel('City', { exact: true }).inputValue(), 'Tiel');
      expect(await form.getByLabel('Phone', { exact: true }).inputValue()).toBe('+31 344 456');
      await page.keyboard.press('Escape');
      await steps.closed(page);
    }
    await steps.editButton(two.page, bram).waitFor();
  });

  test('a sign-in that is revoked asks for the password again and loses nothing', async () => {
    const next = 'four yellow tulips in Gouda';
    const form = await steps.edit(one.page, anna);
    await form.getByLabel('Company', { exact: true }).fill('Delft Wheels');
    office.admin(['partner', 'password', '--username', owner.username], { input: `${next}\n` });
    await steps.ok(one.page);
    await one.page.getByText(/You are signed out of/).waitFor();
    await steps.row(one.page, anna).getByText('Delft Wheels').waitFor();
    await one.page.getByRole('button', { name: 'Sign in', exact: true }).first().click();
    const asked = steps.dialog(one.page);
    await asked.getByLabel('Password', { exact: true }).fill('still not it');
    await asked.getByRole('button', { name: 'Sign in', exact: true }).click();
    await steps.expectWrong(asked.getByLabel('Password', { exact: true }), /not right/);
    await asked.getByLabel('Password', { exact: true }).fill(next);
    await asked.getByRole('button', { name: 'Sign in', exact: true }).click();
    await steps.allSaved(one.page);
    await two.page.getByText(/You are signed out of/).waitFor();
    await steps.signInAgain(two.page, next);
    await steps.row(two.page, anna).getByText('Delft Wheels').waitFor();
  });
});
