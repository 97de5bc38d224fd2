package mail

import (
	"fmt"
	"time"

	"partnerdesk/backend/customer"
)

func dutch(l Letter) (words, bool) {
	w := words{
		Language: "nl",
		Greeting: greet("Beste", l.ToName, "Goedendag"),
		Copy:     "Werkt de knop niet? Kopieer dan deze link naar uw browser:",
		Regards:  "Met vriendelijke groet,",
		Sender:   l.PartnerName,
		Footer:   "Dit bericht is op verzoek van " + from(l) + " verstuurd aan " + l.ToAddress + ".",
	}
	if !l.LinkExpiresAt.IsZero() {
		w.Until = "De link werkt één keer, tot " + dutchDate(l.LinkExpiresAt) + "."
	}
	w.Unexpected = "Had u dit bericht niet verwacht? Dan kunt u het negeren of navraag doen bij " + from(l) + "."
	switch l.Kind {
	case customer.MailActivation:
		w.Subject = "Activeer uw account"
		w.Before = []string{
			l.PartnerName + " heeft een account voor u aangemaakt. Uw gebruikersnaam is " + l.ToAddress + ".",
			"Activeer uw account en kies een wachtwoord. Daarna kunt u meteen inloggen.",
		}
		w.Button = "Account activeren"
	case customer.MailSetPassword:
		w.Subject = "Stel uw wachtwoord in"
		w.Before = []string{
			"Uw account bij " + l.PartnerName + " is actief. Uw gebruikersnaam is " + l.ToAddress + ".",
			"Alleen een wachtwoord ontbreekt nog. Stel het in; daarna kunt u meteen inloggen.",
		}
		w.Button = "Wachtwoord instellen"
	case customer.MailResetPassword:
		w.Subject = "Kies een nieuw wachtwoord"
		w.Before = []string{
			"Iemand, waarschijnlijk uzelf, heeft een nieuw wachtwoord aangevraagd voor uw account bij " + l.PartnerName + " (" + l.ToAddress + ").",
			"Via de onderstaande link kiest u een nieuw wachtwoord.",
		}
		w.Button = "Nieuw wachtwoord kiezen"
		w.Unexpected = "Was u dit niet? Dan hoeft u niets te doen: uw wachtwoord blijft zoals het is."
	case customer.MailUsernameChanged:
		w.Subject = "Uw gebruikersnaam is gewijzigd"
		w.Before = []string{
			"De gebruikersnaam van uw account bij " + l.PartnerName + " is gewijzigd van " + l.OldUsername + " in " + l.NewUsername + ".",
			"Log voortaan in met " + l.NewUsername + ". Uw wachtwoord blijft hetzelfde.",
		}
		w.Unexpected = "Had u deze wijziging niet verwacht? Neem dan direct contact op met " + from(l) + "."
		w.Until = ""
	default:
		return words{}, false
	}
	return w, true
}

// dutchDate writes a moment in UTC, such as "maandag 30 november 2026 om 14:05 uur (UTC)".
func dutchDate(t time.Time) string {
	t = t.UTC()
	days := [...]string{"zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"}
	months := [...]string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"}
	return fmt.Sprintf("%s %d %s %d om %s uur (UTC)", days[t.Weekday()], t.Day(), months[t.Month()-1], t.Year(), t.Format("15:04"))
}
