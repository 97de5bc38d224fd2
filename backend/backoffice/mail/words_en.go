package mail

import (
	"time"

	"partnerdesk/backend/customer"
)

func english(l Letter) (words, bool) {
	w := words{
		Language: "en",
		Greeting: greet("Dear", l.ToName, "Hello"),
		Copy:     "If the button does not work, copy this address into your browser:",
		Regards:  "Kind regards,",
		Sender:   l.PartnerName,
		Footer:   "This message was sent to " + l.ToAddress + " at the request of " + from(l) + ".",
	}
	if !l.LinkExpiresAt.IsZero() {
		w.Until = "The link works once, until " + englishDate(l.LinkExpiresAt) + "."
	}
	ask := "If you did not expect this message, you can ignore it, or ask " + from(l) + "."
	w.Unexpected = ask
	switch l.Kind {
	case customer.MailActivation:
		w.Subject = "Activate your account"
		w.Before = []string{
			l.PartnerName + " has made an account for you. Your username is " + l.ToAddress + ".",
			"Please activate your account and choose a password. After that you can log in right away.",
		}
		w.Button = "Activate account"
	case customer.MailSetPassword:
		w.Subject = "Set your password"
		w.Before = []string{
			"Your account with " + l.PartnerName + " is active. Your username is " + l.ToAddress + ".",
			"All that is missing is a password. Please set one; after that you can log in right away.",
		}
		w.Button = "Set password"
	case customer.MailResetPassword:
		w.Subject = "Choose a new password"
		w.Before = []string{
			"Someone, probably you, asked for a new password for your account with " + l.PartnerName + " (" + l.ToAddress + ").",
			"You can choose one with the link below.",
		}
		w.Button = "Choose new password"
		w.Unexpected = "If it was not you, you need not do anything: your password stays as it is."
	case customer.MailUsernameChanged:
		w.Subject = "Your username was changed"
		w.Before = []string{
			"The username of your account with " + l.PartnerName + " was changed from " + l.OldUsername + " to " + l.NewUsername + ".",
			"From now on, please log in with " + l.NewUsername + ". Your password stays the same.",
		}
		w.Unexpected = "If you did not expect this change, please contact " + from(l) + " at once."
		w.Until = ""
	default:
		return words{}, false
	}
	return w, true
}

// englishDate writes a moment in UTC, such as "Monday 30 November 2026 at 14:05 UTC".
func englishDate(t time.Time) string {
	return t.UTC().Format("Monday 2 January 2006 at 15:04 UTC")
}
