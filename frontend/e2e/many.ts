import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Desk } from './desk';

/**
 * Gives the Back Office of this computer n customers, by SQL, while the program
 * is down: c000001@bulk.example and so on, a third of each status in turn.
 */
export function fillOffice(desk: Desk, n: number): void {
  const fill = `
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${String(n)})
INSERT INTO customers
SELECT printf('01890a5d-0000-7000-8000-%012d', i), (SELECT id FROM partners LIMIT 1),
  printf('c%06d@bulk.example', i), printf('c%06d@bulk.example', i),
  'Customer', printf('%06d', i), printf('Shop %06d', i), '', '', '', '', '', '', 'en',
  CASE i % 3 WHEN 0 THEN 'locked' WHEN 1 THEN 'activated' ELSE 'pending_activate' END,
  '', '', '[]', 'x', 1700000000000 + i * 1000, 0, 0, '', '', '', '', 0, 0,
  (SELECT value FROM counters WHERE name = 'revision') + i
FROM n;
UPDATE counters SET value = value + ${String(n)} WHERE name = 'revision';`;
  execFileSync('sqlite3', [join(desk.dataDir, 'local', 'backoffice', 'backoffice.db')], {
    input: fill,
  });
}
