import type { Fields } from '$lib/api';
import { valueTitle } from '$lib/texts/history';

import { countryName } from './countries';

/** What a field says to people: names instead of codes. Null when it is not there. */
export function valueOf(fields: Fields, field: string): string | null {
  const value = fields[field as keyof Fields];
  if (value === undefined) return null;
  return valueTitle(field, Array.isArray(value) ? value.join(', ') : value, countryName);
}
