import type { Time } from '$lib/api';

// Made once: making a formatter costs far more than using it.
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const longDay = new Intl.DateTimeFormat(undefined, { dateStyle: 'full' });
const clockTime = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const seconds = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const month = new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric' });
const shortMonth = new Intl.DateTimeFormat(undefined, { month: 'short', year: '2-digit' });
const whole = new Intl.NumberFormat();

/** "12 Mar 2026" in the user's locale; "" for never. */
export const formatDay = (at: Time): string => (at === 0 ? '' : day.format(at));

/** "Thursday 12 March 2026" in the user's locale; "" for never. */
export const formatLongDay = (at: Time): string => (at === 0 ? '' : longDay.format(at));

/** "14:02" in the user's locale; "" for never. */
export const formatTime = (at: Time): string => (at === 0 ? '' : clockTime.format(at));

/** "14:02:09" in the user's locale; "" for never. */
export const formatSeconds = (at: Time): string => (at === 0 ? '' : seconds.format(at));

/** "12 Mar 2026, 14:02" in the user's locale; "" for never. */
export const formatMoment = (at: Time): string => (at === 0 ? '' : moment.format(at));

// The middle of the month, so that no time zone makes another one of it.
const middleOf = (text: string): Date => new Date(`${text}-15T12:00:00`);

/** "March 2026" in the user's locale, of "2026-03". */
export const formatMonth = (text: string): string => month.format(middleOf(text));

/** "Mar 26", the same for little room. */
export const formatShortMonth = (text: string): string => shortMonth.format(middleOf(text));

/** "1,234" in the user's locale. */
export const formatNumber = (n: number): string => whole.format(n);

/** Whether two moments are on the same day of this computer's calendar. */
export function sameDay(a: Time, b: Time): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

/** "14:02" for today, else "12 Mar 2026". */
export function formatRecent(at: Time, now: Time): string {
  return sameDay(at, now) ? formatTime(at) : formatDay(at);
}

/** Time left as "59:07", or "1:00:00" from an hour on; "0:00" when it is over. */
export function formatLeft(milliseconds: number): string {
  const left = Math.max(0, Math.ceil(milliseconds / 1_000));
  const two = (n: number): string => String(n).padStart(2, '0');
  const [h, m, s] = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
