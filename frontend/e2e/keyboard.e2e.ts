import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Desk, startDesk } from './desk';
import * as steps from './steps';

// No mouse at all in this file.
describe('by keyboard alone', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await startDesk();
  });
  afterAll(async () => {
    await desk.stop();
  });

  async function press(...keys: string[]): Promise<void> {
    for (const key of keys) await desk.page.keyboard.press(key);
  }

  async function type(text: string): Promise<void> {
    await desk.page.keyboard.type(text);
  }

  /** Tabs until the named control has the focus, and sees that the focus shows. */
  async function tabTo(name: string): Promise<void> {
    for (let i = 0; i < 60; i++) {
      const at = await desk.page.evaluate(() => {
        const node = document.activeElement;
        if (!(node instanceof HTMLElement) || node === document.body)
          return { name: '', ring: false };
        const labels =
          node instanceof HTMLInputElement ? [...(node.labels ?? [])].map((l) => l.innerText) : [];
        const style = getComputedStyle(node);
        return {
          name: [node.getAttribute('aria-label') ?? '', ...labels, node.innerText].join('|'),
          ring: style.outlineStyle !== 'none' || style.boxShadow !== 'none',
        };
      });
      if (at.name.includes(name)) {
        expect(at.ring, `focus on ${name} can be seen`).toBe(true);
        return;
      }
      await press('Tab');
    }
    throw new Error(`Tab never reached ${name}`);
  }

  test('first start, add, edit, log in as', async () => {
    const { page } = desk;
    await page.getByRole('button', { name: 'Use this computer' }).waitFor();
    await tabTo('Use this computer');
    await press('Enter');
    await page.getByLabel('Name', { exact: true }).waitFor();
    await page.getByLabel('Name', { exact: true }).focus();
    await type(steps.partner.name);
    await press('Tab');
    await type(steps.partner.email);
    await press('Tab');
    await type(steps.partner.password);
    await press('Enter');
    await page.getByRole('button', { name: 'Add New Customer' }).first().waitFor();

    await press('Control+n');
    await steps.expectFocusOn(steps.dialog(page).getByLabel('Username', { exact: true }));
    await type('anna@bikes.example');
    await press('Tab');
    await type('Anna');
    await press('Tab');
    await type('de Vries');
    await press('Tab');
    await type('Delft Bikes');
    await press('Enter');
    await steps.closed(page);
    await steps.editButton(page, 'anna@bikes.example').waitFor();
    await steps.allSaved(page);

    await press('/');
    await type('anna');
    await press('Escape');
    await tabTo('Edit anna@bikes.example');
    await press('Enter');
    await steps.dialog(page).getByLabel('Username', { exact: true }).waitFor();
    await press('Escape');
    await steps.closed(page);
    await steps.expectFocusOn(steps.editButton(page, 'anna@bikes.example'));

    await tabTo('Log in as anna@bikes.example');
    await press('Enter');
    await steps
      .dialog(page)
      .getByLabel(/^Reason/)
      .waitFor();
    await type('By keyboard');
    await press('Enter');
    expect(await desk.openedLink()).toContain('/enter#');
  });
});
