import { formatNumber } from '$lib/format';

import { importable } from './import';
import { some } from './some';

const customers = (n: number): string => some(n, 'customer', 'customers');

/** Words of the export. */
export const exportTexts = {
  title: 'Export customers',
  which: 'Customers',
  list: (n: number) => `All that the list shows (${formatNumber(n)})`,
  selection: (n: number) => `The selection (${formatNumber(n)})`,
  format: 'File',
  columns: 'Columns',
  all: 'All columns',
  none: 'No columns',
  start: 'Export…',
  progress: 'Customers exported',
  done: (done: number, total: number) => `${formatNumber(done)} of ${customers(total)}`,
  cancel: 'Cancel the export',
  cancelled: 'The export was cancelled. No file was written.',
  ended: (n: number, path: string) => `${customers(n)} exported to ${path}`,
  nobody: 'There are no customers to export.',
} as const;

/** The files that can be written, by kind and separator. */
export const exportFormats = [
  { value: 'csv,', title: 'CSV with commas' },
  { value: 'csv;', title: 'CSV with semicolons' },
  { value: 'xlsx', title: 'Excel (XLSX)' },
] as const;

/** The columns that can be written. */
export const exportColumns: Readonly<Record<string, string>> = {
  ...importable,
  created_at: 'Created',
  activated_at: 'Activated',
  last_login_at: 'Last login',
};
