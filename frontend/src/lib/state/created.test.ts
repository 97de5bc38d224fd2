import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createdRange, parseDay, rangeProblem, untilTomorrow, type CreatedFilter } from './created';

const hour = 3_600_000;
const at = (text: string): number => new Date(text).getTime();
const filter = (date_preset: CreatedFilter['date_preset'], date_from = '', date_to = '') => ({
  date_preset,
  date_from,
  date_to,
});

describe('in Amsterdam', () => {
  const before = process.env.TZ;
  beforeEach(() => {
    process.env.TZ = 'Europe/Amsterdam';
  });
  afterEach(() => {
    process.env.TZ = before;
  });

  it.each([
    ['', 0, 0],
    ['today', at('2026-03-12T00:00+01:00'), at('2026-03-13T00:00+01:00')],
    ['7d', at('2026-03-06T00:00+01:00'), at('2026-03-13T00:00+01:00')],
    ['30d', at('2026-02-11T00:00+01:00'), at('2026-03-13T00:00+01:00')],
    ['this_month', at('2026-03-01T00:00+01:00'), at('2026-04-01T00:00+02:00')],
    ['this_year', at('2026-01-01T00:00+01:00'), at('2027-01-01T00:00+01:00')],
  ] as const)('turns %j into moments', (preset, from, to) => {
    expect(createdRange(filter(preset), at('2026-03-12T14:02+01:00'))).toEqual({ from, to });
  });

  it('counts a day of 23 hours and one of 25 as a day', () => {
    const spring = createdRange(filter('today'), at('2026-03-29T12:00+02:00'));
    const autumn = createdRange(filter('today'), at('2026-10-25T12:00+01:00'));
    expect(spring.to - spring.from).toBe(23 * hour);
    expect(autumn.to - autumn.from).toBe(25 * hour);
  });

  it('begins seven days before over a change of the clock', () => {
    const range = createdRange(filter('7d'), at('2026-03-31T09:00+02:00'));
    expect(range.from).toBe(at('2026-03-25T00:00+01:00'));
  });

  it('holds the last day of a custom range whole', () => {
    const range = createdRange(filter('custom', '2026-10-24', '2026-10-25'), 0);
    expect(range).toEqual({ from: at('2026-10-24T00:00+02:00'), to: at('2026-10-26T00:00+01:00') });
  });

  it('leaves the side open that has no date', () => {
    expect(createdRange(filter('custom', '', '2026-01-01'), 0).from).toBe(0);
    expect(createdRange(filter('custom', '2026-01-01', ''), 0).to).toBe(0);
  });

  it('knows when tomorrow begins', () => {
    expect(untilTomorrow(at('2026-10-25T00:00+02:00'))).toBe(25 * hour);
  });
});

describe('a range typed by hand', () => {
  it.each([
    ['', '', null],
    ['2026-01-01', '2026-01-01', null],
    ['2026-01-02', '2026-01-01', 'ends_before_it_begins'],
    ['12 March', '', 'invalid_from'],
    ['2026-02-30', '', 'invalid_from'],
    ['', '2026-13-01', 'invalid_to'],
    ['0000-01-01', '', 'invalid_from'],
  ] as const)('from %j to %j: %j', (from, to, problem) => {
    expect(rangeProblem(filter('custom', from, to))).toBe(problem);
  });

  it('does not matter while a preset is chosen', () => {
    expect(rangeProblem(filter('today', 'nonsense', ''))).toBeNull();
  });

  it('reads a leap day', () => {
    expect(parseDay('2028-02-29')).toEqual({ year: 2028, month: 2, day: 29 });
    expect(parseDay('2027-02-29')).toBeNull();
  });
});
