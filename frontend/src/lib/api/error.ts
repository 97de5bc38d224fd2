import type { FieldError } from './types';

/** A failure as Go told it: one sentence, and the field it concerns. */
export class AppError extends Error {
  override readonly name = 'AppError';

  constructor(
    /** A stable name of the kind of failure: "offline", "username_taken"… */
    readonly code: string,
    message: string,
    /** The field it concerns, named as in JSON; empty for none. */
    readonly field = '',
    /** One error a field when several are wrong. */
    readonly fields: readonly FieldError[] = [],
  ) {
    super(message);
  }

  /** Every wrong field with its sentence, whether one or several were told. */
  get byField(): Map<string, string> {
    const wrong = new Map<string, string>();
    for (const f of this.fields) if (f.field) wrong.set(f.field, f.message);
    if (this.field) wrong.set(this.field, this.message);
    return wrong;
  }
}

const unexpected = 'Something went wrong inside Partner Desk. Nothing was lost; try again.';

/**
 * Turns whatever a bound method was rejected with into an AppError: the JSON
 * that Go told comes as a string, or as the message of an Error.
 */
export function toAppError(reason: unknown): AppError {
  if (reason instanceof AppError) return reason;
  const text = reason instanceof Error ? reason.message : reason;
  const told = typeof text === 'string' ? parse(text) : text;
  if (isFieldError(told)) return new AppError(told.code, told.message, told.field, told.fields);
  return new AppError('internal', unexpected);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isFieldError(value: unknown): value is FieldError {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    typeof value.code === 'string' &&
    'message' in value &&
    typeof value.message === 'string'
  );
}
