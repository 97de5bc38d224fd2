import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectNoAxeViolations } from './axe';
import { type Desk, startDesk } from './desk';
import * as steps from './steps';

// A Dutch header, semicolons, a quoted line break, and one address in two cases.
const dutch =
  'E-mailadres;Voornaam;Tussenvoegsel;Achternaam;Bedrijf;Plaats;Land;Wachtwoord;Notities\r\n' +
  'nel@bos.example;Nel;van der;Bos;Bos BV;Ede;Nederland;geheim;"twee\r\nregels"\r\n' +
  'anna@bikes.example;;;;;Delft;;;\r\n' +
  'NEL@Bos.example;Nel;;Bos;Bos BV;Epe;Nederland;;\r\n' +
  'eva@vos.example;Eva;;Vos;Vos BV;Epe;Atlantis;;\r\n' +
  'geen adres;Jo;;Jong;Jong BV;;;;\r\n';

// In order: each test goes on where the one before it ended.
describe('importing and exporting customers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'partner-desk-import-'));
  const choice = join(folder, 'choice'); // what the dialog for files answers
  let desk: Desk;

  beforeAll(async () => {
    desk = await startDesk({ env: { PARTNER_DESK_CHOOSES: choice } });
    await steps.useThisComputer(desk.page);
    await steps.addCustomer(desk.page, {
      username: 'anna@bikes.example',
      company: '=HYPERLINK("http://evil.example")',
    });
  });
  afterAll(async () => {
    await desk.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  function file(name: string, data: string | Buffer): string {
    const path = join(folder, name);
    writeFileSync(path, data);
    choose(path);
    return path;
  }
  const choose = (path: string): void => {
    writeFileSync(choice, path);
  };

  test('a Dutch table with semicolons is read, matched and rehearsed', async () => {
    const { page } = desk;
    file('klanten.csv', Buffer.from(`\ufeff${dutch}`, 'utf16le'));
    const form = await openImport(page);
    await expectNoAxeViolations(page, 'the first step of an import');
    await press(form, 'Choose file…');
    await steps.becomes(() => form.getByLabel('Separator').inputValue(), ';');
    expect(await form.getByLabel('Encoding').inputValue()).toBe('utf-16le');
    expect(await form.getByRole('checkbox', { name: /^The first row/ }).isChecked()).toBe(true);
    await form.getByRole('cell', { name: 'nel@bos.example', exact: true }).waitFor();
    await expectNoAxeViolations(page, 'how a file is read');
    await press(form, 'Next');
    await steps.becomes(() => goesTo(form, 'E-mailadres'), 'username');
    expect(await goesTo(form, 'Tussenvoegsel')).toBe('last_name_prefix');
    expect(await goesTo(form, 'Wachtwoord')).toBe('');
    await form.getByText(/^Passwords are never imported/).waitFor();
    await expectNoAxeViolations(page, 'where columns go');
    await press(form, 'Check the file');
    await tab(form, 'New (1)').click();
    await form.getByText('Nel van der Bos, Bos BV').waitFor();
    await tab(form, 'Changed (1)').click();
    await form.getByText('City: empty → Delft').waitFor();
    await tab(form, 'Duplicates (1)').click();
    await form.getByText('Same username as row 2').waitFor();
    await tab(form, 'Errors (2)').click();
    await form.getByText(/Atlantis.* is not a country that is known here/).waitFor();
    await form.getByText(/must be an email address/).waitFor();
    await expectNoAxeViolations(page, 'a rehearsal');
    expect(await steps.editButton(page, 'nel@bos.example').count()).toBe(0);
  });

  test('duplicates are a choice, and mails go out only when asked for', async () => {
    const { page } = desk;
    const form = steps.dialog(page);
    await form.getByLabel('Rows with the same username').selectOption('none');
    await tab(form, 'Duplicates (2)').waitFor();
    await form.getByLabel('Rows with the same username').selectOption('first');
    await tab(form, 'New (1)').waitFor();
    const mail = form.getByRole('checkbox', { name: /^Mail 1 customer a link/ });
    expect(await mail.isChecked()).toBe(false);
    await press(form, 'Import 2 customers');
    await form.getByText('The import is done').waitFor();
    await form.getByText('1 customer added').waitFor();
    await form.getByText('2 rows not imported').waitFor();
    await expectNoAxeViolations(page, 'the report of an import');
  });

  test('rows that failed are saved in the form of the file, with the reason', async () => {
    const { page } = desk;
    const form = steps.dialog(page);
    const path = join(folder, 'failed.csv');
    choose(path);
    await press(form, 'Save failed rows…');
    await page.getByText('Saved 2 rows.').waitFor();
    const text = readFileSync(path).toString('utf16le');
    expect(text).toContain('"Import problem"');
    expect(text).toContain('"eva@vos.example";"Eva"');
    expect(text).not.toContain('nel@');
    await press(form, 'Close');
    await steps.closed(page);
    await steps.row(page, 'nel@bos.example').getByText('Pending Activate').first().waitFor();
    await steps.allSaved(page);
    const looked = await steps.edit(page, 'nel@bos.example', 'Mails');
    await looked
      .getByText(/No mails|nothing has been mailed|no mail/i)
      .first()
      .waitFor();
    await page.keyboard.press('Escape');
    await steps.closed(page);
  });

  test('what is exported changes nothing when it is imported, CSV or XLSX', async () => {
    const { page } = desk;
    for (const [title, name] of [
      ['CSV with semicolons', 'out.csv'],
      ['Excel (XLSX)', 'out.xlsx'],
    ] as const) {
      choose(join(folder, name));
      const form = await openExport(page);
      await form.getByLabel('File').selectOption({ label: title });
      await press(form, 'All columns');
      if (name === 'out.csv') await expectNoAxeViolations(page, 'the export');
      await press(form, 'Export…');
      await page
        .getByText(`2 customers exported to ${join(folder, name)}`)
        .first()
        .waitFor();
      await steps.closed(page);
      const again = await openImport(page);
      await press(again, 'Choose file…');
      await press(again, 'Next');
      await press(again, 'Check the file');
      await tab(again, 'Unchanged (2)').waitFor();
      await again.getByText('There is nothing to import.').waitFor();
      await press(again, 'Cancel');
      await steps.closed(page);
    }
    expect(readFileSync(join(folder, 'out.csv'), 'utf8')).toContain(
      `"'=HYPERLINK(""http://evil.example"")"`,
    );
  });

  test('the selection can be exported alone, with the columns that are wanted', async () => {
    const { page } = desk;
    const path = join(folder, 'selected.csv');
    choose(path);
    await steps.row(page, 'nel@bos.example').getByRole('checkbox').check();
    await page.getByRole('toolbar').getByRole('button', { name: 'Export…' }).click();
    const form = steps.dialog(page);
    await steps.becomes(() => form.getByLabel('Customers').inputValue(), 'selection');
    await form.getByLabel('File').selectOption({ label: 'CSV with commas' });
    await press(form, 'No columns');
    await press(form, 'Export…');
    await form.getByText('Choose at least one column.').waitFor();
    await form.getByRole('checkbox', { name: 'Username' }).check();
    await form.getByRole('checkbox', { name: 'City' }).check();
    await press(form, 'Export…');
    await page.getByText(`1 customer exported to ${path}`).waitFor();
    await steps.closed(page);
    expect(readFileSync(path, 'utf8')).toBe(
      '\ufeff"Username","City"\r\n"nel@bos.example","Ede"\r\n',
    );
  });

  test('a dropped file is opened, and the keyboard alone does the rest', async () => {
    const { page } = desk;
    const path = file(
      'drop.csv',
      'jan@smit.example,Jan Smit,Smit BV\nria@smit.example,Ria Smit,Smit BV\n',
    );
    await page.evaluate((dropped) => {
      const { runtime } = globalThis as unknown as {
        runtime: { EventsEmit: (name: string, ...data: unknown[]) => void };
      };
      runtime.EventsEmit('wails:file-drop', 10, 10, [dropped]);
    }, path);
    const form = steps.dialog(page);
    await form.getByRole('cell', { name: 'ria@smit.example' }).waitFor();
    expect(await form.getByRole('checkbox', { name: /^The first row/ }).isChecked()).toBe(false);
    await toButton(page, form, 'Next');
    await steps.becomes(() => goesTo(form, 'Column 1'), 'username');
    await steps.expectFocusOn(form.getByLabel('Column Column 1 goes to'));
    await page.keyboard.press('Tab');
    await page.keyboard.type('First and last');
    await steps.becomes(() => goesTo(form, 'Column 2'), 'name');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Comp');
    await steps.becomes(() => goesTo(form, 'Column 3'), 'company');
    await toButton(page, form, 'Check the file');
    await tab(form, 'New (2)').waitFor();
    await toButton(page, form, 'Import 2 customers');
    await form.getByText('2 customers added').waitFor();
    await page.keyboard.press('Escape');
    await steps.closed(page);
    await steps.editButton(page, 'ria@smit.example').waitFor();
  });

  test('a file of 50 MB is rehearsed, cancelled under way, and taken up again', async () => {
    const { page } = desk;
    file('long.csv', long(50 << 20));
    const form = await openImport(page);
    await press(form, 'Choose file…');
    await press(form, 'Next');
    await press(form, 'Check the file');
    await press(form, 'Cancel');
    await press(form, 'Check the file');
    await tab(form, 'New (20,000)').waitFor({ timeout: 240_000 });
    await form.getByText('1–50 of 20,000').waitFor();
    await press(form, 'Next page');
    await form.getByText('51–100 of 20,000').waitFor();
    await press(form, 'Import 20,000 customers');
    await press(form, 'Cancel the import');
    await form.getByText('The import has stopped').waitFor();
    await expectNoAxeViolations(page, 'an import that stopped');
    await press(form, 'Go on');
    await form.getByText('The import is done').waitFor({ timeout: 240_000 });
    await form.getByText('20,000 customers added').waitFor();
    await press(form, 'Close');
    await steps.closed(page);
    await page.getByText('20,004 customers').first().waitFor();
  }, 600_000);
});

/** A table of 20,000 customers that is this many bytes long. */
function long(size: number): string {
  const rows = 20_000;
  const note = 'x'.repeat(Math.ceil(size / rows));
  const lines = Array.from(
    { length: rows },
    (_, i) => `c${String(i)}@long.example,Customer,${String(i)},Long,"${note}"`,
  );
  return `Email,First name,Last name,Company,Notes\n${lines.join('\n')}\n`;
}

async function openImport(page: Page): Promise<Locator> {
  return await fromMenu(page, 'Import customers…');
}

async function openExport(page: Page): Promise<Locator> {
  return await fromMenu(page, 'Export customers…');
}

async function fromMenu(page: Page, item: string): Promise<Locator> {
  await page.getByRole('button', { name: /^Workspace/ }).click();
  await page.getByRole('menuitem', { name: item }).click();
  const form = steps.dialog(page);
  await form.waitFor();
  return form;
}

async function press(form: Locator, name: string): Promise<void> {
  await form.getByRole('button', { name, exact: true }).last().click();
}

const tab = (form: Locator, name: string): Locator => form.getByRole('tab', { name, exact: true });

const goesTo = (form: Locator, column: string): Promise<string> =>
  form.getByLabel(`Column ${column} goes to`).inputValue();

/** Reaches a button by Tab alone and presses it. */
async function toButton(page: Page, form: Locator, name: string): Promise<void> {
  const button = form.getByRole('button', { name, exact: true });
  await button.waitFor();
  for (let presses = 0; presses < 60; presses++) {
    if (await button.evaluate((node) => node === document.activeElement)) {
      await page.keyboard.press('Enter');
      return;
    }
    await page.keyboard.press('Tab');
  }
  expect.fail(`${name} is not reached by Tab`);
}
