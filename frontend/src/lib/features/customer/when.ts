import type { Time } from '$lib/api';

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'full' });

export const formatMoment = (at: Time): string => moment.format(at);
export const formatClock = (at: Time): string => clock.format(at);
export const formatDay = (at: Time): string => day.format(at);

/** Groups what is sorted by time into days of the user's own time zone. */
export function byDay<T extends { at: Time }>(list: readonly T[]): { day: string; items: T[] }[] {
  const groups: { day: string; items: T[] }[] = [];
  for (const item of list) {
    const title = formatDay(item.at);
    const last = groups.at(-1);
    if (last?.day === title) last.items.push(item);
    else groups.push({ day: title, items: [item] });
  }
  return groups;
}
