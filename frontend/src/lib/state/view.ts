import { sortFields, type ListView, type Query, type SortField, type Time } from '$lib/api';

import { plainColumns, restoredColumns } from './columns';
import { createdRange, rangeProblem } from './created';

export const plainView: Readonly<ListView> = {
  text: '',
  status: '',
  date_preset: '',
  date_from: '',
  date_to: '',
  sort: 'name',
  descending: false,
  columns: plainColumns,
};

/** A view as it was kept, without what can't be asked. */
export function restored(view: ListView): ListView {
  const sort = sortFields.includes(view.sort) ? view.sort : plainView.sort;
  const columns = restoredColumns(view.columns);
  if (rangeProblem(view) === null) return { ...view, sort, columns };
  return { ...view, sort, columns, date_preset: '', date_from: '', date_to: '' };
}

/** The first page of what a view shows at this moment. */
export function queryOf(view: ListView, now: Time): Query {
  const { from, to } = createdRange(view, now);
  return {
    text: view.text.trim(),
    status: view.status,
    created_from: from,
    created_to: to,
    sort: view.sort,
    descending: view.descending,
    offset: 0,
    limit: 100,
  };
}

/** Whether two questions are about the same customers, in whatever order. */
export function sameFilters(a: Query, b: Query): boolean {
  return (
    a.text === b.text &&
    a.status === b.status &&
    a.created_from === b.created_from &&
    a.created_to === b.created_to
  );
}

/** Whether two views show the same in the same way. */
export function sameView(a: ListView, b: ListView): boolean {
  const plain = ({ text, columns, ...rest }: ListView): string =>
    JSON.stringify([
      text.trim(),
      columns.map(({ field, width }) => [field, width]),
      Object.entries(rest).sort(([x], [y]) => (x < y ? -1 : 1)),
    ]);
  return plain(a) === plain(b);
}

/** Whether a filter, other than the order, hides customers. */
export function isFiltered(view: ListView): boolean {
  return view.text.trim() !== '' || view.status !== '' || view.date_preset !== '';
}

/** The view after a press on a column's title: again turns it round. Dates begin with the newest. */
export function sortedBy(view: ListView, sort: SortField): ListView {
  if (view.sort === sort) return { ...view, descending: !view.descending };
  return { ...view, sort, descending: sort.endsWith('_at') };
}
