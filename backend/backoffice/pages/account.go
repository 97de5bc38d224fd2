package pages

import (
	"fmt"
	"net/http"
	"time"

	"partnerdesk/backend/customer"
)

// banner tells on every page of a log-in-as who is in whose account.
type banner struct {
	Member           string
	Partner          string // empty when the member has its name
	Customer, Reason string
	Left             string // "47 minutes left"
	Ends             moment
	Action, CSRF     string
}

// nav is the way through an account.
type nav struct {
	Name, Username string
	Links          []navLink
	Action, CSRF   string // of the Log out form
	Visit          bool
}

type navLink struct {
	Path, Title string
	Current     bool
}

// moment is a time for a <time> element.
type moment struct{ Machine, Human string }

func at(t time.Time, layout string) moment {
	t = t.UTC()
	return moment{Machine: t.Format(time.RFC3339), Human: t.Format(layout) + " UTC"}
}

// accountFrame is the frame of the account page with this id.
func (s *site) accountFrame(v visitor, title, id string) frame {
	f := s.frame(title)
	f.Nav = &nav{Name: v.Customer.Name(), Username: v.Customer.Username, Action: v.path("logout"), CSRF: v.csrf, Visit: v.Visit}
	for _, d := range Destinations() {
		f.Nav.Links = append(f.Nav.Links, navLink{Path: v.path(d.ID), Title: d.Title, Current: d.ID == id})
	}
	if v.Visit {
		f.Banner = &banner{
			Member: v.Member.Name, Customer: v.Customer.Name(), Reason: v.Reason,
			Left: left(v.ExpiresAt.Time().Sub(s.o.Clock())), Ends: at(v.ExpiresAt.Time(), "15:04"),
			Action: v.path("logout"), CSRF: v.csrf,
		}
		if v.Partner.Name != v.Member.Name {
			f.Banner.Partner = v.Partner.Name
		}
	}
	return f
}

// left is a duration in words, rounded down to minutes.
func left(d time.Duration) string {
	switch minutes := int(d / time.Minute); {
	case minutes < 1:
		return "less than a minute left"
	case minutes == 1:
		return "1 minute left"
	default:
		return fmt.Sprintf("%d minutes left", minutes)
	}
}

func (s *site) logOut(w http.ResponseWriter, r *http.Request, v visitor) error {
	if err := s.o.Accounts.EndSession(r.Context(), v.ID); err != nil && customer.CodeOf(err) != customer.Unauthorized {
		return err
	}
	s.closeSession(w, v.Customer.ID)
	if v.Visit {
		http.Redirect(w, r, "/ended", http.StatusSeeOther)
		return nil
	}
	if err := s.flash(w, "/login", flash{Notice: noticeLoggedOut}); err != nil {
		return err
	}
	http.Redirect(w, r, "/login", http.StatusSeeOther)
	return nil
}
