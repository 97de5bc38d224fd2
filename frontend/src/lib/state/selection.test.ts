import { beforeEach, describe, expect, it, vi } from 'vitest';

import type * as Api from '$lib/api';
import { sampleRow } from './sample-row';
import { CustomerSelection, type Rows } from './selection.svelte';
import { plainView, queryOf } from './view';

const customerIDs = vi.hoisted(() => vi.fn<(query: Api.Query) => Promise<string[]>>());
const countSelected = vi.hoisted(() => vi.fn<(selection: Api.Selection) => Promise<number>>());
vi.mock('$lib/api', () => ({ customerIDs, countSelected }));

const query = queryOf({ ...plainView, text: 'shop' }, 0);

/** A list of c0, c1… of which only the first rows are read. */
class List implements Rows {
  query = query;
  ids: string[];
  constructor(
    public total: number,
    private readonly read = total,
  ) {
    this.ids = Array.from({ length: total }, (_, i) => `c${i}`);
  }
  row(index: number): Api.Row | undefined {
    const id = index < this.read ? this.ids[index] : undefined;
    return id === undefined ? undefined : sampleRow(id);
  }
  indexOf(id: string): number {
    const index = this.ids.indexOf(id);
    return index < this.read ? index : -1;
  }
}

function selected(s: CustomerSelection, list: List): string[] {
  return list.ids.filter((id) => s.has(id));
}

beforeEach(() => {
  customerIDs.mockReset();
});

describe('a selection', () => {
  it('is one row after a click, several after clicks with Ctrl', () => {
    const list = new List(5);
    const s = new CustomerSelection(list);
    s.only(1);
    s.toggle(3);
    expect(s.value).toEqual({ ids: ['c1', 'c3'], query: null, except: [] });
    s.toggle(1);
    s.only(4);
    expect([s.count, selected(s, list)]).toEqual([1, ['c4']]);
  });

  it('is a range both ways from where it began', async () => {
    const list = new List(9);
    const s = new CustomerSelection(list);
    s.only(4);
    await s.extend(6);
    expect(selected(s, list)).toEqual(['c4', 'c5', 'c6']);
    await s.extend(2);
    expect(selected(s, list)).toEqual(['c2', 'c3', 'c4']);
  });

  it('keeps what was selected when a range adds to it', async () => {
    const list = new List(9);
    const s = new CustomerSelection(list);
    s.only(0);
    s.toggle(5);
    await s.extend(6, true);
    expect(selected(s, list)).toEqual(['c0', 'c5', 'c6']);
  });

  it('is exactly the range, also where rows are not read', async () => {
    customerIDs.mockImplementation((q) =>
      Promise.resolve(list.ids.slice(q.offset, q.offset + q.limit)),
    );
    const list = new List(1_000, 100);
    const s = new CustomerSelection(list);
    s.only(50);
    await s.extend(949);
    expect(customerIDs).toHaveBeenCalledWith({ ...query, offset: 50, limit: 900 });
    expect([s.count, s.has('c49'), s.has('c50'), s.has('c949'), s.has('c950')]).toEqual([
      900,
      false,
      true,
      true,
      false,
    ]);
  });

  it('is the newest range, whatever answers last', async () => {
    const answers: ((ids: string[]) => void)[] = [];
    customerIDs.mockImplementation(() => new Promise((resolve) => answers.push(resolve)));
    const list = new List(1_000, 100);
    const s = new CustomerSelection(list);
    s.only(0);
    const [first, second] = [s.extend(500), s.extend(200)];
    answers[1]?.(['c0', 'c200']);
    answers[0]?.(['c0', 'c500']);
    await Promise.all([first, second]);
    expect(s.value.ids).toEqual(['c0', 'c200']);
    const third = s.extend(300);
    s.clear();
    answers[2]?.(['c0', 'c300']);
    await third;
    expect(s.empty).toBe(true);
  });

  it('of everything asks for no ids, and leaves out what is taken from it', async () => {
    const list = new List(100_000, 100);
    const s = new CustomerSelection(list);
    s.everything();
    expect([s.count, s.whole, s.has('c99999')]).toEqual([100_000, true, true]);
    s.toggle(7);
    expect([s.count, s.whole, s.has('c7')]).toEqual([99_999, false, false]);
    expect(s.value).toEqual({ ids: [], query: { ...query, offset: 0, limit: 0 }, except: ['c7'] });
    list.total = 100_001; // one came to match
    expect(s.count).toBe(100_000);
    s.only(0);
    await s.extend(list.total - 1);
    expect(s.value.query).not.toBeNull();
    expect(customerIDs).not.toHaveBeenCalled();
  });

  it('that lost its last customer is empty', () => {
    const list = new List(2);
    const s = new CustomerSelection(list);
    s.everything();
    s.toggle(0);
    s.toggle(1);
    expect([s.empty, s.value.query]).toEqual([true, null]);
  });

  it('counts no one who is gone or matches no more', async () => {
    const list = new List(10);
    const s = new CustomerSelection(list);
    s.only(1);
    s.toggle(2);
    countSelected.mockResolvedValue(1);
    await s.recount();
    expect(s.count).toBe(1);
    s.everything();
    s.toggle(3);
    list.total = 9; // the one that was left out changed its status
    countSelected.mockResolvedValue(9);
    await s.recount();
    expect(s.count).toBe(9);
  });

  it('follows its first row when rows come in above', async () => {
    const list = new List(5);
    const s = new CustomerSelection(list);
    s.only(1);
    list.ids.unshift('new');
    list.total++;
    await s.extend(3);
    expect(selected(s, list)).toEqual(['c1', 'c2']);
  });

  it('takes no row that is not read', () => {
    const s = new CustomerSelection(new List(10, 3));
    s.toggle(7);
    s.only(8);
    expect(s.empty).toBe(true);
  });
});
