import { describe, expect, it, vi } from 'vitest';

import type { Page, Query } from '$lib/api';

import { PageCache, pageSize as p } from './pages';
import { sampleRow } from './sample-row';
import { plainView, queryOf } from './view';

const query = (text: string): Query => queryOf({ ...plainView, text }, 0);

/** A Back Office whose answers come when the test says so. */
function desk(total: number) {
  const ids = Array.from({ length: total }, (_, i) => `c${i}`);
  const asked: { query: Query; answer: () => void; fail: () => void }[] = [];
  const fetch = (q: Query): Promise<Page> =>
    new Promise((resolve, reject) => {
      asked.push({
        query: q,
        answer: () => {
          const all = ids.map((id) => q.text + id);
          resolve({
            rows: all.slice(q.offset, q.offset + q.limit).map((id) => sampleRow(id)),
            total: all.length,
            counts: { all: all.length, pending_activate: 0, activated: all.length, locked: 0 },
            everything: all.length,
          });
        },
        fail: () => {
          reject(new Error('out of reach'));
        },
      });
    });
  const onpage = vi.fn<(page: Page) => void>();
  const onfailure = vi.fn<(reason: unknown) => void>();
  return { ids, asked, onpage, onfailure, cache: new PageCache(fetch, onpage, onfailure) };
}

async function opened(total: number) {
  const d = desk(total);
  const open = d.cache.open(query(''));
  d.asked[0]?.answer();
  await open;
  return d;
}

describe('PageCache', () => {
  it('reads the first page, and others when they are needed', async () => {
    const { asked, cache } = await opened(2.5 * p);
    expect(cache.row(p - 1)?.id).toBe(`c${p - 1}`);
    expect(cache.row(p)).toBeUndefined();
    cache.need(p - 1, 2 * p + 1);
    cache.need(p - 2, 2 * p + 2); // already asked
    expect(asked.map((a) => a.query.offset)).toEqual([0, p, 2 * p]);
    asked[2]?.answer();
    await vi.waitFor(() => {
      expect(cache.row(2.5 * p - 1)?.id).toBe(`c${2.5 * p - 1}`);
    });
  });

  it('drops an answer that was overtaken', async () => {
    const { asked, cache, onpage } = desk(3);
    const [first, second] = [cache.open(query('a')), cache.open(query('b'))];
    asked[1]?.answer();
    asked[0]?.answer();
    expect([await first, await second]).toEqual([false, true]);
    expect(cache.row(0)?.id).toBe('bc0');
    expect(onpage).toHaveBeenCalledTimes(1);
  });

  it('shows the newest question’s rows, in whatever order a hundred answers come', async () => {
    const { asked, cache, onpage, onfailure } = desk(3);
    const opens = Array.from({ length: 100 }, (_, i) => cache.open(query(`${i}:`)));
    const order = asked.map((_, i) => (i * 37 + 11) % 100);
    for (const i of order) {
      if (i % 10 === 3) asked[i]?.fail();
      else asked[i]?.answer();
    }
    const newest = await Promise.all(opens);
    expect(newest.filter(Boolean)).toHaveLength(1);
    expect(newest[99]).toBe(true);
    expect(cache.row(0)?.id).toBe('99:c0');
    expect(onpage).toHaveBeenCalledTimes(1);
    expect(onfailure).not.toHaveBeenCalled();
  });

  it('goes on with the rows it has when a question can’t be answered', async () => {
    const { asked, cache, onfailure } = await opened(2.5 * p);
    const open = cache.open(query('status:'));
    asked[1]?.fail();
    expect(await open).toBe(false);
    expect(onfailure).toHaveBeenCalledTimes(1);
    expect(cache.row(0)?.id).toBe('c0');
    cache.need(2 * p, 2 * p + 1);
    expect(asked[2]?.query).toMatchObject({ text: '', offset: 2 * p });
    asked[2]?.answer();
    await vi.waitFor(() => {
      expect(cache.row(2 * p)?.id).toBe(`c${2 * p}`);
    });
  });

  it('keeps what is there until another question is answered', async () => {
    const { asked, cache } = await opened(p + 20);
    const open = cache.open(query('x'));
    cache.need(p, p + 10); // of the old question: not asked
    expect(asked).toHaveLength(2);
    expect(cache.row(0)?.id).toBe('c0');
    asked[1]?.answer();
    await open;
    expect(cache.row(0)?.id).toBe('xc0');
  });

  it('swaps all pages on screen at once, and finds a customer again', async () => {
    const { ids, asked, cache } = await opened(2 * p);
    cache.need(p, p + 10);
    asked[1]?.answer();
    await vi.waitFor(() => {
      expect(cache.row(p)?.id).toBe(`c${p}`);
    });
    ids.unshift('new');
    const refresh = cache.refresh(p - 10, p + 10);
    asked[3]?.answer();
    expect(cache.row(p)?.id).toBe(`c${p}`);
    asked[2]?.answer();
    expect(await refresh).toBe(true);
    expect(cache.row(p)?.id).toBe(`c${p - 1}`);
    expect(cache.indexOf(`c${p - 1}`)).toBe(p);
  });

  it('reads a page again that a refresh left behind, and shows it meanwhile', async () => {
    const { asked, cache } = await opened(2 * p);
    cache.need(p, p + 10);
    asked[1]?.answer();
    await vi.waitFor(() => {
      expect(cache.row(p)).toBeDefined();
    });
    const refresh = cache.refresh(0, 10);
    asked[2]?.answer();
    await refresh;
    expect(cache.row(p + 20)?.id).toBe(`c${p + 20}`);
    expect(cache.indexOf(`c${p + 20}`)).toBe(-1);
    cache.need(p, p + 10);
    expect(asked[3]?.query.offset).toBe(p);
  });

  it('tells of a failure and can ask again', async () => {
    const { asked, cache, onfailure } = desk(3);
    const open = cache.open(query(''));
    asked[0]?.fail();
    expect(await open).toBe(false);
    expect(onfailure).toHaveBeenCalledTimes(1);
    const again = cache.open(query(''));
    asked[1]?.answer();
    expect(await again).toBe(true);
  });

  it('forgets pages far away', async () => {
    const { asked, cache } = await opened(100 * p);
    for (let page = 1; page < 100; page++) {
      cache.need(page * p, page * p);
      asked.at(-1)?.answer();
    }
    await vi.waitFor(() => {
      expect(cache.row(100 * p - 1)).toBeDefined();
    });
    expect(cache.row(0)).toBeUndefined();
  });
});
