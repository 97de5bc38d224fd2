import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectNoAxeViolations } from './axe';
import { type Desk, startDesk } from './desk';
import * as steps from './steps';

const anna = 'anna@bikes.example';
const bram = 'bram@shoes.example';

describe('log in as a customer', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await startDesk();
    await steps.useThisComputer(desk.page);
    await steps.addCustomer(desk.page, {
      username: anna,
      first: 'Anna',
      company: 'Delft Bikes',
      status: 'Activated',
      password: steps.customerPassword,
    });
    await steps.addCustomer(desk.page, {
      username: bram,
      first: 'Bram',
      last: 'Bakker',
      company: 'Shoes',
    });
    await steps.allSaved(desk.page);
  });
  afterAll(async () => {
    await desk.stop();
  });

  test('two customers side by side, each with its banner', async () => {
    const first = await desk.someoneElse();
    await steps.logInAs(desk.page, anna, 'Help with the banner');
    await first.goto(await desk.openedLink(0));
    await first.waitForURL('**/c/*/**');
    const second = await first.context().newPage();
    await steps.logInAs(desk.page, bram);
    await second.goto(await desk.openedLink(1));
    await second.waitForURL('**/c/*/**');
    await first.reload();
    for (const [web, name] of [
      [first, 'Anna de Vries'],
      [second, 'Bram Bakker'],
    ] as const) {
      await web.getByRole('button', { name: 'End session' }).waitFor();
      expect(await web.locator('body').innerText()).toContain(name);
      expect(await web.locator('body').innerText()).toContain(steps.partner.name);
    }
    expect(new URL(first.url()).pathname).not.toBe(new URL(second.url()).pathname);

    // A link works once.
    const again = await desk.someoneElse();
    await again.goto(desk.openedLinks()[0] ?? '');
    await again.waitForLoadState('networkidle');
    expect(await again.getByRole('button', { name: 'End session' }).count()).toBe(0);
    await again.context().close();

    // Full permissions: the password can be replaced without knowing the old one.
    await first.goto(
      `${new URL(first.url()).origin}${new URL(first.url()).pathname.replace(/[^/]*$/, 'password')}`,
    );
    expect(await first.getByLabel('Current password', { exact: true }).count()).toBe(0);

    // End session on the page ends that one only.
    const account = first.url();
    await first.getByRole('button', { name: 'End session' }).click();
    await first.getByText(/close this tab/).waitFor();
    await first.goto(account);
    expect(await first.getByRole('button', { name: 'End session' }).count()).toBe(0);
    await second.reload();
    await second.getByRole('button', { name: 'End session' }).waitFor();

    // The desk shows the other one and ends it.
    await desk.page.getByRole('button', { name: /open log-in/ }).click();
    const end = desk.page.getByRole('button', { name: 'End session of Bram Bakker' });
    await end.waitFor();
    for (const colorScheme of ['dark', 'light'] as const) {
      await desk.page.emulateMedia({ colorScheme });
      await expectNoAxeViolations(desk.page, `the open log-ins, ${colorScheme}`);
    }
    await end.click();
    await desk.page.getByRole('button', { name: /open log-in/ }).waitFor({ state: 'detached' });
    await second.reload();
    expect(await second.getByRole('button', { name: 'End session' }).count()).toBe(0);
    await first.context().close();
  });

  test('the visit stands in the history and in the customer’s own activity, and is no login', async () => {
    const history = await steps.edit(desk.page, anna, 'History');
    await history
      .getByText(/Help with the banner/)
      .first()
      .waitFor();
    await desk.page.keyboard.press('Escape');
    await steps.closed(desk.page);
    const web = await desk.someoneElse();
    const base = new URL(desk.openedLinks()[0] ?? '').origin;
    await steps.logIn(web, base, anna, steps.customerPassword);
    await web.waitForURL('**/c/*/**');
    await web.getByRole('link', { name: 'Activity' }).click();
    await web
      .getByText(/Help with the banner/)
      .first()
      .waitFor();
    await web.context().close();
  });

  test('locking ends an open visit at once', async () => {
    const web = await desk.someoneElse();
    const known = desk.openedLinks().length;
    await steps.logInAs(desk.page, anna);
    await web.goto(await desk.openedLink(known));
    await web.getByRole('button', { name: 'End session' }).waitFor();
    await steps.setStatus(desk.page, anna, 'Locked');
    await web.reload();
    expect(await web.getByRole('button', { name: 'End session' }).count()).toBe(0);
    await web.context().close();
  });

  test('reasons are remembered', async () => {
    await steps.logInAsButton(desk.page, bram).click();
    await steps
      .dialog(desk.page)
      .getByLabel(/^Reason/)
      .click();
    expect(await desk.page.content()).toContain('Help with the banner');
    await desk.page.keyboard.press('Escape');
  });
});
