import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectNoAxeViolations } from './axe';
import { type Desk, startDesk } from './desk';
import { eventually } from './process';
import * as steps from './steps';

// In order: each test goes on where the one before it ended.
describe('saved views', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await startDesk();
    await steps.useThisComputer(desk.page);
    await steps.addCustomer(desk.page, { username: 'anna@bikes.example' });
    await steps.addCustomer(desk.page, {
      username: 'bram@shoes.example',
      first: 'Bram',
      company: 'Shoes',
    });
  });
  afterAll(async () => {
    await desk.stop();
  });

  const nav = (): Locator => desk.page.getByRole('navigation', { name: 'Views' });
  const view = (name: string): Locator =>
    nav().getByRole('button', { name: new RegExp(`^${name}`) });
  const search = (): Locator => desk.page.getByRole('combobox', { name: 'Customer' });

  async function counted(name: string, words: string): Promise<void> {
    await steps.becomes(
      async () => (await view(name).innerText()).replace(/\s+/g, ' '),
      words === '' ? name : `${name} ${words}`,
    );
  }

  async function chooses(name: string, item: string): Promise<void> {
    await nav()
      .getByRole('button', { name: `Actions for the view ${name}` })
      .click();
    await desk.page.getByRole('menuitem', { name: item }).click();
  }

  async function names(): Promise<string> {
    const all = await nav().getByRole('listitem').locator('.name').allInnerTexts();
    return all.join(', ');
  }

  test('there are a few at first, with counts that follow', async () => {
    await counted('All customers', '2');
    await counted('Pending Activate', '2');
    await counted('Locked', '0');
    await steps.setStatus(desk.page, 'bram@shoes.example', 'Locked');
    await counted('Locked', '1');
    await counted('Pending Activate', '1');
  });

  test('by mouse: opened, saved with filter, order and columns, changed and updated', async () => {
    const { page } = desk;
    await view('Locked').click();
    await steps.row(page, 'anna@bikes.example').waitFor({ state: 'detached' });
    expect(await view('Locked').getAttribute('aria-current')).toBe('true');
    await view('All customers').click();
    await steps.row(page, 'anna@bikes.example').waitFor();
    await search().fill('company:bikes');
    await page.getByRole('columnheader', { name: 'Company' }).getByRole('button').click();
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('checkbox', { name: 'City' }).check();
    await page.keyboard.press('Escape');
    await nav().getByRole('button', { name: 'Save view' }).click();
    await page.getByLabel('Name of the view').fill('Locked');
    await nav().getByRole('button', { name: 'Save', exact: true }).click();
    await steps.expectWrong(page.getByLabel('Name of the view'), /already have a view/);
    await expectNoAxeViolations(page, 'the saved views');
    await page.getByLabel('Name of the view').fill('Bikes');
    await nav().getByRole('button', { name: 'Save', exact: true }).click();
    await counted('Bikes', '1');
    await steps.expectFocusOn(view('Bikes'));
    await search().fill('company:shoes');
    await counted('Bikes', 'changed 1');
    await chooses('Bikes', 'Update');
    await counted('Bikes', '1');
    await view('All customers').click();
    await steps.row(page, 'anna@bikes.example').waitFor();
    await view('Bikes').click();
    expect(await search().inputValue()).toBe('company:shoes');
    await page.getByRole('columnheader', { name: 'City' }).waitFor();
    const company = page.getByRole('columnheader', { name: 'Company' });
    expect(await company.getAttribute('aria-sort')).toBe('ascending');
  });

  test('by keyboard: renamed, moved, deleted', async () => {
    const { page } = desk;
    const choose = async (name: string, item: string): Promise<void> => {
      await nav()
        .getByRole('button', { name: `Actions for the view ${name}` })
        .focus();
      await page.keyboard.press('Enter');
      const wanted = page.getByRole('menuitem', { name: item });
      await wanted.waitFor();
      for (let i = 0; i < 6; i++) {
        if ((await wanted.getAttribute('data-highlighted')) !== null) break;
        await page.keyboard.press('ArrowDown');
      }
      await page.keyboard.press('Enter');
    };
    await choose('Bikes', 'Rename');
    await page.getByLabel('Name of the view').fill('Shoes');
    await page.keyboard.press('Enter');
    await steps.becomes(names, 'New this week, Pending Activate, Locked, Shoes');
    await choose('Shoes', 'Move up');
    await steps.becomes(names, 'New this week, Pending Activate, Shoes, Locked');
    await choose('Locked', 'Delete');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).press('Enter');
    await steps.becomes(names, 'New this week, Pending Activate, Shoes');
  });

  test('are hidden and shown, remembered, and behind a button in a narrow window', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: 'Hide views' }).click();
    await nav().waitFor({ state: 'detached' });
    await eventually(
      async () => {
        const [layout, view] = await page.evaluate(async () => {
          const { go } = globalThis as unknown as {
            go: {
              main: {
                App: {
                  ListLayout: () => Promise<{ hide_views: boolean }>;
                  ListView: () => Promise<{ text: string }>;
                };
              };
            };
          };
          return await Promise.all([go.main.App.ListLayout(), go.main.App.ListView()]);
        });
        return (layout.hide_views && view.text === 'company:shoes') || undefined;
      },
      () => 'that they are hidden, or what the list showed, is not kept',
    );
    await desk.restart();
    const again = desk.page;
    await steps.editButton(again, 'bram@shoes.example').waitFor();
    expect(await nav().count()).toBe(0);
    await again.keyboard.press('v');
    await steps.becomes(names, 'New this week, Pending Activate, Shoes');
    await again.setViewportSize({ width: 900, height: 700 });
    await nav().waitFor({ state: 'detached' });
    await again.getByRole('button', { name: 'Show views' }).click();
    await view('All customers').click();
    await nav().waitFor({ state: 'detached' });
    await steps.editButton(again, 'anna@bikes.example').waitFor();
  });
});
