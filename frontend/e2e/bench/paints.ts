import type { Page } from 'playwright-core';

interface Paints {
  pressed: number;
  gone: number;
  changed: number;
  painted: number;
  /** The change that counts is the first one that shows this; empty: the last one does. */
  awaited: string;
}

/** Prints figures, in milliseconds, as `go test -bench` does: one table holds both. */
export function report(name: string, times: readonly number[], further = ''): void {
  console.log(
    `Benchmark${name} ${String(times.length)} ${share(times, 0.5)} p50-ms ${share(times, 0.95)} p95-ms ` +
      `${share(times, 0.99)} p99-ms ${further}`,
  );
}

/** What a share of the times is not above. */
export function share(times: readonly number[], part: number): string {
  const sorted = times.toSorted((a, b) => a - b);
  return (sorted[Math.floor(part * (sorted.length - 1))] ?? NaN).toFixed(2);
}

/**
 * Follows what is painted of a part of the page: when a key or button went down,
 * when a dialog went away, when the part changed last, and when the frame with
 * that change was on screen.
 */
export async function followPaints(page: Page, part: string): Promise<void> {
  await page.evaluate((selector) => {
    const paints: Paints = { pressed: 0, gone: 0, changed: 0, painted: 0, awaited: '' };
    Object.assign(window, { paints });
    const press = (event: Event): void => {
      Object.assign(paints, { pressed: event.timeStamp, gone: 0, changed: 0, painted: 0 });
    };
    addEventListener('keydown', press, true);
    addEventListener('click', press, true);
    const afterFrame = new MessageChannel();
    afterFrame.port1.onmessage = () => {
      paints.painted = performance.now();
    };
    let asked = false; // for the end of the next frame
    const followed = document.querySelector(selector);
    // It takes its time from what it measures: it looks at as little as it can.
    new MutationObserver((records) => {
      const now = performance.now();
      const changed = records.some(({ target }) => followed?.contains(target) === true);
      if (paints.gone === 0 && document.querySelector('[role=dialog]') === null) paints.gone = now;
      if (!changed || (paints.awaited !== '' && paints.changed > 0)) return;
      if (followed?.textContent.includes(paints.awaited) === false) return;
      paints.changed = now;
      if (asked) return;
      asked = true;
      requestAnimationFrame(() => {
        asked = false;
        afterFrame.port2.postMessage(null);
      });
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  }, part);
}

/** From now on the change that counts is the first one that shows a text. */
export async function awaitText(page: Page, text: string): Promise<void> {
  await page.evaluate((awaited) => {
    Object.assign((window as unknown as { paints: Paints }).paints, { awaited });
  }, text);
}

/** What was painted after the last press, once nothing changes any more; null when nothing did. */
export async function painted(page: Page): Promise<Paints | null> {
  return await page.evaluate(async () => {
    const { paints } = window as unknown as { paints: Paints };
    const quiet = 150; // milliseconds without a change: it is all there
    const began = performance.now();
    for (;;) {
      await new Promise((next) => setTimeout(next, 25));
      const now = performance.now();
      if (paints.changed === 0 && now - began > 4 * quiet) return null;
      if (paints.changed > 0 && paints.painted > paints.changed && now - paints.painted > quiet) {
        return { ...paints };
      }
    }
  });
}
