import type { ColumnField, Row, Time } from '$lib/api';
import { countryName } from '$lib/features/customer/countries';
import { formatMoment } from '$lib/format';
import { mailTruth } from '$lib/mail-truth';
import { mailTexts } from '$lib/texts/mail';

/** What a row says of a field when the pointer rests there: all of it, where a cell may have too little room. */
export function titleOf(row: Row, field: ColumnField, now: Time): string {
  switch (field) {
    case 'name':
      return `${row.first_name} ${row.last_name}`.trim();
    case 'status':
      if (row.status === 'locked') return row.lock_reason;
      return mailTruth(row, now) && row.link_expires_at > now
        ? mailTexts.linkWorks(row.link_expires_at)
        : '';
    case 'created_at':
    case 'activated_at':
    case 'last_login_at':
      return formatMoment(row[field]);
    case 'country':
      return row.country === '' ? '' : countryName(row.country);
    case 'tags':
      return row.tags.join(', ');
    default:
      return row[field];
  }
}
