import { titleOf } from '$lib/actions/titles';

/** Words wherever a password is typed or chosen. */
export const passwordTexts = {
  password: 'Password',
  show: 'Show password',
  hide: 'Hide password',
  strength: 'Password strength',
  generate: 'Generate',
  copy: 'Copy',
  copied: 'Password copied',
  change: 'Change password',
  changeMore: titleOf('change_password'),
  changeLine: 'You are signed out everywhere else; this computer stays signed in.',
  current: 'Current password',
  next: 'New password',
  changed: 'Your password is changed',
  tips: 'What makes a password strong',
} as const;
