package pages

import (
	"net/http"
	"strconv"

	"partnerdesk/backend/customer"
)

const eventsOnPage = 50

type activityPage struct {
	frame
	Entries []entry
	Older   string // the path of the next page; empty when this is the last
	Newest  string // the path of the first page; empty when this is it
}

// entry is one thing that happened, in words.
type entry struct {
	At      moment
	What    string
	Who     string
	Why     string
	Visit   bool
	Changes []change
}

type change struct{ Title, From, To string }

func (s *site) showActivity(w http.ResponseWriter, r *http.Request, v visitor) error {
	before, err := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64)
	if err != nil || before < 0 {
		before = 0
	}
	events, next, err := s.o.Accounts.CustomerEvents(r.Context(), v.Customer.ID, before, eventsOnPage)
	if err != nil {
		return err
	}
	colleagues, err := s.o.Accounts.Members(r.Context(), v.Partner.ID)
	if err != nil {
		return err
	}
	members := map[string]bool{}
	for _, m := range colleagues {
		members[m.ID] = true
	}
	p := activityPage{frame: s.accountFrame(v, "Activity", "activity")}
	for _, e := range events {
		p.Entries = append(p.Entries, s.entry(v, members, e))
	}
	if next > 0 {
		p.Older = v.path("activity") + "?before=" + strconv.FormatInt(next, 10)
	}
	if before > 0 {
		p.Newest = v.path("activity")
	}
	return s.render(w, http.StatusOK, "activity.html", p)
}

func (s *site) entry(v visitor, members map[string]bool, e customer.Event) entry {
	out := entry{At: at(e.At.Time(), "2 January 2006, 15:04"), What: what(v, e), Who: s.who(v, members, e.Actor), Visit: e.Visit || e.Kind == customer.EventVisited}
	if e.Kind == customer.EventVisited {
		out.Why = e.Detail
	}
	for _, c := range e.Changes {
		out.Changes = append(out.Changes, change{
			Title: fieldTitle(c.Field), From: s.valueTitle(c.Field, c.From), To: s.valueTitle(c.Field, c.To),
		})
	}
	return out
}

// who names the actor; members are the partner's, by id. Whoever acted before
// the account moved here is none of them.
func (s *site) who(v visitor, members map[string]bool, a customer.Actor) string {
	switch {
	case a.Kind == customer.ActorSystem:
		return s.o.Name
	case a.Kind == customer.ActorCustomer && !v.Visit:
		return "You"
	case a.Kind == customer.ActorCustomer && a.Name == "":
		return v.Customer.Name()
	case members[a.ID] && a.Name != v.Partner.Name:
		return a.Name + ", " + v.Partner.Name
	}
	return a.Name
}

func what(v visitor, e customer.Event) string {
	switch e.Kind {
	case customer.EventCreated:
		return "Account created"
	case customer.EventMoved:
		return "Account moved to this Back Office"
	case customer.EventChanged:
		return "Profile changed"
	case customer.EventStatusChanged:
		return "Status changed"
	case customer.EventActivated:
		return "Account activated"
	case customer.EventLoggedIn:
		return "Logged in"
	case customer.EventVisited:
		return "Logged in as " + v.Customer.Name()
	case customer.EventVisitEnded:
		return "Log-in-as session ended"
	case customer.EventPasswordChanged:
		return "Password changed"
	}
	return "Account updated"
}
