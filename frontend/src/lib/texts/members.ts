import type { Role } from '$lib/api';

/** The roles as people say them. */
export const roleTitles: Readonly<Record<Role, string>> = {
  owner: 'Owner',
  manager: 'Manager',
  support: 'Support',
};

/** What each role may do. */
export const roleLines: Readonly<Record<Role, string>> = {
  owner: 'does everything, and manages the members',
  manager: 'adds and changes customers',
  support: 'looks at customers and logs in as them',
};

/** Words of managing the people who sign in for a partner. */
export const memberTexts = {
  title: 'Members',
  line: (partner: string) => `The people who sign in for ${partner}.`,
  you: '(you)',
  disabled: 'Disabled',
  lastSignIn: (when: string) => (when === '' ? 'Never signed in' : `Last sign-in ${when}`),

  add: 'Add member',
  name: 'Name',
  username: 'Username',
  usernameHint: 'The email address to sign in with. It can’t be changed later.',
  role: 'Role',
  roleOption: (role: Role) => `${roleTitles[role]}: ${roleLines[role]}`,
  passwordHint: 'Hand it over yourself: no mail goes out. The member can change it later.',
  added: (name: string) => `${name} can sign in now`,

  change: (name: string) => `Change ${name}`,
  changeTitle: 'Change member',
  changeLine: 'A new role counts at once. Sessions that the member opened as a customer end.',
  changed: (name: string) => `Saved ${name}`,

  reset: (name: string) => `Reset the password of ${name}`,
  resetTitle: 'Reset password',
  resetSubmit: 'Reset',
  resetLine: (name: string) => `${name} is signed out everywhere and needs the new password.`,
  wasReset: (name: string) => `New password of ${name}`,

  disable: (name: string) => `Disable ${name}`,
  disableTitle: (name: string) => `Disable ${name}?`,
  disableText:
    'This person is signed out everywhere and can’t sign in until you enable them again.',
  disableSelf:
    'You are signed out everywhere and can’t sign in until another owner enables you again.',
  disableSubmit: 'Disable',
  disabledNow: (name: string) => `${name} can’t sign in any more`,
  enable: (name: string) => `Enable ${name}`,
  enabledNow: (name: string) => `${name} can sign in again`,

  handOverLine:
    'Hand these over in a safe way: the password is not shown again. It can be changed after signing in, with Change password.',
  loseTitle: 'Close without copying?',
  loseText: 'The password is not shown again.',
  loseKeep: 'Keep it open',
  address: 'Back Office address',
  password: 'Password',
  copyAll: 'Copy',
  copied: 'Sign-in details copied',
  done: 'Done',
} as const;
