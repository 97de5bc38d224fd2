import { some } from './some';

/** Which mails go out. */
export function mailsOut(mails: {
  activation_mails: number;
  set_password_mails: number;
}): string[] {
  const go = (n: number): string => (n === 1 ? 'goes out' : 'go out');
  const words: string[] = [];
  const { activation_mails: activation, set_password_mails: password } = mails;
  if (activation > 0) {
    words.push(`${some(activation, 'activation mail', 'activation mails')} ${go(activation)}`);
  }
  if (password > 0) {
    words.push(
      `${some(password, 'mail to set a password', 'mails to set a password')} ${go(password)}`,
    );
  }
  return words;
}
