import type { Customer, Fields, Problem } from '$lib/api';

/** The fields a user can change, in the order of the form. */
export const fieldNames = [
  'username',
  'first_name',
  'last_name',
  'company',
  'phone',
  'website',
  'street',
  'postal_code',
  'city',
  'country',
  'language',
  'status',
  'lock_reason',
  'notes',
  'tags',
] as const;
export type FieldName = (typeof fieldNames)[number];

/** A field that was changed here and, differently, elsewhere. */
export interface Clash {
  field: FieldName;
  /** What the user saw before the change. */
  base: Fields;
  mine: Fields;
  theirs: Fields;
  /** What the user picked; undefined until then. */
  choice?: 'mine' | 'theirs';
  /** True when the change went out before and came back. */
  cameBack: boolean;
}

export function isFieldName(name: string): name is FieldName {
  return fieldNames.some((field) => field === name);
}

export function same(a: Fields, b: Fields, field: FieldName): boolean {
  return JSON.stringify(a[field]) === JSON.stringify(b[field]);
}

/** The fields in which two customers differ. */
export function changedFields(a: Customer, b: Customer): FieldName[] {
  return fieldNames.filter((field) => !same(a, b, field));
}

/** One field of a customer alone. */
export function pick(from: Fields, field: FieldName): Fields {
  return { [field]: from[field] };
}

/** The customer with the fields laid over it. */
export function lay(fields: Fields, over: Customer): Customer {
  return { ...over, ...fields };
}

/** The clashes of a change that came back. */
export function clashesOf(problem: Problem): Clash[] {
  return problem.conflicts.filter(isFieldName).map((field) => ({
    field,
    base: pick(problem.base, field),
    mine: pick(problem.mine, field),
    theirs: pick(problem.theirs, field),
    cameBack: true,
  }));
}

export interface Merged {
  base: Customer;
  values: Customer;
  clashes: Clash[];
}

/**
 * Takes in what the customer has become elsewhere: untouched fields follow,
 * what the user typed stays, and a field changed on both sides is a clash.
 */
export function absorb(before: Merged, latest: Customer): Merged {
  let base: Customer = { ...before.base, ...facts(latest) };
  let values: Customer = { ...before.values, ...facts(latest) };
  const clashes = before.clashes.filter((clash) => clash.cameBack || clash.choice === undefined);
  for (const field of fieldNames) {
    const at = clashes.findIndex((clash) => clash.field === field);
    const known = clashes[at];
    if (known?.cameBack || same(latest, base, field)) continue;
    const theirs = pick(latest, field);
    if (same(values, base, field) || same(values, latest, field)) {
      base = lay(theirs, base);
      values = lay(theirs, values);
      if (at >= 0) clashes.splice(at, 1);
    } else if (known) {
      clashes[at] = { ...known, theirs };
    } else {
      const mine = pick(values, field);
      clashes.push({ field, base: pick(base, field), mine, theirs, cameBack: false });
    }
  }
  return { base, values, clashes };
}

/**
 * Settles a clash. What is saved is the difference between base and values, so
 * the base becomes the other side's value; where a change that came back is
 * given up, it becomes the user's own, so that giving it up is a change too.
 */
export function settle(before: Merged, field: FieldName, choice: 'mine' | 'theirs'): Merged {
  const clash = before.clashes.find((c) => c.field === field);
  if (!clash) return before;
  const giveUp = choice === 'theirs' && clash.cameBack;
  return {
    base: lay(giveUp ? clash.mine : clash.theirs, before.base),
    values: lay(choice === 'mine' ? clash.mine : clash.theirs, before.values),
    clashes: before.clashes.map((c) => (c === clash ? { ...c, choice } : c)),
  };
}

/**
 * Takes in how a change that came back stands now: where theirs changed since,
 * the field is to be settled anew and shows the user's own value again.
 */
export function reopen(before: Merged, problem: Problem): Merged {
  let { base, values } = before;
  const now = clashesOf(problem);
  const clashes = before.clashes.map((clash) => {
    const latest = now.find(({ field }) => field === clash.field);
    if (!clash.cameBack || !latest || same(latest.theirs, clash.theirs, clash.field)) return clash;
    if (clash.choice !== undefined) {
      base = lay(clash.mine, base);
      values = lay(clash.mine, values);
    }
    return latest;
  });
  return { base, values, clashes };
}

function facts(c: Customer): Partial<Customer> {
  const { has_password, created_at, activated_at, last_login_at, revision } = c;
  const { mail_kind, mail_state, mail_error, mail_at, link_expires_at } = c;
  return {
    ...{ has_password, created_at, activated_at, last_login_at, revision },
    ...{ mail_kind, mail_state, mail_error, mail_at, link_expires_at },
  };
}
