/** Words of the log-in-as dialog. */
export const logInAsTexts = {
  title: (name: string) => `Log in as ${name}`,
  explain: 'Opens the account in your browser with full permissions, for 60 minutes at most.',
  reason: 'Reason (optional)',
  reasonHint: 'The customer sees it in the account’s activity.',
  used: 'Used before',
  destination: 'Open at',
  logIn: 'Log in',
  opened: (name: string) => `Opened ${name} in your browser`,
} as const;
