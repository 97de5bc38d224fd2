import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { expectNoAxeViolations } from './axe';
import { type Desk, startDesk } from './desk';
import * as steps from './steps';

const anna = { username: 'anna@bikes.example', first: 'Anna', last: 'de Vries' };
const bram = { username: 'bram@shoes.example', first: 'Bram', last: 'Bos', company: 'Bos Shoes' };

describe('the command palette and the shortcuts', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await startDesk();
    await steps.useThisComputer(desk.page);
    await steps.addCustomer(desk.page, anna);
    await steps.addCustomer(desk.page, { ...bram, status: 'Locked' });
    await steps.allSaved(desk.page);
  });
  afterAll(async () => {
    await desk.stop();
  });
  beforeEach(async () => {
    await desk.page.locator('[data-index][tabindex="0"]').focus();
  });

  const press = (key: string): Promise<void> => desk.page.keyboard.press(key);
  const type = (text: string): Promise<void> => desk.page.keyboard.type(text);
  const field = (): Locator =>
    desk.page.getByRole('combobox', { name: 'Search customers and actions' });
  const option = (name: string | RegExp): Locator => desk.page.getByRole('option', { name });

  async function open(): Promise<void> {
    await press('Control+k');
    await steps.expectFocusOn(field());
  }

  /** The option that assistive technology says Enter is for. */
  async function active(): Promise<string> {
    const id = (await field().getAttribute('aria-activedescendant')) ?? '';
    // Between two letters there may be none, and this one may be gone.
    const options = desk.page.locator(`[id="${id}"]`);
    return (await options.allInnerTexts())[0] ?? '';
  }

  async function activeIs(words: RegExp): Promise<void> {
    await steps.becomes(
      async () => (words.test(await active()) ? 'found' : await active()),
      'found',
    );
  }

  test('by keyboard: an action by a few letters, with its shortcut', async () => {
    await open();
    await type('anc');
    await activeIs(/^Add New Customer\s+Ctrl\+N$/);
    await press('Enter');
    await steps.expectFocusOn(steps.dialog(desk.page).getByLabel('Username', { exact: true }));
    await press('Escape');
    await steps.closed(desk.page);
  });

  test('by keyboard: a customer, whose dialog gives the focus back', async () => {
    const row = desk.page.locator('[data-index][tabindex="0"]');
    await open();
    await type('bos sho');
    await activeIs(/Bram Bos/);
    await press('Enter');
    const username = steps.dialog(desk.page).getByLabel('Username', { exact: true });
    await steps.becomes(() => username.inputValue(), bram.username);
    await press('Escape');
    await steps.closed(desk.page);
    await steps.expectFocusOn(row);
  });

  test('by keyboard: a second key logs in as the customer, or says why it can’t', async () => {
    await open();
    await type('bikes.ex');
    await activeIs(/Anna de Vries/);
    await press('Control+Enter');
    await steps
      .dialog(desk.page)
      .getByLabel(/^Reason/)
      .waitFor();
    await press('Escape');
    await steps.closed(desk.page);
    await open();
    await type('bram');
    await activeIs(/Bram Bos/);
    await press('Control+Enter');
    await desk.page.getByText('Locked accounts can’t be entered').first().waitFor();
    await press('Escape');
  });

  test('what was chosen last comes first; what can’t be done says why and stays', async () => {
    await open();
    await activeIs(/Anna de Vries/);
    await type('changes wait');
    await activeIs(/Changes waiting\s+No changes are waiting/);
    expect(await option(/Changes waiting/).getAttribute('aria-disabled')).toBe('true');
    await press('Enter');
    await desk.page.getByText('No changes are waiting', { exact: true }).last().waitFor();
    await steps.expectFocusOn(field());
    await press('Control+k');
    await field().waitFor({ state: 'detached' });
  });

  test('what is not there in this workspace is not offered', async () => {
    await open();
    await type('members');
    await desk.page.getByText('Nothing fits “members”').waitFor();
    await press('Escape');
  });

  test('arrows go round, and assistive technology is told', async () => {
    await open();
    await type('show');
    const first = await active();
    await press('ArrowUp');
    expect(await active()).not.toBe(first);
    await press('ArrowDown');
    expect(await active()).toBe(first);
    expect(await desk.page.locator('[role="option"][aria-selected="true"]').count()).toBe(1);
    await desk.page.getByRole('group', { name: 'Actions' }).waitFor();
    await expectNoAxeViolations(desk.page, 'the palette');
    await press('Escape');
  });

  test('by mouse: from the menu of the workspace', async () => {
    await steps.chooseInMenu(desk.page, 'Command palette');
    await field().fill('anna');
    await option(/Anna de Vries/).click();
    const username = steps.dialog(desk.page).getByLabel('Username', { exact: true });
    await steps.becomes(() => username.inputValue(), anna.username);
    await press('Escape');
    await steps.closed(desk.page);
  });

  test('a dialog that is open is not left by a shortcut', async () => {
    await press('n');
    const username = steps.dialog(desk.page).getByLabel('Username', { exact: true });
    await steps.expectFocusOn(username);
    await type('n?');
    await press('Control+k');
    await press('Control+,');
    expect(await username.inputValue()).toBe('n?');
    expect(await desk.page.getByRole('dialog').count()).toBe(1);
    await press('Escape');
    await desk.page.getByRole('button', { name: 'Discard' }).click();
    await steps.closed(desk.page);
  });

  test('shortcuts do what the list of them says, but not while typing', async () => {
    const { page } = desk;
    await press('3');
    await page.getByRole('radio', { name: /^Locked/, checked: true }).waitFor();
    await press('c');
    await page.getByRole('radio', { name: /^All/, checked: true }).waitFor();
    await press('/');
    await type('3c?');
    await steps.becomes(
      () => page.getByRole('combobox', { name: 'Customer', exact: true }).inputValue(),
      '3c?',
    );
    expect(await page.getByRole('dialog').count()).toBe(0);
    await press('Control+,');
    await steps.dialog(page).getByRole('heading', { name: 'Settings' }).waitFor();
    await press('Escape');
    await steps.closed(page);
    await press('Escape');
  });

  test('the list of shortcuts', async () => {
    const { page } = desk;
    await press('?');
    const sheet = steps.dialog(page);
    await sheet.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor();
    const words = await sheet.innerText();
    for (const part of ['Add New Customer', 'Ctrl+N', 'Command palette', 'Ctrl+K', 'In the list']) {
      expect(words).toContain(part);
    }
    await expectNoAxeViolations(page, 'the list of shortcuts');
    await press('Escape');
    await steps.closed(page);
    await steps.chooseInMenu(page, 'Keyboard shortcuts');
    await sheet.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor();
    await press('Escape');
    await steps.closed(page);
  });

  test('a choice in a native menu is run by the page', async () => {
    const choose = (id: string): Promise<void> =>
      desk.page.evaluate((chosen) => {
        const { runtime } = globalThis as unknown as {
          runtime: { EventsEmit: (name: string, id: string) => void };
        };
        runtime.EventsEmit('action:run', chosen);
      }, id);
    await choose('settings');
    await steps.dialog(desk.page).getByRole('heading', { name: 'Settings' }).waitFor();
    await press('Escape');
    await steps.closed(desk.page);
    await choose('members');
    await desk.page.getByText('“Members” can’t be used here').waitFor();
  });
});
