import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectNoAxeViolations } from './axe';
import { type Desk, startDesk } from './desk';
import * as steps from './steps';

describe('the welcome screen', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await startDesk();
  });

  afterAll(async () => {
    await desk.stop();
  });

  test('offers this computer, a Back Office and sample customers', async () => {
    const names = ['Use this computer', 'Connect to a Back Office', 'Try with sample customers'];
    for (const name of names) {
      await desk.page.getByRole('button', { name }).waitFor();
    }
    expect(await desk.page.title()).toContain('Partner Desk');
  });

  test.each(['light', 'dark'] as const)(
    'has no accessibility violation in %s',
    async (colorScheme) => {
      await desk.page.emulateMedia({ colorScheme });
      await desk.page.getByRole('button', { name: 'Use this computer' }).waitFor();
      await expectNoAxeViolations(desk.page, `the welcome screen, ${colorScheme}`);
    },
  );

  test('tells what is wrong with a connection beside its field and keeps what was typed', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: 'Connect to a Back Office' }).click();
    const field = (name: string) => page.getByLabel(name, { exact: true });
    await field('Back Office address').fill('http://office.example');
    await field('Username').fill('sanne@wheels.example');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.locator('[aria-invalid="true"]').first().waitFor();
    await steps.expectFocusOn(field('Back Office address'));
    expect(await steps.description(field('Password'))).toContain('Enter your password.');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectNoAxeViolations(page, `connecting, ${colorScheme}`);
    }
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('button', { name: 'Connect to a Back Office' }).click();
    expect(await field('Username').inputValue()).toBe('sanne@wheels.example');
    await page.getByRole('button', { name: 'Back' }).click();
  });

  test('nor has the form behind it, with its errors', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: 'Use this computer' }).click();
    await page.getByLabel('Password', { exact: true }).fill('password');
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.locator('[aria-invalid="true"]').first().waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectNoAxeViolations(page, `the form of the first start, ${colorScheme}`);
    }
  });
});
