import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectNoAxeViolations } from './axe';
import { type Desk, startDesk } from './desk';

describe('the welcome screen', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await startDesk();
  });

  afterAll(async () => {
    await desk.stop();
  });

  test('offers this computer and sample customers', async () => {
    for (const name of ['Use this computer', 'Try with sample customers']) {
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
