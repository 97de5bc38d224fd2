import { expect, test, vi } from 'vitest';

import type { RefusedMove } from '$lib/api';

import { copyRefused } from './refused';

const app = vi.hoisted(() => ({ RefusedCustomers: vi.fn(), CopyText: vi.fn() }));
vi.mock('$wails/go/main/App', () => app);
vi.mock('$wails/runtime/runtime', () => ({}));

test('all who were refused are copied, not only the hundred on screen', async () => {
  const refused = Array.from({ length: 250 }, (_, n): RefusedMove => ({
    customer_id: String(n),
    name: `Customer ${String(n)}`,
    username: `c${String(n)}@bread.example`,
    message: 'Taken.',
  }));
  app.RefusedCustomers.mockResolvedValueOnce(refused);
  expect(await copyRefused()).toBe(250);
  const [text] = app.CopyText.mock.lastCall as [string];
  const lines = text.split('\n');
  expect(lines).toHaveLength(250);
  expect(lines.at(-1)).toBe('Customer 249\tc249@bread.example\tTaken.');
});

test('a list that can’t be read is not copied in part', async () => {
  app.CopyText.mockClear();
  app.RefusedCustomers.mockRejectedValueOnce(
    JSON.stringify({ code: 'storage', message: 'The disk can’t be read.' }),
  );
  await expect(copyRefused()).rejects.toThrow('The disk');
  expect(app.CopyText).not.toHaveBeenCalled();
});
