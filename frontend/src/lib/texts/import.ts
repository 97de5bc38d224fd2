import type {
  Duplicates,
  Encoding,
  Existing,
  ImportState,
  Quote,
  RowKind,
  Separator,
} from '$lib/api';
import { formatNumber } from '$lib/format';

import { fieldTitles } from './customer';
import { some } from './some';

const customers = (n: number): string => some(n, 'customer', 'customers');
const rows = (n: number): string => some(n, 'row', 'rows');

const kindTitles: Readonly<Record<RowKind, string>> = {
  new: 'New',
  changed: 'Changed',
  unchanged: 'Unchanged',
  duplicate: 'Duplicates',
  error: 'Errors',
};

/** Words of the import. */
export const importTexts = {
  title: 'Import customers',
  steps: {
    file: 'File',
    reading: 'How it is read',
    columns: 'Columns',
    rehearsal: 'What would happen',
  },
  step: (n: number, title: string) => `Step ${String(n)} of 4: ${title}`,

  choose: 'Choose file…',
  about: [
    'Choose a table of customers: a CSV file, or an Excel file (XLSX). You can also drop it on the window.',
    'You see what would happen to each row before anything changes. Passwords are never imported.',
  ],

  encoding: 'Encoding',
  separator: 'Separator',
  quote: 'Text in quotes',
  sheet: 'Sheet',
  header: 'The first row names the columns',
  preview: 'The first rows of the file',
  next: 'Next',
  back: 'Back',

  columnsAbout: (remembered: boolean) =>
    remembered
      ? 'The columns go where you put them the last time.'
      : 'Say where each column goes. An empty cell leaves what is there.',
  ignore: 'Not imported',
  columnLabel: (name: string) => `Column ${name} goes to`,
  example: (text: string) => `Such as ${text}`,
  rehearse: 'Check the file',

  rehearsing: 'Checking the file. Nothing is changed.',
  checking: 'Rows checked',
  percent: (part: number) => `${String(Math.floor(part * 100))}%`,

  kinds: 'What would happen to the rows',
  kind: (kind: RowKind, n: number) => `${kindTitles[kind]} (${formatNumber(n)})`,
  noRows: 'No row is like this.',
  existing: 'Customers that are here already',
  duplicates: 'Rows with the same username',
  mails: (n: number) => `Mail ${customers(n)} a link to activate or set a password`,
  noMails: 'Without it nobody is mailed. You can send the mails later.',
  nothing: 'There is nothing to import.',
  run: (n: number) => `Import ${customers(n)}`,
  row: (n: number) => `Row ${formatNumber(n)}`,
  sameAs: (row: number) => `Same username as row ${formatNumber(row)}`,
  change: (field: string, from: string, to: string) =>
    `${fieldTitles[field] ?? field}: ${from === '' ? 'empty' : from} → ${to === '' ? 'empty' : to}`,
  page: (first: number, last: number, total: number) =>
    `${formatNumber(first)}–${formatNumber(last)} of ${formatNumber(total)}`,
  earlier: 'Previous page',
  later: 'Next page',

  running: 'Importing',
  runningText: 'You can close this dialog; the import goes on.',
  imported: 'Rows imported',
  progress: (done: number, total: number) => `${formatNumber(done)} of ${rows(total)}`,
  cancel: 'Cancel the import',
  resume: 'Go on',

  doneTitle: 'The import is done',
  stoppedTitle: 'The import has stopped',
  stoppedText: 'What it has done stays. Go on to import the rest.',
  added: (n: number) => `${customers(n)} added`,
  updated: (n: number) => `${customers(n)} changed`,
  failures: (n: number) => `${rows(n)} not imported`,
  failuresText: 'Save these rows to a file like the one you imported, with the reason beside each.',
  saveFailed: 'Save failed rows…',
  saved: (n: number) => `Saved ${rows(n)}.`,
  undo: 'Undo takes the whole import back, except for new customers that have reached the Back Office.',
  another: 'Import another file',
  ended: (s: ImportState) =>
    `${s.phase === 'done' ? 'The import is done' : 'The import has stopped'}: ${customers(s.added)} added, ${formatNumber(s.updated)} changed.`,
  refused: 'Ask an owner or a manager to import customers.',
} as const;

export const encodingTitles: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-8-bom': 'UTF-8 with a mark',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16, big-endian',
  'windows-1252': 'Windows-1252 (Western)',
};

export const separatorTitles: Readonly<Record<Separator, string>> = {
  ',': 'Comma',
  ';': 'Semicolon',
  '\t': 'Tab',
  '|': 'Bar |',
};

export const quoteTitles: Readonly<Record<Quote, string>> = {
  '"': 'Double "',
  "'": "Single '",
  none: 'None',
};

export const existingTitles: Readonly<Record<Existing, string>> = {
  update: 'Change them where the file says something',
  leave: 'Leave them as they are',
};

export const duplicateTitles: Readonly<Record<Duplicates, string>> = {
  first: 'The first one counts',
  last: 'The last one counts',
  none: 'None of them counts',
};

/** The fields that a table can hold: all but the password. */
export const importable: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(fieldTitles).filter(([field]) => field !== 'password_hash'),
);

/** Where a column can go. */
export const columnTitles: Readonly<Record<string, string>> = {
  ...importable,
  name: 'First and last name in one',
  last_name_prefix: 'Prefix of the last name',
};
