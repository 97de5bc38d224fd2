import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectNoAxeViolations } from './axe';
import { type Desk, startDesk } from './desk';
import { eventually } from './process';
import * as steps from './steps';

const file = (part: string): string => `**/assets/${part}-*.js`;
const later = ['PaletteDialog', 'CustomerDialog', 'ShortcutsDialog', 'AboutDialog'];

// Each test begins with a page that has loaded nothing but its start.
describe('a part of the page that comes later', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await startDesk();
    await desk.page.getByRole('button', { name: 'Try with sample customers' }).click();
    await desk.page.getByRole('row').nth(5).waitFor();
  });
  afterAll(async () => {
    await desk.stop();
  });

  async function hold(page: Page, part: string): Promise<void> {
    await page.route(file(part), () => undefined);
  }

  /** Also what was held. */
  async function letGo(page: Page, part: string): Promise<void> {
    await page.unroute(file(part));
  }

  async function reload(page: Page): Promise<void> {
    await page.reload();
    await page.getByRole('row').nth(5).waitFor();
  }

  test('is asked of Go after the first page of the list', async () => {
    const { page } = desk;
    const asked: string[] = [];
    page.on('websocket', (socket) => {
      socket.on('framesent', ({ payload }) => {
        const name = /"name":"[^"]*\.(\w+)"/.exec(String(payload))?.[1];
        if (name !== undefined) asked.push(name);
      });
    });
    await reload(page);
    const others = ['SyncState', 'MoveState', 'History', 'Visits', 'ImportState', 'ExportState'];
    await eventually(
      () => others.every((name) => asked.includes(name)) || undefined,
      () => `only these were asked: ${asked.join(', ')}`,
    );
    const first = asked.indexOf('ListCustomers');
    expect(asked.slice(0, first)).toContain('ListView');
    expect(others.filter((name) => asked.indexOf(name) < first)).toEqual([]);
  });

  test('is loaded after the list, without being asked for', async () => {
    const { page } = desk;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await hold(page, '*Dialog');
    asked.length = 0;
    await reload(page); // none of them is needed for the list
    await letGo(page, '*Dialog');
    await eventually(
      () => later.every((part) => asked.some((url) => url.includes(part))) || undefined,
      () => `only these were loaded:\n${asked.join('\n')}`,
    );
  });

  test('appears as soon as it is there, and gives the focus back', async () => {
    const { page } = desk;
    await hold(page, 'PaletteDialog');
    await reload(page);
    const search = page.getByRole('combobox', { name: 'Customer', exact: true });
    await search.focus();
    await page.keyboard.press('Control+K');
    await page.getByRole('img', { name: 'Loading…' }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await letGo(page, 'PaletteDialog');
    await steps.expectFocusOn(steps.dialog(page).getByRole('combobox'));
    await page.keyboard.press('Escape');
    await steps.closed(page);
    await steps.expectFocusOn(search);
  });

  test('is waited for no longer when it is closed before it came', async () => {
    const { page } = desk;
    await hold(page, 'ShortcutsDialog');
    await reload(page);
    await page.keyboard.press('?');
    await page.getByRole('img', { name: 'Loading…' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+,');
    await steps.dialog(page).getByRole('heading', { name: 'Settings' }).waitFor();
    await letGo(page, 'ShortcutsDialog');
    await page.keyboard.press('Escape');
    await steps.closed(page);
  });

  test('says so when it can’t be loaded, and the window can be loaded again', async () => {
    const { page } = desk;
    await page.route(file('CustomerDialog'), (route) => route.abort());
    await reload(page);
    const search = page.getByRole('combobox', { name: 'Customer', exact: true });
    await search.focus();
    const failure = page.getByRole('dialog', { name: 'This can’t be shown' });
    for (const close of ['Escape', 'Tab Enter']) {
      await page.getByRole('button', { name: 'Add New Customer' }).first().press('Enter');
      await failure.getByText(/could not be loaded/).waitFor();
      await expectNoAxeViolations(page, 'a dialog that could not be loaded');
      for (const key of close.split(' ')) await page.keyboard.press(key);
      await failure.waitFor({ state: 'detached' });
      await steps.expectFocusOn(page.getByRole('button', { name: 'Add New Customer' }).first());
    }
    await page.getByRole('button', { name: 'Add New Customer' }).first().press('Enter');
    await failure.waitFor();
    await page.unroute(file('CustomerDialog'));
    await failure.getByRole('button', { name: 'Load the window again' }).click();
    await page.getByRole('row').nth(5).waitFor();
    await page.getByRole('button', { name: 'Add New Customer' }).first().press('Enter');
    await steps.dialog(page).getByLabel('Username', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await steps.closed(page);
  });
});
