package mail

import (
	"fmt"
	"time"

	"partnerdesk/backend/customer"
)

func german(l Letter) (words, bool) {
	w := words{
		Language: "de",
		Greeting: greet("Guten Tag", l.ToName, "Guten Tag"),
		Copy:     "Falls die Schaltfläche nicht funktioniert, kopieren Sie diese Adresse in Ihren Browser:",
		Regards:  "Mit freundlichen Grüßen",
		Sender:   l.PartnerName,
		Footer:   "Diese Nachricht wurde im Auftrag von " + from(l) + " an " + l.ToAddress + " gesendet.",
	}
	if !l.LinkExpiresAt.IsZero() {
		w.Until = "Der Link funktioniert einmal, und zwar bis " + germanDate(l.LinkExpiresAt) + "."
	}
	w.Unexpected = "Falls Sie diese Nachricht nicht erwartet haben, können Sie sie ignorieren oder bei " + from(l) + " nachfragen."
	switch l.Kind {
	case customer.MailActivation:
		w.Subject = "Aktivieren Sie Ihr Konto"
		w.Before = []string{
			l.PartnerName + " hat ein Konto für Sie angelegt. Ihr Benutzername lautet " + l.ToAddress + ".",
			"Bitte aktivieren Sie Ihr Konto und wählen Sie ein Passwort. Danach können Sie sich sofort anmelden.",
		}
		w.Button = "Konto aktivieren"
	case customer.MailSetPassword:
		w.Subject = "Legen Sie Ihr Passwort fest"
		w.Before = []string{
			"Ihr Konto bei " + l.PartnerName + " ist aktiv. Ihr Benutzername lautet " + l.ToAddress + ".",
			"Es fehlt nur noch ein Passwort. Bitte legen Sie es fest; danach können Sie sich sofort anmelden.",
		}
		w.Button = "Passwort festlegen"
	case customer.MailResetPassword:
		w.Subject = "Wählen Sie ein neues Passwort"
		w.Before = []string{
			"Jemand, vermutlich Sie selbst, hat ein neues Passwort für Ihr Konto bei " + l.PartnerName + " (" + l.ToAddress + ") angefordert.",
			"Über den folgenden Link können Sie es wählen.",
		}
		w.Button = "Neues Passwort wählen"
		w.Unexpected = "Falls Sie das nicht waren, brauchen Sie nichts zu tun: Ihr Passwort bleibt unverändert."
	case customer.MailUsernameChanged:
		w.Subject = "Ihr Benutzername wurde geändert"
		w.Before = []string{
			"Der Benutzername Ihres Kontos bei " + l.PartnerName + " wurde von " + l.OldUsername + " in " + l.NewUsername + " geändert.",
			"Bitte melden Sie sich künftig mit " + l.NewUsername + " an. Ihr Passwort bleibt unverändert.",
		}
		w.Unexpected = "Falls Sie diese Änderung nicht erwartet haben, wenden Sie sich bitte umgehend an " + from(l) + "."
		w.Until = ""
	default:
		return words{}, false
	}
	return w, true
}

// germanDate writes a moment in UTC, such as "Montag, 30. November 2026, 14:05 Uhr (UTC)".
func germanDate(t time.Time) string {
	t = t.UTC()
	days := [...]string{"Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"}
	months := [...]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"}
	return fmt.Sprintf("%s, %d. %s %d, %s Uhr (UTC)", days[t.Weekday()], t.Day(), months[t.Month()-1], t.Year(), t.Format("15:04"))
}
