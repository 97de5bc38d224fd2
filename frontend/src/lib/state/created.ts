import type { DatePreset, Time } from '$lib/api';

/** From is inclusive and to exclusive; zero means no bound. */
export interface Range {
  from: Time;
  to: Time;
}

export type RangeProblem = 'invalid_from' | 'invalid_to' | 'ends_before_it_begins';

export interface CreatedFilter {
  date_preset: DatePreset;
  date_from: string;
  date_to: string;
}

/** The moments that a date filter means on the calendar of this computer. */
export function createdRange(filter: CreatedFilter, now: Time): Range {
  const { year, month, day } = calendar(now);
  const tomorrow = startOf(year, month, day + 1);
  switch (filter.date_preset) {
    case 'today':
      return { from: startOf(year, month, day), to: tomorrow };
    case '7d':
      return { from: startOf(year, month, day - 6), to: tomorrow };
    case '30d':
      return { from: startOf(year, month, day - 29), to: tomorrow };
    case 'this_month':
      return { from: startOf(year, month, 1), to: startOf(year, month + 1, 1) };
    case 'this_year':
      return { from: startOf(year, 0, 1), to: startOf(year + 1, 0, 1) };
    case 'custom':
      return { from: dayStart(filter.date_from, 0), to: dayStart(filter.date_to, 1) };
    case '':
      return { from: 0, to: 0 };
  }
}

/** What is wrong with a range typed by hand; null when it can be asked. */
export function rangeProblem(filter: CreatedFilter): RangeProblem | null {
  if (filter.date_preset !== 'custom') return null;
  if (filter.date_from && !parseDay(filter.date_from)) return 'invalid_from';
  if (filter.date_to && !parseDay(filter.date_to)) return 'invalid_to';
  const bounded = filter.date_from && filter.date_to;
  return bounded && filter.date_to < filter.date_from ? 'ends_before_it_begins' : null;
}

/** Milliseconds until the calendar's next day begins. */
export function untilTomorrow(now: Time): number {
  const { year, month, day } = calendar(now);
  return startOf(year, month, day + 1) - now;
}

function calendar(at: Time): { year: number; month: number; day: number } {
  const date = new Date(at);
  return { year: date.getFullYear(), month: date.getMonth(), day: date.getDate() };
}

// The Date constructor counts in calendar days, so a day of 23 or 25 hours is
// one day all the same.
function startOf(year: number, month: number, day: number): Time {
  return new Date(year, month, day).getTime();
}

function dayStart(text: string, plusDays: number): Time {
  const day = parseDay(text);
  return day ? startOf(day.year, day.month - 1, day.day + plusDays) : 0;
}

/** Reads YYYY-MM-DD; null when there is no such day. */
export function parseDay(text: string): { year: number; month: number; day: number } | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(year, month - 1, day);
  const exists =
    year >= 1970 &&
    date.getFullYear() === year &&
    date.getMonth() === month - 1 &&
    date.getDate() === day;
  return exists ? { year, month, day } : null;
}
