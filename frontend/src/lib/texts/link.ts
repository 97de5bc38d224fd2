/** Words about partnerdesk: links. */
export const linkTexts = {
  waits: 'A link asks to show a customer. It opens when this dialog is closed.',
} as const;
