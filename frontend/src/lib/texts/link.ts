/** Words about partnerdesk: links. */
export const linkTexts = {
  waits: 'A link asks to show a customer. It opens when this dialog is closed.',
  unknown: 'The link names a customer who is not in this list. Is another workspace meant?',
} as const;
