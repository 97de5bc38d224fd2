import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { expectNoAxeViolations } from './axe';
import { type Desk, startDesk } from './desk';
import * as steps from './steps';

describe('the overview of a new workspace', () => {
  test('says that there is nothing yet, and leads to the first customer', async () => {
    const desk = await startDesk();
    try {
      const { page } = desk;
      await steps.useThisComputer(page);
      await page.keyboard.press('Control+2');
      await page.getByRole('heading', { name: 'Nothing to show yet' }).waitFor();
      await expectNoAxeViolations(page, 'an empty overview');
      await page.getByRole('main').getByRole('button', { name: 'Add New Customer' }).click();
      await steps.fillCustomer(page, { username: 'anna@bikes.example' });
      await steps.ok(page);
      await page.getByRole('button', { name: '1 customer Pending Activate' }).waitFor();
      await page.getByText('Nobody waits for more than a week.').waitFor();
      await page.getByText('Nobody has logged in as a customer yet.').waitFor();
    } finally {
      await desk.stop();
    }
  });
});

describe('the overview', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await startDesk();
    await desk.page.getByRole('button', { name: 'Try with sample customers' }).click();
    await desk.page.getByRole('row').nth(5).waitFor();
    await steps.allSaved(desk.page);
  });
  afterAll(async () => {
    await desk.stop();
  });
  beforeEach(async () => {
    await desk.page.keyboard.press('Control+2');
    await desk.page.getByRole('heading', { name: 'By month' }).waitFor();
  });

  const number = (name: RegExp): Locator =>
    desk.page.getByRole('main').getByRole('button', { name });
  const showsInList = / in the list$/;

  /** What a link's name says that it leads to. */
  async function promised(link: Locator): Promise<number> {
    const name = (await link.getAttribute('aria-label')) ?? '';
    return Number(/^[\d,.]+/.exec(name)?.[0].replace(/\D/g, ''));
  }

  /** How many customers the list shows now. */
  async function listed(wanted: number): Promise<void> {
    const words = new RegExp(`^${String(wanted)}( of \\d+)? customers?$`);
    await desk.page.getByRole('contentinfo').getByText(words).waitFor();
    await desk.page.getByRole('combobox', { name: 'Customer', exact: true }).waitFor();
  }

  async function follow(link: Locator, by: 'mouse' | 'keyboard'): Promise<void> {
    const wanted = await promised(link);
    if (by === 'mouse') {
      await link.click();
    } else {
      await link.focus();
      await desk.page.keyboard.press('Enter');
    }
    await listed(wanted);
    await desk.page.keyboard.press('Control+2');
    await desk.page.getByRole('heading', { name: 'By month' }).waitFor();
  }

  test('each number of the statuses leads to its customers', async () => {
    for (const status of ['Pending Activate', 'Activated', 'Locked']) {
      await follow(number(new RegExp(`customers? ${status}: show`)), 'mouse');
    }
    await follow(number(/^\d+ customers?: show/), 'keyboard');
  });

  test('each number of the months leads to its customers', async () => {
    const table = desk.page.getByRole('main').getByRole('table').last();
    const open = async (): Promise<void> => {
      if (!(await table.getByText('Earlier').isVisible())) {
        await desk.page.getByText('Figures as a table').click();
      }
      await table.getByText('Earlier').waitFor();
    };
    await open();
    expect(await table.getByRole('row').count()).toBe(1 + 24 + 1);
    for (const row of [1, 2, 14, 25]) {
      for (const column of [0, 1]) {
        await open();
        const link = table.getByRole('row').nth(row).getByRole('button').nth(column);
        await follow(link, column === 0 ? 'mouse' : 'keyboard');
      }
    }
  });

  test('a bar leads to its customers too', async () => {
    const locked = await promised(number(/customers? Locked: show/));
    const chart = desk.page.getByRole('img', { name: /^Customers by status/ });
    await chart.scrollIntoViewIfNeeded();
    const { width, height } = (await chart.boundingBox()) ?? { width: 0, height: 0 };
    await chart.click({ position: { x: width * 0.22, y: height * 0.65 } });
    await listed(locked);
  });

  test('one who is pending for more than a week gets another mail', async () => {
    const { page } = desk;
    const panel = page.getByRole('region', { name: 'Pending for more than a week' });
    await follow(panel.getByRole('button', { name: showsInList }), 'keyboard');
    const button = panel.getByRole('button', { name: /^Resend mail to / }).first();
    const username = ((await button.getAttribute('aria-label')) ?? '').replace(
      'Resend mail to ',
      '',
    );
    await button.focus();
    await page.keyboard.press('Enter');
    await page.getByText(`A new mail to ${username} is queued`).first().waitFor();
  });

  test('all of them get one after a question', async () => {
    const { page } = desk;
    const panel = page.getByRole('region', { name: 'Pending for more than a week' });
    const wanted = await promised(panel.getByRole('button', { name: showsInList }));
    await panel.getByRole('button', { name: 'Resend to all…' }).click();
    const question = steps.dialog(page);
    await question
      .getByText(new RegExp(`\\b${String(wanted)} customers`))
      .first()
      .waitFor();
    await page.keyboard.press('Escape');
    await steps.closed(page);
  });

  test('a visit is among the recent ones, with who and why', async () => {
    const { page } = desk;
    await page.keyboard.press('Control+1');
    const name = await page.locator('[data-index="0"] [role="gridcell"]').nth(1).innerText();
    const button = page.getByRole('button', { name: /^Log in as / }).first();
    const username = ((await button.getAttribute('aria-label')) ?? '').replace('Log in as ', '');
    await steps.logInAs(page, username, 'Look at the spring menu');
    const web = await desk.someoneElse();
    await web.goto(await desk.openedLink());
    await web.waitForURL('**/c/*/**');
    await page.keyboard.press('Control+2');
    const visits = page.getByRole('region', { name: 'Recent visits' });
    await visits.getByText('Look at the spring menu').waitFor();
    await visits.getByRole('button').first().click();
    await steps.dialog(page).getByText('Look at the spring menu').first().waitFor();
    expect(name).not.toBe('');
    await page.keyboard.press('Escape');
    await steps.closed(page);
  });

  test('figures follow a change', async () => {
    const { page } = desk;
    const before = await promised(number(/^\d+ customers?: show/));
    await page.keyboard.press('n');
    await steps.fillCustomer(page, { username: 'new@bikes.example' });
    await steps.ok(page);
    await number(new RegExp(`^${String(before + 1)} customers: show`)).waitFor();
  });

  test('by mouse from the sidebar, and what is done with the list goes there', async () => {
    const { page } = desk;
    await page.keyboard.press('/');
    await steps.expectFocusOn(page.getByRole('combobox', { name: 'Customer', exact: true }));
    await page.getByRole('navigation').getByRole('button', { name: 'Overview' }).click();
    await page.getByRole('heading', { name: 'By month' }).waitFor();
    expect(await page.locator('[aria-current="page"]').innerText()).toBe('Overview');
    await page
      .getByRole('navigation')
      .getByRole('button', { name: /^All customers/ })
      .click();
    await page.getByRole('grid', { name: 'Customers' }).waitFor();
  });

  test('comes when it is first shown, and says so when it can’t', async () => {
    const part = '**/assets/OverviewScreen-*.js';
    const { page } = desk;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.reload();
    await page.getByRole('grid', { name: 'Customers' }).waitFor();
    expect(asked.filter((url) => /OverviewScreen|chart/i.test(url))).toEqual([]);
    await page.route(part, (route) => route.abort());
    await page.keyboard.press('Control+2');
    await page.getByRole('heading', { name: 'The overview can’t be shown' }).waitFor();
    await expectNoAxeViolations(page, 'an overview that could not be loaded');
    await page.unroute(part);
    await page.getByRole('button', { name: 'Load the window again' }).click();
    await page.getByRole('grid', { name: 'Customers' }).waitFor();
    await page.keyboard.press('Control+2');
    await page.getByRole('heading', { name: 'By month' }).waitFor();
  });

  test('assistive technology can read it, light and dark', async () => {
    const { page } = desk;
    await page.getByText('Figures as a table').click();
    await expectNoAxeViolations(page, 'the overview');
    await page.emulateMedia({ colorScheme: 'dark' });
    await expectNoAxeViolations(page, 'the overview in the dark');
    await page.emulateMedia({ colorScheme: 'light' });
  });
});
