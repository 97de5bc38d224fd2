import * as api from '$lib/api';
import { Latest } from '$lib/latest';

const shortest = 2; // characters of a word that may become a field

/** What the search offers for the word at the caret. */
export class Completing {
  #offer = $state.raw<api.Completion | null>(null);
  #active = $state(-1);
  #text = ''; // that the offer is for
  #latest = new Latest();

  get choices(): readonly api.Choice[] {
    return this.#offer?.choices ?? [];
  }

  get open(): boolean {
    return this.choices.length > 0;
  }

  /** The index of the choice that Enter takes; -1 for none. */
  get active(): number {
    return this.#active;
  }

  /** The text or the caret changed. A plain word is not disturbed; asked keeps nothing back. */
  async typed(text: string, caret: number, asked = false): Promise<void> {
    const isNewest = this.#latest.ask();
    if (text.trim() === '' && !asked) {
      this.close();
      return;
    }
    try {
      const offer = await api.completeSearch(text, caret);
      if (!isNewest()) return;
      const word = text.slice(offer.from, offer.to);
      this.#active = -1;
      this.#text = text;
      this.#offer = asked || worthIt(word, offer.choices) ? offer : null;
    } catch {
      if (isNewest()) this.close(); // the search goes on without
    }
  }

  move(by: 1 | -1): void {
    const places = this.choices.length + 1; // and the text itself
    this.#active = ((this.#active + 1 + by + places) % places) - 1;
  }

  /** The text and the caret with a choice in its place; null when it is for another text. */
  take(text: string, index: number): { text: string; caret: number } | null {
    const choice = this.choices[index];
    if (!this.#offer || !choice || text !== this.#text) return null;
    const { from, to } = this.#offer;
    const rest = text.slice(to);
    // A field waits for its value; what is whole is followed by the next word.
    const gap = choice.text.endsWith(':') || rest.startsWith(' ') ? '' : ' ';
    const before = text.slice(0, from) + choice.text + gap;
    this.close();
    return { text: before + rest, caret: before.length };
  }

  close(): void {
    this.#latest.drop();
    this.#offer = null;
    this.#active = -1;
  }

  /** Whether Tab takes the first choice: the user is writing a field's value. */
  get wantsValue(): boolean {
    return this.#offer !== null && this.#text.slice(this.#offer.from, this.#offer.to).includes(':');
  }
}

function worthIt(word: string, choices: readonly api.Choice[]): boolean {
  if (choices.some(({ text }) => text === word)) return false; // it is there already
  return word.includes(':') || word.replace(/^-/, '').length >= shortest;
}
