/** Lets only the newest of several answers through: an older one never replaces it. */
export class Latest {
  #asked = 0;

  /** Marks a question; the returned function tells whether it is still the newest. */
  ask(): () => boolean {
    const asked = ++this.#asked;
    return () => asked === this.#asked;
  }

  /** Lets no answer through until the next question. */
  drop(): void {
    this.#asked++;
  }
}
