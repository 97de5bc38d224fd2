import type { Fields, Problem, Side } from '$lib/api';

/**
 * What the user chose for a change that came back as a conflict: mine or theirs
 * for each field. Theirs can change again meanwhile; the choices stay.
 */
export class Settlement {
  #choices = $state.raw<Readonly<Record<string, Side>>>({});
  #seen: Fields;

  constructor(
    /** The conflict as it is now. */
    private readonly now: () => Problem,
  ) {
    this.#seen = $state.raw(now().theirs);
  }

  get fields(): readonly string[] {
    return this.now().conflicts;
  }

  /** The fields of the same change that are in no conflict. */
  get others(): string[] {
    return Object.keys(this.now().mine).filter((field) => !this.fields.includes(field));
  }

  choice(field: string): Side | undefined {
    return this.#choices[field];
  }

  /** Whether theirs changed since the user first saw it or last chose. */
  isMoved(field: string): boolean {
    const name = field as keyof Fields;
    return JSON.stringify(this.#seen[name]) !== JSON.stringify(this.now().theirs[name]);
  }

  get complete(): boolean {
    return this.fields.every((field) => field in this.#choices);
  }

  /** The choice for each field in conflict. */
  get keep(): Record<string, Side> {
    const chosen = Object.entries(this.#choices).filter(([field]) => this.fields.includes(field));
    return Object.fromEntries(chosen);
  }

  choose(field: string, side: Side): void {
    const name = field as keyof Fields;
    this.#choices = { ...this.#choices, [field]: side };
    this.#seen = { ...this.#seen, [name]: this.now().theirs[name] };
  }

  chooseAll(side: Side): void {
    for (const field of this.fields) this.choose(field, side);
  }
}
