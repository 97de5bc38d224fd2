/** Words wherever a password is typed or chosen. */
export const passwordTexts = {
  password: 'Password',
  show: 'Show password',
  hide: 'Hide password',
  strength: 'Password strength',
  generate: 'Generate',
  copy: 'Copy',
  copied: 'Password copied',
  tips: 'What makes a password strong',
} as const;
