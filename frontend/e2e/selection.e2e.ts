import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { expectNoAxeViolations } from './axe';
import { type Desk, startDesk } from './desk';
import * as steps from './steps';

describe('selecting customers', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await startDesk();
    await desk.page.getByRole('button', { name: 'Try with sample customers' }).click();
    await desk.page
      .getByText(/^3\d\d customers$/)
      .first()
      .waitFor();
  });
  afterAll(async () => {
    await desk.stop();
  });
  beforeEach(async () => {
    await desk.page.locator('[data-index][tabindex="0"]').focus();
    await desk.page.keyboard.press('Home');
    await desk.page.keyboard.press('Escape');
    await told('');
  });

  const row = (index: number): Locator => desk.page.locator(`[data-index="${String(index)}"]`);
  const press = (key: string): Promise<void> => desk.page.keyboard.press(key);

  /** What assistive technology is told of the number. */
  async function told(words: string): Promise<void> {
    await steps.becomes(
      async () => await desk.page.locator('main p[role="status"]').last().innerText(),
      words,
    );
  }

  async function selected(): Promise<number[]> {
    return await desk.page
      .locator('[data-index][aria-selected="true"]')
      .evaluateAll((rows) => rows.map((one) => Number((one as HTMLElement).dataset.index)));
  }

  async function everybody(): Promise<number> {
    const count = await desk.page.getByRole('grid').getAttribute('aria-rowcount');
    return Number(count) - 1;
  }

  test('by mouse: a click, Ctrl, Shift, the boxes', async () => {
    await row(1).getByText('@').first().click();
    await told('1 selected');
    await row(4)
      .getByText('@')
      .first()
      .click({ modifiers: ['Control'] });
    expect(await selected()).toEqual([1, 4]);
    await row(6)
      .getByText('@')
      .first()
      .click({ modifiers: ['Shift'] });
    await told('3 selected');
    expect(await selected()).toEqual([4, 5, 6]);
    await row(5).getByRole('checkbox').click();
    expect(await selected()).toEqual([4, 6]);
    await desk.page.getByRole('button', { name: 'Clear selection' }).click();
    expect(await selected()).toEqual([]);
    await steps.expectFocusOn(row(5));
  });

  test('by mouse: all with the box above, then all but one', async () => {
    const all = desk.page.getByRole('checkbox', { name: 'Select all customers in the list' });
    await all.click();
    await told(`${String(await everybody())} selected`);
    await row(2).getByRole('checkbox').click();
    await told(`${String((await everybody()) - 1)} selected`);
    expect(await all.evaluate((box: HTMLInputElement) => box.indeterminate)).toBe(true);
    await all.click();
    await told(`${String(await everybody())} selected`);
    await all.click();
    await told('');
  });

  test('by mouse: a double click edits, also where the bar appears', async () => {
    await row(0).press('End');
    const last = row((await everybody()) - 1);
    await last.waitFor();
    await last.getByText('@').first().dblclick();
    await steps.dialog(desk.page).getByLabel('Username', { exact: true }).waitFor();
    await press('Escape');
    await steps.closed(desk.page);
    await last.focus();
  });

  test('by keyboard: Space, Shift with arrows, Ctrl+A, Escape', async () => {
    await press('Space');
    await press('ArrowDown');
    await press('ArrowDown');
    await press('Space');
    expect(await selected()).toEqual([0, 2]);
    await press('Shift+ArrowDown');
    await press('Shift+ArrowDown');
    expect(await selected()).toEqual([2, 3, 4]);
    await press('Shift+ArrowUp');
    await told('2 selected');
    await press('Control+a');
    await told(`${String(await everybody())} selected`);
    await expectNoAxeViolations(desk.page, 'a selection');
    await press('Escape');
    await told('');
    await steps.expectFocusOn(row(3));
  });

  test('by keyboard: a range over rows that were never read', async () => {
    await press('ArrowDown');
    await press('Shift+End');
    await told(`${String((await everybody()) - 1)} selected`);
    expect(await selected()).toContain((await everybody()) - 1);
    await press('Home');
    await row(0).waitFor();
    expect(await selected()).not.toContain(0);
    await press('Escape');
  });

  test('ends with another filter and outlives another order', async () => {
    const { page } = desk;
    await press('Control+a');
    await page.getByRole('columnheader', { name: 'Company' }).getByRole('button').click();
    await told(`${String(await everybody())} selected`);
    await page.getByRole('combobox', { name: 'Customer' }).fill('a');
    await told('');
    await page.getByRole('combobox', { name: 'Customer' }).fill('');
    await page.getByText(/^3\d\d customers$/).waitFor();
    await told('');
  });
});
