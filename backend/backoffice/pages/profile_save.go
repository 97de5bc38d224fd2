package pages

import (
	"net/http"

	"partnerdesk/backend/customer"
)

// base is a value that a field had when the form was rendered, in a hidden
// field of its own: so a form that was open for long changes only what was
// typed into it.
type base struct{ Name, Value string }

const basePrefix = "was_"

// saveProfile changes the fields that were typed into. A field that the form
// lacks, or that was left alone, stays as it is; one that was changed both here
// and elsewhere is asked about.
func (s *site) saveProfile(w http.ResponseWriter, r *http.Request, v visitor) error {
	typed, from := s.readProfile(r, v.Customer)
	shown := typed.Apply(v.Customer)
	next := customer.Normalize(shown)
	wrong, known := fieldErrors(customer.Validate(next))
	elsewhere := s.changedElsewhere(typed, from, v.Customer, next)
	if !known && len(elsewhere) == 0 {
		_, err := s.o.Accounts.UpdateProfile(r.Context(), v.Session, customer.Diff(v.Customer, next))
		if wrong, known = fieldErrors(err); err != nil && !known {
			return err
		}
	}
	if known || len(elsewhere) > 0 {
		from, wrong = s.tell(elsewhere, from, v.Customer, wrong)
		return s.render(w, http.StatusUnprocessableEntity, "profile.html", s.profilePage(v, shown, from, wrong))
	}
	if err := s.flash(w, accountPath(v.Customer.ID), flash{Notice: noticeSaved}); err != nil {
		return err
	}
	http.Redirect(w, r, v.path("profile"), http.StatusSeeOther)
	return nil
}

// readProfile returns what was typed, and the account with the values that
// those fields had when the form was rendered. A form that does not say is
// taken for a fresh one.
func (s *site) readProfile(r *http.Request, now customer.Customer) (typed customer.Fields, from customer.Customer) {
	from = now
	for _, pf := range s.profileFields() {
		if !r.PostForm.Has(pf.Name) {
			continue
		}
		value, was := text(r, pf.Name), *pf.is(&now)
		if r.PostForm.Has(basePrefix + pf.Name) {
			was = text(r, basePrefix+pf.Name)
		}
		if value != was {
			*pf.of(&typed), *pf.is(&from) = &value, was
		}
	}
	return typed, from
}

// changedElsewhere names the typed fields that are no longer what they were
// when the form was rendered, nor what was typed, with what to say of them.
func (s *site) changedElsewhere(typed customer.Fields, from, now, next customer.Customer) map[string]string {
	messages := map[string]string{}
	for _, pf := range s.profileFields() {
		have := *pf.is(&now)
		if *pf.of(&typed) == nil || have == *pf.is(&from) || have == *pf.is(&next) {
			continue
		}
		messages[pf.Name] = "This was changed elsewhere to “" + s.valueTitle(pf.Name, have) + "” while you had it open. Save again to keep what you typed."
		if have == "" {
			messages[pf.Name] = "This was emptied elsewhere while you had it open. Save again to keep what you typed."
		}
	}
	return messages
}

// tell puts what changed elsewhere beside the fields that are not wrong
// otherwise. What was told becomes the value to start from, so that saving
// again goes through.
func (s *site) tell(elsewhere map[string]string, from, now customer.Customer, wrong map[string]string) (customer.Customer, map[string]string) {
	all := map[string]string{}
	for name, message := range wrong {
		all[name] = message
	}
	for _, pf := range s.profileFields() {
		if message := elsewhere[pf.Name]; message != "" && all[pf.Name] == "" {
			all[pf.Name] = message
			*pf.is(&from) = *pf.is(&now)
		}
	}
	return from, all
}
