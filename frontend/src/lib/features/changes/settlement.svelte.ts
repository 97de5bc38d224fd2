import type { Fields, Problem, Side } from '$lib/api';

/**
 * What the user chose for a change that came back as a conflict: mine or theirs
 * for each field. Theirs can change again meanwhile: then the choice no longer
 * counts, since it was made on another value, and the user chooses anew.
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
    return this.isMoved(field) ? undefined : this.#choices[field];
  }

  /** Whether anything was chosen that would be lost. */
  get begun(): boolean {
    return Object.keys(this.keep).length > 0;
  }

  /** Whether theirs changed since the user first saw it or last chose. */
  isMoved(field: string): boolean {
    const name = field as keyof Fields;
    return JSON.stringify(this.#seen[name]) !== JSON.stringify(this.now().theirs[name]);
  }

  get complete(): boolean {
    return this.fields.every((field) => this.choice(field) !== undefined);
  }

  /** The choice for each field in conflict. */
  get keep(): Record<string, Side> {
    const kept: Record<string, Side> = {};
    for (const field of this.fields) {
      const side = this.choice(field);
      if (side !== undefined) kept[field] = side;
    }
    return kept;
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

/** The settlements on screen, of which some may be begun and not applied. */
export class Begun {
  #all: readonly Settlement[] = [];

  get any(): boolean {
    return this.#all.some((settlement) => settlement.begun);
  }

  /** Counts it until the returned function is called. */
  add(settlement: Settlement): () => void {
    this.#all = [...this.#all, settlement];
    return () => {
      this.#all = this.#all.filter((other) => other !== settlement);
    };
  }
}
