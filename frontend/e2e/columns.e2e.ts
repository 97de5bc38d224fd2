import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectNoAxeViolations } from './axe';
import { type Desk, startDesk } from './desk';
import { eventually } from './process';
import * as steps from './steps';

// In order: each test goes on where the one before it ended.
describe('the columns of the list', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await startDesk();
    await steps.useThisComputer(desk.page);
    await steps.addCustomer(desk.page, { username: 'anna@bikes.example' });
    await steps.change(desk.page, 'anna@bikes.example', { City: 'Delft' });
  });
  afterAll(async () => {
    await desk.stop();
  });

  const header = (name: string): Locator =>
    desk.page.getByRole('columnheader', { name, exact: true });
  const menu = (): Locator => desk.page.getByRole('dialog', { name: 'Columns' });

  async function titles(): Promise<string> {
    const all = await desk.page.getByRole('columnheader').allInnerTexts();
    return all.slice(1, -1).join(', ');
  }

  async function width(name: string): Promise<number> {
    return (await header(name).boundingBox())?.width ?? 0;
  }

  test('by mouse: one is added, one goes', async () => {
    await desk.page.getByRole('button', { name: 'Columns' }).click();
    await menu().getByRole('checkbox', { name: 'City' }).check();
    await menu().getByRole('checkbox', { name: 'Last login' }).uncheck();
    await steps.becomes(titles, 'Name, Username, Company, Status, Created, City');
    await expectNoAxeViolations(desk.page, 'the menu of the columns');
    await desk.page.keyboard.press('Escape');
    await menu().waitFor({ state: 'detached' });
    await steps.row(desk.page, 'anna@bikes.example').getByText('Delft', { exact: true }).waitFor();
    expect(await desk.page.getByRole('grid').getAttribute('aria-colcount')).toBe('8');
    expect(await header('City').getAttribute('aria-colindex')).toBe('7');
    const cell = desk.page.getByRole('gridcell', { name: 'Delft', exact: true });
    expect(await cell.getAttribute('aria-colindex')).toBe('7');
  });

  test('by mouse: an edge is dragged, a title is dragged', async () => {
    const { page } = desk;
    const before = await width('Company');
    const box = await header('Company').boundingBox();
    if (!box) throw new Error('the title is not there');
    await page.mouse.move(box.x + box.width - 6, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width + 54, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    expect(Math.abs((await width('Company')) - before - 60)).toBeLessThanOrEqual(1);
    await header('City').dragTo(header('Username'));
    expect(await header('Username').getAttribute('aria-sort')).toBe('none');
    await steps.becomes(titles, 'Name, City, Username, Company, Status, Created');
  });

  test('by keyboard: chosen, moved and sized', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: 'Columns' }).focus();
    await page.keyboard.press('Enter');
    await menu().getByRole('checkbox', { name: 'Tags' }).focus();
    await page.keyboard.press('Space');
    await steps.becomes(titles, 'Name, City, Username, Company, Status, Created, Tags');
    const left = menu().getByRole('button', { name: 'Move Tags to the left' });
    await left.focus();
    await page.keyboard.press('Enter');
    await steps.expectFocusOn(left);
    await page.keyboard.press('Enter');
    await steps.becomes(titles, 'Name, City, Username, Company, Tags, Status, Created');
    const before = await width('Status');
    await menu().getByRole('button', { name: 'Make Status wider' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    expect(Math.abs((await width('Status')) - before - 40)).toBeLessThanOrEqual(1);
    await page.keyboard.press('Escape');
    await steps.expectFocusOn(page.getByRole('button', { name: 'Columns' }));
  });

  test('are there again at the next start, and plain when they are reset', async () => {
    const wide = await width('Status');
    await eventually(
      async () => {
        const view = await desk.page.evaluate(async () => {
          const { go } = globalThis as unknown as {
            go: { main: { App: { ListView: () => Promise<{ columns: unknown }> } } };
          };
          return await go.main.App.ListView();
        });
        return JSON.stringify(view.columns).includes('tags') || undefined;
      },
      () => 'the columns are not kept',
    );
    await desk.restart();
    await steps.editButton(desk.page, 'anna@bikes.example').waitFor();
    expect(await titles()).toBe('Name, City, Username, Company, Tags, Status, Created');
    expect(await width('Status')).toBe(wide);
    await desk.page.getByRole('button', { name: 'Columns' }).click();
    await menu().getByRole('button', { name: 'Reset columns' }).click();
    await steps.becomes(titles, 'Name, Username, Company, Status, Created, Last login');
  });
});
