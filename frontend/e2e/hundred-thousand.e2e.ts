import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Desk, startDesk } from './desk';
import { eventually } from './process';
import * as steps from './steps';

// Fills the replica as a first sync would, by SQL: what is tested is the list.
const fill = `
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
INSERT INTO customer (seq, id, revision, server)
SELECT i, printf('01890a5d-0000-7000-8000-%012d', i), i, json_object(
  'id', printf('01890a5d-0000-7000-8000-%012d', i), 'username', printf('c%06d@bulk.example', i),
  'first_name', 'Customer', 'last_name', printf('%06d', i), 'company', printf('Shop %06d', i),
  'language', 'en', 'status', CASE i % 3 WHEN 0 THEN 'locked' ELSE 'activated' END,
  'tags', json_array(), 'created_at', 1700000000000 + i * 1000, 'revision', i)
FROM n;
DELETE FROM derived; -- the next start makes the rest of it`;

describe('a list of 100,000 customers', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await startDesk();
    await steps.useThisComputer(desk.page);
    await desk.restart({
      whileDown: () => {
        execFileSync('sqlite3', [join(desk.dataDir, 'local', 'replica.db')], { input: fill });
      },
    });
  });
  afterAll(async () => {
    await desk.stop();
  });

  test('shows the total and keeps few rows in the page, from the first to the last', async () => {
    const { page } = desk;
    await page.getByText('100,000 customers').first().waitFor();
    await steps.editButton(page, 'c000001@bulk.example').waitFor();
    await page.getByRole('row', { name: /Customer 000001/ }).focus();
    await page.keyboard.press('End');
    await steps.editButton(page, 'c100000@bulk.example').waitFor();
    await page.keyboard.press('PageUp');
    expect(await page.getByRole('row').count()).toBeLessThan(60);
    await page.keyboard.press('Home');
    await steps.editButton(page, 'c000001@bulk.example').waitFor();
  });

  test('scrolls into the middle', async () => {
    const { page } = desk;
    const reached = await page.evaluate(() => {
      const all = [...document.querySelectorAll('*')];
      const scroller = all.reduce((a, b) => (b.scrollHeight > a.scrollHeight ? b : a));
      const inner = all.find((node) => node.scrollHeight > 1_000_000 && node.clientHeight < 2000);
      const target = inner ?? scroller;
      target.scrollTop = 44 * 50_000;
      return target.scrollTop;
    });
    expect(reached).toBe(44 * 50_000);
    await steps.editButton(page, 'c050005@bulk.example').waitFor();
  });

  test('finds one as it is typed', async () => {
    const { page } = desk;
    await page.getByRole('combobox', { name: 'Customer' }).fill('shop 077777');
    await steps.editButton(page, 'c077777@bulk.example').waitFor();
    await eventually(
      async () =>
        (await page.locator('body').innerText()).includes('1 of 100,000') ? true : undefined,
      () => 'the total is not told',
    );
  });
});
