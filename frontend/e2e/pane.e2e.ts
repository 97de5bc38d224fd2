import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectNoAxeViolations } from './axe';
import { type Desk, startDesk } from './desk';
import * as steps from './steps';

const anna = 'anna@bikes.example';
const bram = 'bram@shoes.example';

// In order: each test goes on where the one before it ended.
describe('the details beside the list', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await startDesk();
    await steps.useThisComputer(desk.page);
    await steps.addCustomer(desk.page, { username: anna });
    await steps.addCustomer(desk.page, { username: bram, first: 'Bram', company: 'Shoes' });
    await steps.change(desk.page, anna, { City: 'Delft', Phone: '+31 15 123 45 67' });
    await steps.allSaved(desk.page);
  });
  afterAll(async () => {
    await desk.stop();
  });

  const pane = (): Locator => desk.page.getByRole('complementary', { name: 'Details' });
  const heading = (name: string): Locator => pane().getByRole('heading', { name });
  const press = (key: string): Promise<void> => desk.page.keyboard.press(key);

  test('by mouse: opens and shows the customer that is clicked', async () => {
    await desk.page.getByRole('button', { name: 'Show details' }).click();
    await steps.row(desk.page, bram).getByText('Shoes', { exact: true }).click();
    await heading('Bram de Vries').waitFor();
    await steps.row(desk.page, anna).getByText('Delft Bikes', { exact: true }).click();
    await heading('Anna de Vries').waitFor();
    await pane().getByText('+31 15 123 45 67').waitFor();
    await pane().getByRole('button', { name: 'Resend mail' }).waitFor();
    await pane().getByRole('button', { name: 'Copy link' }).waitFor();
    await expectNoAxeViolations(desk.page, 'the details');
  });

  test('by keyboard: the next and the previous customer by the arrow keys', async () => {
    await press('Escape');
    await press('ArrowDown');
    await heading('Bram de Vries').waitFor();
    await press('ArrowUp');
    await heading('Anna de Vries').waitFor();
    await steps.expectFocusOn(desk.page.locator('[data-index="0"]'));
  });

  test('history and mails', async () => {
    await pane().getByRole('tab', { name: 'History' }).click();
    await pane().getByText(/City/).first().waitFor();
    await pane().getByRole('tab', { name: 'Mails' }).click();
    await pane()
      .getByText(/activate\?token=/)
      .first()
      .waitFor();
    await steps.row(desk.page, bram).getByText('Shoes', { exact: true }).click();
    await pane().getByText(bram).first().waitFor();
    await pane().getByRole('tab', { name: 'At a glance' }).click();
  });

  test('locks and unlocks, edits, and logs in as the customer', async () => {
    const { page } = desk;
    await pane().getByRole('button', { name: 'Lock', exact: true }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Lock' }).click();
    await steps.row(page, bram).getByText('Locked').waitFor();
    await pane().getByText('Locked').first().waitFor();
    await steps.allSaved(page);
    await pane().getByRole('button', { name: 'Unlock' }).click();
    await page
      .getByRole('alertdialog')
      .getByText(/activation link goes to bram/)
      .waitFor();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Unlock' }).click();
    await steps.row(page, bram).getByText('Pending Activate').waitFor();
    await steps.allSaved(page);
    await pane().getByRole('button', { name: 'Edit', exact: true }).click();
    await steps.dialog(page).getByLabel('Username', { exact: true }).waitFor();
    await press('Escape');
    await steps.closed(page);
    await pane().getByRole('button', { name: 'Log in as', exact: true }).click();
    await steps
      .dialog(page)
      .getByLabel(/^Reason/)
      .waitFor();
    await press('Escape');
    await steps.closed(page);
  });

  test('by keyboard: goes and comes, and is there again at the next start', async () => {
    await steps.row(desk.page, anna).focus();
    await press('d');
    await pane().waitFor({ state: 'detached' });
    await press('d');
    await heading('Anna de Vries').waitFor();
    await desk.restart();
    await heading('Anna de Vries').waitFor();
    expect(await desk.page.getByRole('navigation', { name: 'Views' }).count()).toBe(0);
    await pane().getByRole('button', { name: 'Hide details' }).click();
    await pane().waitFor({ state: 'detached' });
  });
});
