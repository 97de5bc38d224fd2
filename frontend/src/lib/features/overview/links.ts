import type { ListView, Status, Time } from '$lib/api';
import { plainView } from '$lib/state/view';

/** What of a view says which customers it shows. */
export type Filter = Pick<ListView, 'text' | 'status' | 'date_preset' | 'date_from' | 'date_to'>;

const { text, status, date_preset, date_from, date_to } = plainView;

/** Every customer. */
export const everybody: Readonly<Filter> = { text, status, date_preset, date_from, date_to };

export const withStatus = (wanted: Status): Filter => ({ ...everybody, status: wanted });

/** Those created in a month, "2026-03". */
export function madeIn(month: string): Filter {
  const { first, last } = daysOf(month);
  return { ...everybody, date_preset: 'custom', date_from: first, date_to: last };
}

/** Those activated in a month; the search knows the field. */
export const activatedIn = (month: string): Filter => ({
  ...everybody,
  text: `activated:${month}`,
});

export const madeBefore = (month: string): Filter => ({
  ...everybody,
  date_preset: 'custom',
  date_to: dayText(shifted(month, 0)),
});

export const activatedBefore = (month: string): Filter => ({
  ...everybody,
  text: `activated:..${dayText(shifted(month, 0)).slice(0, 7)}`,
});

/** Pending Activate, and created more than a week of days ago. */
export function pendingLong(now: Time): Filter {
  const today = new Date(now);
  const last = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 8);
  return {
    ...everybody,
    status: 'pending_activate',
    date_preset: 'custom',
    date_to: dayText(last),
  };
}

function daysOf(month: string): { first: string; last: string } {
  return { first: `${month}-01`, last: dayText(shifted(month, 1)) };
}

/** The last day before a month, or before the one that comes so many later. */
function shifted(month: string, by: number): Date {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(year, number - 1 + by, 0);
}

function dayText(day: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
