import { hint, titleOf } from '$lib/actions/titles';
import type { ColumnField, DatePreset } from '$lib/api';
import { formatNumber } from '$lib/format';
import type { RangeProblem } from '$lib/state/created';

const customers = (n: number): string => (n === 1 ? '1 customer' : `${formatNumber(n)} customers`);

/** The list and its filters. */
export const list = {
  title: 'Manage Customers',
  add: titleOf('add_customer'),
  addHint: `${titleOf('add_customer')} (${hint('add_customer')})`,
  addRefused: 'As support you can’t add customers. Ask an owner or a manager.',
  grid: 'Customers',
  gridHelp:
    'Arrow keys move between customers, with Shift they select a range. Space selects one, Control A all, Escape none. Enter edits, L logs in as the customer, Tab reaches the buttons of a row.',
  gridHelpLook:
    'Arrow keys move between customers, with Shift they select a range. Space selects one, Control A all, Escape none. Enter opens one, L logs in as the customer, Tab reaches the buttons of a row.',

  filters: 'Filters',
  customer: 'Customer',
  customerPlaceholder: 'Search, or status:locked',
  clearCustomer: 'Clear the search',
  choices: 'What can stand here',
  status: 'Status',
  all: 'All',
  date: 'Date',
  from: 'From',
  to: 'To',
  clearFilters: titleOf('clear_filters'),
  noFilters: 'No filter is set',

  selectAll: 'Select all customers in the list',
  select: (username: string) => `Select ${username}`,
  selected: (n: number) => `${formatNumber(n)} selected`,
  selectedNone: 'Nothing selected',
  selection: 'Selected customers',
  clearSelection: 'Clear selection (Esc)',

  actions: 'Actions',
  never: 'Never',
  editOne: titleOf('edit_customer'),
  lookOne: 'View',
  logInAsOne: titleOf('log_in_as'),
  noCustomer: 'Choose a customer in the list first',
  copied: (username: string) => `Copied ${username}`,
  edit: (username: string) => `Edit ${username}`,
  look: (username: string) => `View ${username}`,
  logInAs: (username: string) => `Log in as ${username}`,
  locked: (reason: string) =>
    reason === ''
      ? 'Locked accounts can’t be entered'
      : `Locked accounts can’t be entered.\nLock reason: ${reason}`,
  offline: 'The Back Office can’t be reached right now, and logging in needs it',
  signedOut: 'Sign in first: logging in as a customer needs the Back Office',
  waiting: 'Not sent to the Back Office yet',
  attention: 'Needs attention: open it to see why',
  loading: 'Loading…',

  total: (shown: number, everything: number) =>
    shown === everything
      ? customers(everything)
      : `${formatNumber(shown)} of ${customers(everything)}`,

  emptyTitle: 'No customers yet',
  emptyText: 'Add the first one. The customer gets a mail with a link to activate the account.',
  emptyTextLook: 'Owners and managers add them.',
  noMatchTitle: 'No customer matches',
  noMatchText: 'Nothing fits these filters.',
  noMatchFor: (text: string) => `Nothing fits “${text}” and the other filters.`,
  failedTitle: 'The list can’t be shown',
} as const;

export const columnTitles: Readonly<Record<ColumnField, string>> = {
  name: 'Name',
  username: 'Username',
  company: 'Company',
  status: 'Status',
  created_at: 'Created',
  last_login_at: 'Last login',
  activated_at: 'Activated',
  phone: 'Phone',
  city: 'City',
  country: 'Country',
  tags: 'Tags',
};

/** Which columns there are, in which order, and how wide. */
export const columnMenu = {
  title: 'Columns',
  narrower: (title: string) => `Make ${title} narrower`,
  wider: (title: string) => `Make ${title} wider`,
  left: (title: string) => `Move ${title} to the left`,
  right: (title: string) => `Move ${title} to the right`,
  help: 'A title can be dragged to another place, and the edge beside it to another width.',
  reset: 'Reset columns',
} as const;

/** What was found where no column shows it, by a match's field. */
export const matchTitles: Readonly<Record<string, string>> = {
  username: 'Username',
  company: 'Company',
  phone: 'Phone',
  city: 'City',
  notes: 'Note',
  tags: 'Tag',
};

/** The language of the search, in short. */
export const searchHelp = {
  title: 'How to search',
  words:
    'Every word must be found somewhere: in the name, username, company, phone, city, notes or tags. Case and accents don’t count.',
  examples: [
    { text: 'anna delft', finds: 'both words, in any order' },
    { text: '"de vries"', finds: 'these words together' },
    { text: 'status:locked', finds: 'a status: pending, activated or locked' },
    { text: 'company:bikes', finds: 'only in the company; also name, city, note…' },
    { text: 'tag:vip', finds: 'one of the tags' },
    { text: 'created:2026-10', finds: 'made in that month; also a day or a year' },
    { text: '-status:activated', finds: 'a minus takes what matches away' },
  ],
  keys: 'The field words are offered as you type: arrow keys choose, Enter takes, Esc closes. Alt+↓ shows them all.',
} as const;

export const datePresets: readonly { id: DatePreset; title: string }[] = [
  { id: '', title: 'Any time' },
  { id: 'today', title: 'Today' },
  { id: '7d', title: 'Last 7 days' },
  { id: '30d', title: 'Last 30 days' },
  { id: 'this_month', title: 'This month' },
  { id: 'this_year', title: 'This year' },
  { id: 'custom', title: 'Custom range' },
];

export const rangeProblems: Readonly<Record<RangeProblem, string>> = {
  invalid_from: 'From is not a date; write it as 2026-03-12.',
  invalid_to: 'To is not a date; write it as 2026-03-12.',
  ends_before_it_begins: 'The range ends before it begins.',
};
