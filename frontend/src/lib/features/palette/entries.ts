import type { Offered } from '$lib/actions';
import type { Query, Row } from '$lib/api';

const customersAtMost = 8;

/** Something that the palette found. */
export type Entry = ActionEntry | CustomerEntry;

export interface ActionEntry {
  key: string;
  kind: 'action';
  action: Offered;
}

export interface CustomerEntry {
  key: string;
  kind: 'customer';
  row: Row;
}

export const actionEntry = (action: Offered): ActionEntry => ({
  key: `action/${action.id}`,
  kind: 'action',
  action,
});

export const customerEntry = (row: Row): CustomerEntry => ({
  key: `customer/${row.id}`,
  kind: 'customer',
  row,
});

/** The first customers that a text finds. */
export function queryFor(text: string): Query {
  return {
    text: text.trim(),
    status: '',
    created_from: 0,
    created_to: 0,
    sort: 'name',
    descending: false,
    offset: 0,
    limit: customersAtMost,
  };
}
