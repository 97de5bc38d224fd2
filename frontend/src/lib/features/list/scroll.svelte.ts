import { bodyOf, scrollFor, shiftAt, stuck, type Scale } from './scale';

const restsAfter = 150; // milliseconds without scrolling

/**
 * How far a list is scrolled, also one that is taller than browsers draw: then
 * small moves of the scroll bar move the rows by as much, as everywhere, and
 * large ones stand for a place in the whole list. In between, the scroll bar is
 * put right, which moves no row.
 */
export class Scroll {
  element = $state.raw<HTMLElement | null>(null);
  #at = $state(0); // the element's own position
  #shift = $state(0); // added to it, the place in the whole list
  #resting: ReturnType<typeof setTimeout> | undefined;

  /** Scale is asked whenever it is needed: rows come and go. */
  constructor(private readonly scale: () => Scale) {}

  /** Pixels from the top of the whole list to the top of what is seen. */
  get top(): number {
    return this.#at + this.shift;
  }

  /** How tall the element with the rows is. */
  get body(): number {
    return bodyOf(this.scale());
  }

  /** By how much rows are drawn above their place in the whole list. */
  get shift(): number {
    const scale = this.scale();
    return bodyOf(scale) === scale.whole ? 0 : this.#shift;
  }

  to(top: number): void {
    if (!this.element) return;
    const at = scrollFor(top, this.scale());
    if (at !== this.#at) {
      // Both make the browser lay out the page at once.
      this.element.scrollTop = at;
      this.#at = this.element.scrollTop;
    }
    this.#shift = Math.round(top - this.#at);
  }

  /** The element was scrolled. */
  moved(): void {
    if (!this.element) return;
    const scale = this.scale();
    const before = this.#at;
    this.#at = this.element.scrollTop;
    if (bodyOf(scale) === scale.whole) return;
    if (Math.abs(this.#at - before) > scale.height) this.#shift = shiftAt(this.#at, scale);
    else if (stuck(this.#at, this.#shift, scale)) this.#free(scale);
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => {
      this.#rest();
    }, restsAfter);
  }

  stop(): void {
    clearTimeout(this.#resting);
  }

  /** Makes room to go on; less than a pixel of the bar before the end, that is the end. */
  #free(scale: Scale): void {
    this.to(this.top);
    if (stuck(this.#at, this.#shift, scale)) this.to(this.#at > 1 ? scale.whole - scale.height : 0);
  }

  #rest(): void {
    const wanted = scrollFor(this.top, this.scale());
    if (Math.abs(wanted - this.#at) > 1) this.to(this.top);
  }
}
