import type { Row } from '$lib/api';

/** A row for tests. */
export function sampleRow(id: string, more: Partial<Row> = {}): Row {
  return {
    id,
    username: `${id}@shop.example`,
    first_name: id,
    last_name: '',
    company: '',
    phone: '',
    city: '',
    country: '',
    tags: [],
    status: 'activated',
    created_at: 1,
    activated_at: 1,
    last_login_at: 0,
    lock_reason: '',
    mail_kind: '',
    mail_state: '',
    link_expires_at: 0,
    waiting: false,
    needs_attention: false,
    matches: [],
    ...more,
  };
}
