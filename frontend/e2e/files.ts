import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { eventually } from './process';

/** Waits until the database has a backup and returns it. */
export async function backupMade(file: string): Promise<string> {
  const folder = join(dirname(file), 'backups');
  const name = basename(file, '.db');
  return await eventually(
    () => {
      const found = list(folder).find((entry) => entry.startsWith(name) && entry.endsWith('.db'));
      return found === undefined ? undefined : join(folder, found);
    },
    () => `no backup of ${file}`,
  );
}

/** The id of a customer in a replica. */
export function customerId(replica: string, username: string): string {
  const question = `SELECT id FROM entry WHERE username_key = '${username}'`;
  return execFileSync('sqlite3', ['-readonly', replica, question], { encoding: 'utf8' }).trim();
}

/** The files below a folder whose bytes hold the text. */
export function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(text));
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
