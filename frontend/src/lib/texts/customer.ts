import type { Customer, Status } from '$lib/api';

/** The fields' names as the customer dialog and the history say them. */
export const fieldTitles: Readonly<Record<string, string>> = {
  username: 'Username',
  first_name: 'First name',
  last_name: 'Last name',
  company: 'Company',
  phone: 'Phone',
  website: 'Website',
  street: 'Street',
  postal_code: 'Postal code',
  city: 'City',
  country: 'Country',
  language: 'Language',
  status: 'Status',
  lock_reason: 'Lock reason',
  notes: 'Notes',
  tags: 'Tags',
  password_hash: 'Password',
};

export const languageTitles: Readonly<Record<string, string>> = {
  en: 'English',
  nl: 'Dutch',
  de: 'German',
};

/** Words of the customer dialog. */
export const customerTexts = {
  add: 'Add New Customer',
  edit: 'Edit customer',
  look: 'Customer',
  lookOnly:
    'You can look at customers and log in as them. Ask an owner or a manager to change them.',
  tabs: 'Parts of the customer',
  details: 'Details',
  history: 'History',
  mails: 'Mails',
  contact: 'Address and contact',
  own: 'Your customer never sees these',
  facts: 'Facts',
  lockReason: 'Lock reason (the customer never sees it)',
  languageHint: 'Of the mails to this customer',
  noCountry: 'Not set',
  tagsPlaceholder: 'Add a tag',
  removeTag: (tag: string) => `Remove tag ${tag}`,
  passwordChoice: 'How the customer gets a password',
  mailPassword: 'Mail a link to set the password',
  setPassword: 'Set a password now',
  passwordMissing: 'Enter a password, or choose to mail a link.',
  willDo: (values: Customer, wasStatus: Status | '', setNow: boolean): string => {
    const address = values.username.trim() || 'the customer';
    if (values.status === wasStatus) {
      return {
        pending_activate: 'Waits until the customer activates the account.',
        activated: 'Can log in.',
        locked: 'Can’t log in.',
      }[values.status];
    }
    switch (values.status) {
      case 'pending_activate':
        return `A mail with an activation link goes to ${address}.`;
      case 'activated':
        if (values.has_password) return 'Can log in at once.';
        return setNow
          ? 'Can log in at once with the password below.'
          : `A mail with a link to set the password goes to ${address}.`;
      case 'locked':
        return wasStatus === '' ? 'Can’t log in.' : 'Can’t log in; open sessions end at once.';
    }
  },
  usernamePending: 'A new activation link goes to the new address; the earlier one stops working.',
  usernameActivated: (before: string) => `Both ${before} and the new address are told by mail.`,
  added: (name: string) => `Added ${name}`,
  saved: (name: string) => `Saved ${name}`,
  changedElsewhere: 'This customer was changed elsewhere just now.',
  changedElsewhereText: 'What you typed is still here.',
  conflictTitle: 'This customer was changed here and elsewhere',
  conflictText: 'Choose for each marked field, then press OK.',
  chooseFirst: 'Choose which value to keep first.',
  rejectedTitle: 'The Back Office did not take your change',
  rejectedText: 'Your change is kept here. Correct it and press OK.',
  before: (value: string) => (value === '' ? 'Before: empty' : `Before: ${value}`),
  elsewhere: (value: string) =>
    value === '' ? 'Elsewhere this was emptied.' : `Elsewhere this became: ${value}`,
  useTheirs: 'Use theirs',
  keepMine: 'Keep mine',
  fieldGroup: (field: string) => `Choose a value for ${field}`,
  dropChange: 'Drop my change',
  dropped: 'Your change was dropped',
  waiting: 'A change still waits to be saved in the Back Office.',
  created: 'Created',
  activated: 'Activated',
  lastLogin: 'Last login',
  mail: 'Mail',
  never: 'Never',
  notYet: 'Not yet',
  resend: 'Resend mail',
  resent: 'A new mail is queued; earlier links stop working',
  copyAddress: 'Copy address of this customer',
  addressCopied: 'Copied. The address opens this customer in Partner Desk, for you and colleagues.',
  copyLink: 'Copy link',
  copyTitle: 'Make a new link?',
  copyText: 'Copying makes a new link. Links in earlier mails stop working.',
  copyConfirm: 'Copy new link',
  copied: (until: string) => `New link copied. It works until ${until}.`,
  historyEmpty: 'Nothing has happened yet.',
  older: 'Show older',
  mailsEmpty: 'No mails to this customer yet.',
  mailsClosed: 'Owners and managers can read the text of these mails and use their links.',
  mailTo: (address: string) => `to ${address}`,
  nextTry: (when: string) => `Tried again ${when}`,
  read: 'Read',
  hide: 'Hide',
  openMail: 'Open in mail program',
  linkCopied: 'Link copied',
  textGone: 'The text is not kept after a mail was sent.',
} as const;
