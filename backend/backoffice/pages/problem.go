package pages

import "net/http"

// problem is a refusal or failure as a page: what happened, and a way on.
type problem struct {
	status      int
	Title       string
	Message     string
	To, Label   string // the way on; empty for none
	endsSession bool   // the session's cookie is of no more use
}

func (p problem) Error() string { return p.Title }

type problemPage struct {
	frame
	Message, To, Label string
}

// The problems that don't depend on the request. Their text says what to do
// and never repeats what was sent.
var (
	errNotFound = problem{status: http.StatusNotFound, Title: "Page not found",
		Message: "There is nothing at this address. It may have been mistyped.", To: "/login", Label: "Go to the log-in page"}
	errMethod = problem{status: http.StatusMethodNotAllowed, Title: "That doesn’t work here",
		Message: "This address can’t be used in that way.", To: "/login", Label: "Go to the log-in page"}
	errForged = problem{status: http.StatusForbidden, Title: "This form can’t be accepted",
		Message: "It was sent from another site, or from a page that was open for too long. Nothing was changed. " +
			"Open the page again and send the form from there.", To: "/login", Label: "Go to the log-in page"}
	errMediaType = problem{status: http.StatusUnsupportedMediaType, Title: "This form can’t be read",
		Message: "It arrived in a form that is not understood here. Nothing was changed."}
	errTooLarge = problem{status: http.StatusRequestEntityTooLarge, Title: "That is too much text",
		Message: "What was sent is far larger than this form. Nothing was changed. Go back and shorten it."}
	errBadForm = problem{status: http.StatusBadRequest, Title: "This form can’t be read",
		Message: "It arrived damaged. Nothing was changed. Go back and send it again."}
	errSessionEnded = problem{status: http.StatusUnauthorized, Title: "Your session has ended",
		Message: "It ran out, or was ended elsewhere. Nothing was changed since.", To: "/login", Label: "Log in again",
		endsSession: true}
	errLink = problem{status: http.StatusGone, Title: "This link no longer works",
		Message: "It was used already, has expired, or was replaced by a newer one. If it came in a mail, " +
			"look for a newer mail or ask for a new link.", To: "/forgot", Label: "Ask for a new link"}
	errTicket = problem{status: http.StatusGone, Title: "This link no longer works",
		Message: "A link to log in as a customer works once, and for one minute. " +
			"Go back to Partner Desk and press Log in as again."}
	errTicketLocked = problem{status: http.StatusForbidden, Title: "This account is locked",
		Message: "Nobody can log in to a locked account. Unlock it in Partner Desk first."}
	errBusy = problem{status: http.StatusServiceUnavailable, Title: "Very busy right now",
		Message: "Nothing was changed. Wait a moment, then go back and try again."}
	errInternal = problem{status: http.StatusInternalServerError, Title: "Something went wrong",
		Message: "This is our mistake, not yours. Try again in a moment."}
)

func errTooMany(wait tooMany) problem {
	return problem{status: http.StatusTooManyRequests, Title: "Too many attempts",
		Message: "To keep accounts safe, tries are limited. Wait " + seconds(wait.seconds()) + " and try again."}
}

func seconds(n string) string {
	if n == "1" {
		return "1 second"
	}
	return n + " seconds"
}
