import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type Desk, startDesk } from './desk';
import * as steps from './steps';

const username = 'aaron@bikes.example';

describe('tooltips', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await startDesk();
    await steps.useThisComputer(desk.page);
    await steps.addCustomer(desk.page, { username });
    await steps.allSaved(desk.page);
  });
  afterAll(async () => {
    await desk.stop();
  });

  const tooltip = () => desk.page.getByRole('tooltip');

  test('say by mouse what a button does, above it, until the mouse leaves or presses', async () => {
    const button = steps.editButton(desk.page, username);
    expect(await button.locator('svg path').count()).toBeGreaterThan(0);
    await button.hover();
    await tooltip().waitFor();
    expect(await tooltip().innerText()).toBe(await button.getAttribute('aria-label'));
    const [over, under] = [await tooltip().boundingBox(), await button.boundingBox()];
    const middle = (box: { x: number; width: number } | null) =>
      (box?.x ?? 0) + (box?.width ?? 0) / 2;
    expect((over?.y ?? 0) + (over?.height ?? 0)).toBeLessThanOrEqual(under?.y ?? 0);
    expect(Math.abs(middle(over) - middle(under))).toBeLessThan((over?.width ?? 0) / 2 + 1);
    // The name is heard already.
    expect(await button.getAttribute('aria-describedby')).toBeNull();
    await desk.page.mouse.move(5, 5);
    await tooltip().waitFor({ state: 'detached' });
    await button.hover();
    await tooltip().waitFor();
    await desk.page.mouse.down();
    await tooltip().waitFor({ state: 'detached' });
    await desk.page.mouse.move(5, 5);
    await desk.page.mouse.up();
  });

  test('say by keyboard why a button can’t be used, and Escape ends them', async () => {
    await steps.setStatus(desk.page, username, 'Locked');
    const button = steps.logInAsButton(desk.page, username);
    await button.and(desk.page.locator('[aria-disabled=true]')).waitFor();
    await steps.editButton(desk.page, username).focus();
    await desk.page.keyboard.press('Tab');
    await tooltip().waitFor();
    expect(await tooltip().innerText()).not.toBe(await button.getAttribute('aria-label'));
    const described = (await button.getAttribute('aria-describedby')) ?? '';
    expect(await desk.page.locator(`#${described}`).innerText()).toBe(await tooltip().innerText());
    await desk.page.keyboard.press('Escape');
    await tooltip().waitFor({ state: 'detached' });
    expect(await button.getAttribute('aria-describedby')).toBeNull();
    expect(await button.evaluate((node) => node === document.activeElement)).toBe(true);
  });
});
