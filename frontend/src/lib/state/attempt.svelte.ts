import { toAppError } from '$lib/api';

/** One thing that a form does, tried once at a time, and what was wrong with it. */
export class Attempt {
  #busy = $state(false);
  #failure = $state('');
  #wrong = $state.raw<Readonly<Record<string, string>>>({});

  constructor(
    /** The fields that the form shows; what is told of another is told above. */
    private readonly fields: readonly string[] = [],
  ) {}

  get busy(): boolean {
    return this.#busy;
  }

  /** What went wrong, when it is about no field of the form. */
  get failure(): string {
    return this.#failure;
  }

  error(field: string): string | undefined {
    return this.#wrong[field];
  }

  /** The user changed a field: what was told of it no longer counts. */
  correct(field: string): void {
    if (!(field in this.#wrong)) return;
    this.#wrong = Object.fromEntries(
      Object.entries(this.#wrong).filter(([name]) => name !== field),
    );
  }

  /** Takes back whatever was told. */
  clear(): void {
    this.#failure = '';
    this.#wrong = {};
  }

  /** Runs the work unless it runs already; whether it was done. */
  async run(work: () => Promise<unknown>): Promise<boolean> {
    if (this.#busy) return false;
    this.#busy = true;
    this.clear();
    try {
      await work();
      return true;
    } catch (reason) {
      const error = toAppError(reason);
      const shown = [...error.byField].filter(([field]) => this.fields.includes(field));
      this.#wrong = Object.fromEntries(shown);
      if (shown.length === 0) this.#failure = error.message;
      return false;
    } finally {
      this.#busy = false;
    }
  }
}
