/**
 * Pixels. Browsers draw no taller elements than 17.9 million (Firefox) or 33.5
 * million, which a million rows would pass; and up to 16.7 million every pixel has
 * a number of its own where a graphics card places rows.
 */
export const tallest = 10_000_000;

/** A list that is taller than its element: `whole` pixels, of which `height` are seen at once. */
export interface Scale {
  whole: number;
  height: number;
}

/** How tall the element is. */
export function bodyOf({ whole }: Scale): number {
  return Math.min(whole, tallest);
}

/** How far the element's top is above the place in the whole list that a scroll position stands for. */
export function shiftAt(scrollTop: number, scale: Scale): number {
  const { far, farther } = travel(scale);
  return far === farther ? 0 : Math.round((scrollTop * (farther - far)) / far);
}

/** The scroll position that stands for a place in the whole list. */
export function scrollFor(top: number, scale: Scale): number {
  const { far, farther } = travel(scale);
  return far === farther ? top : Math.round((top * far) / farther);
}

/** Whether nothing more can be scrolled that way, though the list goes on. */
export function stuck(scrollTop: number, shift: number, scale: Scale): boolean {
  const { far, farther } = travel(scale);
  const top = scrollTop + shift;
  return (scrollTop <= 0 && top > 0) || (scrollTop >= far - 1 && top < farther - 1);
}

/** How far the element, and how far the whole list, can be scrolled. */
function travel(scale: Scale): { far: number; farther: number } {
  return {
    far: Math.max(0, bodyOf(scale) - scale.height),
    farther: Math.max(0, scale.whole - scale.height),
  };
}
