import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectNoAxeViolations } from './axe';
import { type Desk, startDesk } from './desk';
import { fillOffice } from './many';
import { eventually } from './process';
import * as steps from './steps';

async function startWith(n: number): Promise<Desk> {
  const desk = await startDesk();
  await steps.useThisComputer(desk.page);
  await desk.restart({
    whileDown: () => {
      fillOffice(desk, n);
    },
  });
  return desk;
}

describe('changing many customers at once', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await startWith(12);
    await steps.editButton(desk.page, user(12)).waitFor();
  });
  afterAll(async () => {
    await desk.stop();
  });

  const user = (n: number): string => `c${String(n).padStart(6, '0')}@bulk.example`;
  const button = (name: string | RegExp): Locator =>
    desk.page.getByRole('button', { name, exact: typeof name === 'string' });
  const preview = (): Locator => desk.page.getByRole('status', { name: 'What will happen' });
  const press = (key: string): Promise<void> => desk.page.keyboard.press(key);

  async function tick(...numbers: number[]): Promise<void> {
    for (const n of numbers) await steps.row(desk.page, user(n)).getByRole('checkbox').click();
  }

  async function choose(menu: string, item: string): Promise<void> {
    await button(menu).click();
    await desk.page.getByRole('menuitem', { name: item }).click();
    await steps.dialog(desk.page).waitFor();
  }

  async function told(words: string | RegExp): Promise<void> {
    await desk.page.getByRole('region', { name: 'Messages' }).getByText(words).first().waitFor();
  }

  async function locked(): Promise<number> {
    return await desk.page.getByRole('grid').getByText('Locked', { exact: true }).count();
  }

  async function lockedAre(n: number): Promise<void> {
    await steps.becomes(async () => String(await locked()), String(n));
  }

  async function forgetMessages(): Promise<void> {
    while ((await button('Dismiss').count()) > 0) await button('Dismiss').first().click();
  }

  test('by mouse: what will happen in figures, one button, and one undo', async () => {
    await tick(1, 2, 3);
    await choose('Set status', 'Activated');
    await press('Escape');
    await steps.closed(desk.page);
    await steps.expectFocusOn(button('Set status'));
    await choose('Set status', 'Locked');
    await preview()
      .getByText('3 customers: 2 will be locked, 1 is locked already.', { exact: true })
      .waitFor();
    await expectNoAxeViolations(desk.page, 'the preview of a bulk change');
    await desk.page.getByLabel('Reason', { exact: true }).fill('Unpaid');
    expect(await locked()).toBe(4);
    await button('Lock 2 customers').click();
    await steps.closed(desk.page);
    await told(/^Done: Lock 2 customers\. 1 was so already\.$/);
    await lockedAre(6);
    await steps.allSaved(desk.page);
    await expectNoAxeViolations(desk.page, 'a message with Undo');

    await button('Undo').click();
    await told(/^Undone: Lock 2 customers\. 1 activation mail goes out\.$/);
    await lockedAre(4);
    await button('Redo').click();
    await told(/^Done again: Lock 2 customers\./);
    await lockedAre(6);
    await steps.allSaved(desk.page);
    await forgetMessages();
  });

  test('undo after a restart, from the menu', async () => {
    await desk.restart({ crash: true });
    await steps.editButton(desk.page, user(12)).waitFor();
    await lockedAre(6);
    await steps.chooseInMenu(desk.page, 'Undo: Lock 2 customers');
    await told(/^Undone: Lock 2 customers\./);
    await lockedAre(4);
    await steps.allSaved(desk.page);
    await forgetMessages();
  });

  test('by keyboard: all, tags, undo and redo', async () => {
    await desk.page.locator('[data-index][tabindex="0"]').focus();
    await press('Control+a');
    await button('Tags').focus();
    await press('Enter');
    await steps.expectFocusOn(desk.page.getByRole('menuitem', { name: 'Add tags…' }));
    await press('Enter');
    const tags = steps.dialog(desk.page).getByRole('textbox', { name: 'Tags' });
    await steps.expectFocusOn(tags);
    await preview().getByText('Enter the tags').waitFor();
    await desk.page.keyboard.type('vip,');
    await preview().getByText('12 customers: 12 will be changed.', { exact: true }).waitFor();
    await press('Enter');
    await steps.closed(desk.page);
    await told(/^Done: Add “vip” to 12 customers\.$/);
    await press('Control+z');
    await told(/^Undone: Add “vip” to 12 customers\.$/);
    await press('Control+Shift+Z');
    await told(/^Done again: Add “vip” to 12 customers\.$/);
    await forgetMessages();
    // In quick succession, one after the other.
    for (const key of ['Control+z', 'Control+z', 'Control+y', 'Control+y']) await press(key);
    await told(/^Done again: Add “vip” to 12 customers\.$/);
    await steps.allSaved(desk.page);
    await forgetMessages();
  });

  test('from the palette, once some are selected', async () => {
    const option = desk.page.getByRole('option', { name: /^Remove tags from selected…/ });
    await desk.page.locator('[data-index][tabindex="0"]').focus();
    await press('Escape');
    await press('Control+k');
    await desk.page.keyboard.type('remove tags');
    await option.getByText('Select customers first').waitFor();
    await press('Escape');
    await steps.closed(desk.page);
    await tick(1, 2);
    await press('Control+k');
    await desk.page.keyboard.type('remove tags');
    await option.getByText('2 selected').waitFor();
    await press('Enter');
    await steps.dialog(desk.page).getByRole('heading', { name: 'Remove tags' }).waitFor();
    await desk.page.keyboard.type('vip,');
    await preview().getByText('2 customers: 2 will be changed.', { exact: true }).waitFor();
    await press('Escape');
    await steps.closed(desk.page);
    await tick(1, 2);
  });

  test('in a text field Ctrl+Z takes back what was typed there, and nothing else', async () => {
    const search = desk.page.getByRole('combobox', { name: 'Customer' });
    await search.focus();
    await desk.page.keyboard.type('000012');
    await press('Control+z');
    await press('Control+z');
    await search.fill('');
    await steps.editButton(desk.page, user(1)).waitFor();
    expect(await desk.page.getByText(/^Undone/).count()).toBe(0);
  });

  test('an edit can be undone, and a new customer at the Back Office says why not', async () => {
    await steps.change(desk.page, user(4), { Company: 'Moved' });
    await steps.allSaved(desk.page);
    await steps.addCustomer(desk.page, { username: 'anna@bikes.example' });
    await steps.allSaved(desk.page);
    await desk.page.locator('[data-index][tabindex="0"]').focus();
    await press('Control+z');
    await told(/^Not undone: Add Anna de Vries\. 1 customer is at the Back Office already/);
    await button('Lock it…').click();
    await preview().getByText('1 customer: 1 will be locked.', { exact: true }).waitFor();
    await press('Escape');
    await steps.closed(desk.page);
    await steps.expectFocusOn(desk.page.locator('[data-index][tabindex="0"]'));
    await press('Control+z');
    await told(/^Undone: Edit Customer 000004\.$/);
    await steps.row(desk.page, user(4)).getByText('Shop 000004').waitFor();
    await steps.editButton(desk.page, 'anna@bikes.example').waitFor();
    await forgetMessages();
  });

  test('resending says who gets a mail, and sends it', async () => {
    await steps.allSaved(desk.page);
    await tick(1, 2, 3);
    await button('Resend activation mail').click();
    await steps.becomes(
      async () => (await preview().innerText()).split('\n')[0] ?? '',
      '3 customers: 1 will be mailed a link, 2 stay as they are.',
    );
    await button('Mail 1 customer').click();
    await told(
      /^Done: Mail 1 customer a link\. 2 customers need no link\. 1 activation mail goes out\.$/,
    );
    expect(await steps.mailedLink(desk.page, user(2))).toContain('/activate');
  });
});

describe('changing 100,000 customers at once', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await startWith(100_000);
    await eventually(
      async () => ((await desk.page.getByText('100,000 customers').count()) > 0 ? true : undefined),
      () => 'not all are fetched',
      300_000,
    );
  });
  afterAll(async () => {
    await desk.stop();
  });

  test('is one action with a preview, progress, a cancel that keeps what was done, and one undo', async () => {
    const { page } = desk;
    const messages = page.getByRole('region', { name: 'Messages' });
    await page.locator('[data-index][tabindex="0"]').focus();
    await page.keyboard.press('Control+a');
    await page.getByText('100,000 selected').first().waitFor();
    await page.getByRole('button', { name: 'Set status' }).click();
    await page.getByRole('menuitem', { name: 'Locked' }).click();
    await page
      .getByText('100,000 customers: 66,667 will be locked, 33,333 are locked already.')
      .waitFor({ timeout: 120_000 });
    await page.getByRole('button', { name: 'Lock 66,667 customers', exact: true }).click();
    const progress = page.getByRole('progressbar', { name: 'Lock customers' });
    await progress.waitFor();
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await messages.getByText(/Stopped: .* left out/).waitFor({ timeout: 60_000 });
    await progress.waitFor({ state: 'detached' });

    await desk.restart({ crash: true });
    await desk.page.getByText('100,000 customers').first().waitFor({ timeout: 60_000 });
    await steps.chooseInMenu(desk.page, 'Undo: Lock ');
    await desk.page
      .getByRole('region', { name: 'Messages' })
      .getByText(/^Undone: Lock /)
      .waitFor({ timeout: 240_000 });
  }, 600_000);
});
