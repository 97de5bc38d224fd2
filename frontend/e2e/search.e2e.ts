import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { expectNoAxeViolations } from './axe';
import { type Desk, startDesk } from './desk';
import * as steps from './steps';

describe('searching', () => {
  let desk: Desk;
  let search: Locator;

  beforeAll(async () => {
    desk = await startDesk();
    await desk.page.getByRole('button', { name: 'Try with sample customers' }).click();
    await desk.page
      .getByText(/^3\d\d customers$/)
      .first()
      .waitFor();
    search = desk.page.getByRole('combobox', { name: 'Customer' });
  });
  afterAll(async () => {
    await desk.stop();
  });
  beforeEach(async () => {
    await search.fill('');
    await desk.page.getByText(/^3\d\d customers$/).waitFor();
  });

  const option = (name: RegExp): Locator => desk.page.getByRole('option', { name });
  const type = (text: string): Promise<void> => search.pressSequentially(text);

  test('by keyboard: a field word and its value are offered and taken', async () => {
    await type('sta');
    await option(/^status:/).waitFor();
    await search.press('ArrowDown');
    expect(await option(/^status:/).getAttribute('aria-selected')).toBe('true');
    const active = await search.getAttribute('aria-activedescendant');
    expect(await desk.page.locator(`#${active ?? ''}`).innerText()).toContain('status:');
    await expectNoAxeViolations(desk.page, 'the search with what it offers');
    await search.press('Enter');
    await option(/^status:locked/).waitFor();
    await type('l');
    await option(/^status:pending/).waitFor({ state: 'detached' });
    await search.press('Tab');
    expect(await search.inputValue()).toBe('status:locked ');
    await steps.expectFocusOn(search);
  });

  test('by mouse: a field word and its value are taken', async () => {
    await search.click();
    await type('sta');
    await option(/^status:/).click();
    await option(/^status:activated/).click();
    expect(await search.inputValue()).toBe('status:activated ');
    await steps.expectFocusOn(search);
  });

  test('a plain name is typed undisturbed', async () => {
    await type('co');
    await option(/^company:/).waitFor();
    await search.press('Escape');
    expect(await search.inputValue()).toBe('co');
    await search.press('ArrowDown');
    await steps.expectFocusOn(desk.page.locator('[data-index="0"]'));
    await search.focus();
    await search.press('End');
    await type('r');
    await desk.page.getByRole('listbox').waitFor({ state: 'hidden' });
    await search.press('Enter');
    expect(await search.inputValue()).toBe('cor');
    await search.press('Escape');
    expect(await search.inputValue()).toBe('');
  });

  test('what was found is marked, also where no column shows it', async () => {
    const { page } = desk;
    const marks = (): Promise<string[]> => page.locator('mark').allInnerTexts();
    await search.fill('bakkerij');
    await page.locator('[data-index="0"] mark').first().waitFor();
    expect(new Set((await marks()).map((found) => found.toLowerCase()))).toEqual(
      new Set(['bakkerij']),
    );
    await search.fill('note:invoice');
    await page
      .locator('[data-index="0"]')
      .getByText(/^Note: .*invoice/i)
      .waitFor();
    await expectNoAxeViolations(page, 'the list with what was found');
    await page.emulateMedia({ colorScheme: 'dark' });
    await expectNoAxeViolations(page, 'the list with what was found, dark');
    await page.emulateMedia({ colorScheme: 'light' });
  });

  test('accents and the order of words don’t count', async () => {
    const { page } = desk;
    // Who is in the sample depends on the time of day.
    const found = { first: 'Äaron', last: 'Nyström', company: 'Växthus' };
    await steps.addCustomer(page, { username: 'a@vaxthus.example', ...found });
    await search.fill('vaxthus nystrom aaron');
    await page.locator('[data-index="0"]').getByText('Äaron Nyström').first().waitFor();
    await page.getByText(/^1 of 3\d\d customers$/).waitFor();
  });

  test('what can’t be read is told beneath, and the rows stay', async () => {
    const { page } = desk;
    await search.fill('bakkerij');
    await page.locator('[data-index="0"] mark').first().waitFor();
    const before = await page.getByRole('grid').getAttribute('aria-rowcount');
    await search.fill('status:nonsense');
    await page.getByText(/There is no status “nonsense”/).waitFor();
    expect(await search.getAttribute('aria-invalid')).toBe('true');
    expect(await steps.description(search)).toContain('nonsense');
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe(before);
    await expectNoAxeViolations(page, 'a search that can’t be read');
    await search.fill('status:locked');
    await page.getByText(/There is no status/).waitFor({ state: 'hidden' });
    expect(await search.getAttribute('aria-invalid')).toBeNull();
  });

  test('how to search is told', async () => {
    await desk.page.getByRole('button', { name: 'How to search' }).click();
    await desk.page.getByRole('dialog', { name: 'How to search' }).waitFor();
    await desk.page.keyboard.press('Escape');
    await desk.page.getByRole('dialog').waitFor({ state: 'detached' });
  });
});
