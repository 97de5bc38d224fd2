import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Fails with what each violation is and where, when the page has any. */
export async function expectNoAxeViolations(page: Page, name: string): Promise<void> {
  // Evaluated by the driver, which the page's Content-Security-Policy does not bind.
  await page.evaluate(source);
  const options: RunOptions = { resultTypes: ['violations'] };
  const results = await page.evaluate(async (chosen) => {
    const { axe } = globalThis as unknown as {
      axe: { run: (context: Document, options: RunOptions) => Promise<AxeResults> };
    };
    return await axe.run(document, chosen);
  }, options);
  const violations = results.violations.map((violation) => ({
    rule: violation.id,
    help: violation.help,
    where: violation.nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
  }));
  expect(violations, `accessibility of ${name}`).toEqual([]);
}
