import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectNoAxeViolations } from './axe';
import { type Desk, startDesk } from './desk';
import { eventually } from './process';
import * as steps from './steps';

describe('the sample workspace', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await startDesk();
    await desk.page.getByRole('button', { name: 'Try with sample customers' }).click();
    await desk.page.getByRole('button', { name: 'Add New Customer' }).first().waitFor();
    await desk.page
      .getByText(/^3\d\d customers$/)
      .first()
      .waitFor();
  });
  afterAll(async () => {
    await desk.stop();
  });

  test('shows hundreds of customers while few rows are in the page', async () => {
    const rows = await desk.page.getByRole('row').count();
    expect(rows).toBeGreaterThan(8);
    expect(rows).toBeLessThan(60);
    for (const status of ['Pending Activate', 'Activated', 'Locked']) {
      expect(await desk.page.getByText(status).count()).toBeGreaterThan(0);
    }
  });

  test('every column sorts both ways', async () => {
    for (const column of ['Name', 'Username', 'Company', 'Status', 'Created', 'Last login']) {
      const header = desk.page.getByRole('columnheader', { name: column, exact: true });
      const button = header.getByRole('button');
      await button.click();
      await eventually(
        async () => ((await header.getAttribute('aria-sort')) ?? 'none') !== 'none' || undefined,
        () => `${column} does not sort`,
      );
      const once = await header.getAttribute('aria-sort');
      await button.click();
      await eventually(
        async () => (await header.getAttribute('aria-sort')) !== once || undefined,
        () => `${column} does not sort the other way`,
      );
    }
  });

  test.each(['light', 'dark'] as const)(
    'has no accessibility violation in %s',
    async (colorScheme) => {
      const { page } = desk;
      await page.emulateMedia({ colorScheme });
      await expectNoAxeViolations(page, `the list, ${colorScheme}`);
      await page
        .getByRole('button', { name: /^Edit / })
        .first()
        .click();
      await steps.dialog(page).getByLabel('Username', { exact: true }).waitFor();
      await expectNoAxeViolations(page, `the edit dialog, ${colorScheme}`);
      for (const tab of ['History', 'Mails'] as const) {
        await steps.dialog(page).getByRole('tab', { name: tab }).click();
        await expectNoAxeViolations(page, `the ${tab} tab, ${colorScheme}`);
      }
      await page.keyboard.press('Escape');
      await steps.closed(page);
      await page.getByRole('button', { name: 'Add New Customer' }).first().click();
      await steps.dialog(page).getByRole('button', { name: 'OK', exact: true }).click();
      await page.locator('[aria-invalid="true"]').first().waitFor();
      await expectNoAxeViolations(page, `the add dialog with errors, ${colorScheme}`);
      await page.keyboard.press('Escape');
      await steps.closed(page);
      await page
        .locator('button[aria-label^="Log in as "]:not([aria-disabled="true"])')
        .first()
        .click();
      await steps
        .dialog(page)
        .getByLabel(/^Reason/)
        .waitFor();
      await expectNoAxeViolations(page, `the log-in-as dialog, ${colorScheme}`);
      await page.keyboard.press('Escape');
      await steps.closed(page);
      await page.getByRole('button', { name: /Sample Agency/ }).click();
      await page.getByRole('menuitem', { name: /Leave sample/ }).waitFor();
      await expectNoAxeViolations(page, `the workspace menu, ${colorScheme}`);
      await page.keyboard.press('Escape');
      const search = page.getByRole('combobox', { name: 'Customer' });
      await search.fill('nobody has this name');
      await page.getByRole('button', { name: 'Clear filters' }).first().waitFor();
      await expectNoAxeViolations(page, `the list without a match, ${colorScheme}`);
      await search.fill('');
      await page
        .getByRole('button', { name: /^Edit / })
        .first()
        .waitFor();
    },
  );

  test('is thrown away when it is left', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: /Sample Agency/ }).click();
    await page.getByRole('menuitem', { name: /Leave sample/ }).click();
    await page.getByRole('button', { name: 'Use this computer' }).waitFor();
  });
});
