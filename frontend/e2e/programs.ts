import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');

interface Programs {
  /** The app, built with the server that shows its window to a browser. */
  desk: string;
  /** The Back Office's server. */
  office: string;
  /** The build program, whose `session` gives an app a display, a bus and a keyring. */
  session: string;
}

let programs: Programs | undefined;

/** `go run ./build test` names the programs; without it they are built here. */
export function findPrograms(): Programs {
  programs ??= {
    desk:
      process.env.PARTNER_DESK_PROGRAM ??
      build('partner-desk-dev', '.', ['-tags', 'dev,webkit2_41']),
    office:
      process.env.PARTNER_DESK_BACKOFFICE ??
      build('backoffice', './backend/cmd/backoffice', [], { CGO_ENABLED: '0' }),
    session: process.env.PARTNER_DESK_SESSION ?? build('build-program', './build', []),
  };
  return programs;
}

function build(
  name: string,
  pkg: string,
  options: string[],
  env: Record<string, string> = {},
): string {
  const program = join(root, 'build', 'bin', name);
  execFileSync('go', ['build', '-buildvcs=false', ...options, '-o', program, pkg], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: 'inherit',
  });
  return program;
}

/** The Chromium of this machine. */
export function findBrowser(): string {
  const candidates = [
    process.env.PARTNER_DESK_CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
  ];
  const found = candidates.find((path) => path !== undefined && existsSync(path));
  if (found === undefined) throw new Error(`no Chromium at any of ${candidates.join(', ')}`);
  return found;
}
