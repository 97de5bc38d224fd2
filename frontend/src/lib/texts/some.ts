import { formatNumber } from '$lib/format';

/** "1 change", "3 changes" */
export const some = (n: number, one: string, many: string): string =>
  n === 1 ? `1 ${one}` : `${formatNumber(n)} ${many}`;
