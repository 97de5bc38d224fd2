import { SvelteSet } from 'svelte/reactivity';

import * as api from '$lib/api';
import { Latest } from '$lib/latest';
import { history } from '$lib/state/history.svelte';
import { rights } from '$lib/state/rights.svelte';
import { customerTexts as texts } from '$lib/texts/customer';

import { shownErrors, type Wrong } from './errors';
import {
  absorb,
  changedFields,
  clashesOf,
  type Clash,
  type FieldName,
  type Merged,
  reopen,
  settle,
} from './merge';

/** What the customer dialog holds from its opening to OK or Cancel. */
export class CustomerForm {
  values: api.Customer;
  /** How an account that becomes Activated gets its password. */
  passwordChoice = $state<'mail' | 'set'>('mail');
  password = $state('');

  readonly isNew: boolean;
  #base: api.Customer;
  #waiting = $state(false);
  #sent = $state(false);
  #dropRemoves = $state(false);
  #problem = $state.raw<api.Problem | null>(null);
  #clashes = $state.raw<Clash[]>([]);
  #errors = $state.raw<Wrong>({});
  #failure = $state('');
  #saving = $state(false);
  #changedElsewhere = $state(false);
  #left = new SvelteSet<string>();
  #checks = new Latest();
  #pressed = false;
  #afterPress = false;

  constructor(record: api.CustomerRecord, isNew: boolean) {
    this.isNew = isNew;
    this.values = $state({ ...record.customer, tags: [...record.customer.tags] });
    this.#base = $state.raw(record.customer);
    this.#takeProblem(record);
  }

  /** It can be looked at only. */
  get readonly(): boolean {
    return !rights.mayEdit;
  }

  get base(): api.Customer {
    return this.#base;
  }

  get waiting(): boolean {
    return this.#waiting;
  }

  /** Whether there is a change that can be dropped. */
  get droppable(): boolean {
    return (this.#waiting || this.#problem !== null) && !this.#sent;
  }

  /** Whether dropping the change removes the customer. */
  get dropRemoves(): boolean {
    return this.#dropRemoves;
  }

  get problem(): api.Problem | null {
    return this.#problem;
  }

  get saving(): boolean {
    return this.#saving;
  }

  /** Why saving failed, when it is about no field. */
  get failure(): string {
    return this.#failure;
  }

  get changedElsewhere(): boolean {
    return this.#changedElsewhere;
  }

  get dirty(): boolean {
    return (
      changedFields(this.#base, $state.snapshot(this.values)).length > 0 ||
      this.#usedPassword !== ''
    );
  }

  /** The account becomes Activated and has no password. */
  get asksPassword(): boolean {
    const becomes = this.isNew || this.#base.status !== 'activated';
    return this.values.status === 'activated' && becomes && !this.values.has_password;
  }

  get #usedPassword(): string {
    return this.asksPassword && this.passwordChoice === 'set' ? this.password : '';
  }

  error(field: string): string | undefined {
    return this.#errors[field];
  }

  clash(field: FieldName): Clash | undefined {
    return this.#clashes.find((clash) => clash.field === field);
  }

  choose(field: FieldName, choice: 'mine' | 'theirs'): void {
    this.#take(settle(this.#merged(), field, choice));
    if (this.#errors[field] === texts.chooseFirst) this.#clear(field);
  }

  /** Takes in what became of the customer elsewhere. */
  refresh(record: api.CustomerRecord): void {
    if (this.#saving) return;
    const before = changedFields(this.#base, record.customer).length > 0;
    const sameProblem = record.problem?.mutation_id === this.#problem?.mutation_id;
    // What was to be settled no longer is: those fields follow like any other.
    if (!sameProblem) this.#clashes = this.#clashes.filter((clash) => !clash.cameBack);
    this.#take(absorb(this.#merged(), record.customer));
    this.#waiting = record.waiting;
    this.#sent = record.sent;
    this.#dropRemoves = record.drop_removes;
    if (before) this.#changedElsewhere = true;
    if (!sameProblem) this.#takeProblem(record);
    else if (record.problem) this.#reopen(record.problem);
  }

  /** The user left a field: tells what is wrong with it. */
  async leave(field: string): Promise<void> {
    this.#left.add(field);
    if (this.#pressed) this.#afterPress = true;
    else await this.#check();
  }

  /** While a pointer is down nothing may move, or the click would miss. */
  press(): void {
    this.#pressed = true;
  }

  async release(): Promise<void> {
    this.#pressed = false;
    if (!this.#afterPress) return;
    this.#afterPress = false;
    await this.#check();
  }

  /** The user changed a field: what was told as wrong may be right now. */
  async change(field: string): Promise<void> {
    if (field in this.#errors) await this.#check();
  }

  async #check(): Promise<void> {
    if (this.#saving) return; // it checks everything
    const isNewest = this.#checks.ask();
    try {
      const found = await api.checkCustomer(this.#edit());
      if (!isNewest()) return;
      // What OK still waits for is told until it is there.
      const awaited = Object.entries(this.#awaited()).filter(([field]) => field in this.#errors);
      this.#errors = {
        ...shownErrors(found, this.#left, this.#errors),
        ...Object.fromEntries(awaited),
      };
    } catch {
      // Saving checks everything again and tells why it can't.
    }
  }

  /** Saves once. Null when something is wrong, which the fields then tell. */
  async save(): Promise<api.CustomerRecord | null> {
    if (this.#saving || this.readonly || !this.#ready()) return null;
    this.#saving = true;
    this.#checks.drop();
    this.#failure = '';
    try {
      const record = await history.after(api.saveCustomer(this.#edit()));
      this.password = '';
      return record;
    } catch (reason) {
      const error = api.toAppError(reason);
      this.#errors = Object.fromEntries(error.byField);
      if (error.byField.size === 0) this.#failure = error.message;
      for (const field of error.byField.keys()) this.#left.add(field);
      return null;
    } finally {
      this.#saving = false;
    }
  }

  #ready(): boolean {
    const wrong = this.#awaited();
    const ready = Object.keys(wrong).length === 0;
    if (!ready) this.#errors = wrong;
    return ready;
  }

  /** What the user has to do first, by field; Go does not know of it. */
  #awaited(): Wrong {
    const wrong: Record<string, string> = {};
    for (const clash of this.#clashes) {
      if (clash.choice === undefined) wrong[clash.field] = texts.chooseFirst;
    }
    if (this.asksPassword && this.passwordChoice === 'set' && this.password === '') {
      wrong.password = texts.passwordMissing;
    }
    return wrong;
  }

  #edit(): api.Edit {
    return {
      new: this.isNew,
      base: this.#base,
      customer: $state.snapshot(this.values),
      password: this.#usedPassword,
      settles: this.#problem?.mutation_id ?? '',
    };
  }

  #merged(): Merged {
    return { base: this.#base, values: $state.snapshot(this.values), clashes: this.#clashes };
  }

  #take(merged: Merged): void {
    this.#base = merged.base;
    Object.assign(this.values, merged.values);
    this.#clashes = merged.clashes;
  }

  #takeProblem(record: api.CustomerRecord): void {
    this.#waiting = record.waiting;
    this.#sent = record.sent;
    this.#dropRemoves = record.drop_removes;
    this.#problem = record.problem ?? null;
    const kept = this.#clashes.filter((clash) => !clash.cameBack);
    const problem = this.#problem;
    this.#clashes = problem ? [...kept, ...clashesOf(problem)] : kept;
    const told = problem?.outcome === 'rejected' ? problem.error : null;
    if (told?.field) {
      this.#errors = { ...this.#errors, [told.field]: told.message };
      this.#left.add(told.field);
    }
  }

  #reopen(problem: api.Problem): void {
    const after = reopen(this.#merged(), problem);
    const moved = after.clashes.some((clash, i) => clash !== this.#clashes[i]);
    this.#problem = problem;
    this.#take(after);
    if (moved) this.#changedElsewhere = true;
  }

  #clear(field: string): void {
    this.#errors = Object.fromEntries(
      Object.entries(this.#errors).filter(([name]) => name !== field),
    );
  }
}
