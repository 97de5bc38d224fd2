import { describe, expect, it } from 'vitest';

import { AppError, toAppError } from './error';

describe('toAppError', () => {
  it('reads what Go tells', () => {
    const told = { code: 'username_taken', field: 'username', message: 'Taken.' };
    const error = toAppError(JSON.stringify(told));
    expect(error).toMatchObject(told);
    expect([...error.byField]).toEqual([['username', 'Taken.']]);
    expect(toAppError(new Error(JSON.stringify(told)))).toMatchObject(told);
  });

  it('names every wrong field', () => {
    const fields = [
      { code: 'required', field: 'company', message: 'Company is required.' },
      { code: 'invalid', field: 'website', message: 'No.' },
    ];
    const error = toAppError(JSON.stringify({ code: 'invalid', message: 'Look again.', fields }));
    expect(error.byField.size).toBe(2);
  });

  it.each([['not json'], ['null'], [42], [undefined], [new Error('x')]])(
    'has one honest sentence for %s',
    (reason) => {
      expect(toAppError(reason)).toMatchObject({ code: 'internal', field: '' });
    },
  );

  it('leaves an AppError as it is', () => {
    const error = new AppError('offline', 'Out of reach.');
    expect(toAppError(error)).toBe(error);
  });
});
