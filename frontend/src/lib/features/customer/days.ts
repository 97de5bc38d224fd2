import type { Time } from '$lib/api';
import { formatLongDay } from '$lib/format';

/** Groups what is sorted by time into days of this computer's calendar. */
export function byDay<T extends { at: Time }>(list: readonly T[]): { day: string; items: T[] }[] {
  const groups: { day: string; items: T[] }[] = [];
  for (const item of list) {
    const day = formatLongDay(item.at);
    const last = groups.at(-1);
    if (last?.day === day) last.items.push(item);
    else groups.push({ day, items: [item] });
  }
  return groups;
}
