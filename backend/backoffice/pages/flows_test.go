package pages_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"partnerdesk/backend/customer"
)

func TestActivate(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	c := o.add("anna@visser.example", customer.PendingActivate)
	link := o.link(c)
	token := link[strings.Index(link, "=")+1:]
	b := o.browser()
	b.get(link).want(200, "/activate", "Welcome, Anna Visser", "anna@visser.example", "Activate account", "phrase that only you know",
		`autocomplete="new-password"`, ">New password<", ">Confirm new password<")
	b.post("/activate", "token", token).want(422, "/activate", "Choose a password.", `role="alert"`, `aria-invalid="true"`, "autofocus")
	b.post("/activate", "token", token, "password", "anna1234", "confirm", "anna1234").want(422, "", "!anna1234", "password-error")
	b.post("/activate", "token", token, "password", goodPassword, "confirm", "other").want(422, "", "The two passwords differ", "!"+goodPassword)
	b.get(link).want(200, "/activate") // a look does not use the link
	b.post("/activate", "token", token, "password", goodPassword, "confirm", goodPassword).
		want(200, "/login", "Your account is active", `value="anna@visser.example"`)
	b.get("/login").want(200, "/login", "!Your account is active", "!anna@visser.example")
	b.get(link).want(410, "/activate", "This link no longer works")
	b.post("/activate", "token", token, "password", newPassword, "confirm", newPassword).want(410, "", "no longer works")
	b.logIn(c)
	b.want(200, "", "Anna", "Visser Bloemen", "Save changes", "readonly")
}

func TestSetPasswordLinkAndReset(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	c := o.add("anna@visser.example", customer.Activated)
	other := o.browser().logIn(c)
	b := o.browser()
	link := o.link(c)
	b.get(link).want(200, "/reset", "Set a new password", "Set password", "!Activate account")
	b.post("/reset", "token", link[strings.Index(link, "=")+1:], "password", newPassword, "confirm", newPassword).
		want(200, "/login", "Your password is set")
	other.get("/c/"+c.ID+"/profile").want(401, "", "Your session has ended")
	b.post("/login", "username", c.Username, "password", goodPassword).want(422, "/login", "not right")
	b.post("/login", "username", c.Username, "password", newPassword).want(200, "/c/"+c.ID+"/profile")

	b.get("/forgot").want(200, "/forgot", "Send link")
	b.post("/forgot", "username", c.Username).want(200, "/forgot", "If there is an account")
	known := strings.ReplaceAll(b.body, c.Username, "X")
	b.post("/forgot", "username", "nobody@visser.example").want(200, "/forgot")
	if unknown := strings.ReplaceAll(b.body, "nobody@visser.example", "X"); unknown != known {
		t.Error("the answer tells whether there is an account")
	}
	mails, err := o.store.Mails(t.Context(), o.signIn.Partner.ID, c.ID)
	if err != nil || len(mails) == 0 || mails[0].Kind != customer.MailResetPassword {
		t.Fatalf("mails %+v, %v", mails, err)
	}
	reset := strings.TrimPrefix(mails[0].Link, o.server.URL)
	b.get(reset).want(200, "/reset", "Set password")
	o.wait(2 * time.Hour)
	b.get(reset).want(410, "/reset", "no longer works")
}

func TestLoginTellsStatusToThoseWhoKnowThePassword(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	locked := o.add("locked@visser.example", customer.Locked)
	waiting := o.setStatus(o.add("waiting@visser.example", customer.Activated), customer.PendingActivate)
	b := o.browser()
	wrong := func(username string) string {
		b.post("/login", "username", username, "password", "wrong").want(422, "/login", "not right", "!wrong\"")
		return strings.ReplaceAll(b.body, username, "X")
	}
	unknown := wrong("nobody@visser.example")
	if wrong(locked.Username) != unknown || wrong(waiting.Username) != unknown {
		t.Error("the answer to a wrong password tells about the account")
	}
	b.post("/login", "username", locked.Username, "password", goodPassword).
		want(422, "/login", "This account is locked. Ask Bright Agency to unlock it.", `value="locked@visser.example"`)
	b.post("/login", "username", waiting.Username, "password", goodPassword).want(422, "/login", "Your account is waiting for activation")
	active := o.add("active@visser.example", customer.Activated)
	b.post("/login", "username", " ACTIVE@visser.example ", "password", goodPassword).want(200, "/c/"+active.ID+"/profile")
}

func TestProfile(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	c := o.add("anna@visser.example", customer.Activated)
	b := o.browser().logIn(c)
	path := "/c/" + c.ID + "/profile"
	csrf := b.csrf()
	b.post(path, "csrf", csrf, "first_name", "Änne", "last_name", "Visser", "company", "B & <b>C</b>", "phone", "020 123",
		"website", "visser.example", "city", "Gouda", "country", "NL", "language", "nl").
		want(200, path, "Your changes are saved.", "Änne", "B &amp; &lt;b&gt;C&lt;/b&gt;", "https://visser.example", `value="NL" selected`, `value="nl" selected`)
	b.get(path).want(200, path, "!Your changes are saved.")
	b.post(path, "csrf", csrf, "first_name", "", "last_name", "Kept", "website", "ftp://x.example", "city", "Delft").
		want(422, path, "2 fields need another look", "First name is required.", "first_name-error", `value="Kept"`, `value="ftp://x.example"`, `value="Delft"`)
	b.post(path, "csrf", csrf, "username", "evil@visser.example", "status", "locked", "notes", "x", "phone", "1").want(200, path, "anna@visser.example")
	b.get("/c/"+c.ID+"/activity").want(200, "", "Profile changed", "First name", "Anna", "Änne", "Logged in", "You", "UTC", "!notes", "!evil@")
}

func TestPassword(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	c := o.add("anna@visser.example", customer.Activated)
	b, other := o.browser().logIn(c), o.browser().logIn(c)
	path := "/c/" + c.ID + "/password"
	b.get(path).want(200, path, "Current password", "New password", "Confirm new password", "Set password", "capital and lower-case")
	csrf := b.csrf()
	b.post(path, "csrf", csrf, "current", "wrong", "password", newPassword, "confirm", newPassword).want(422, path, "not the current password", "current-error")
	b.post(path, "csrf", csrf, "password", newPassword, "confirm", newPassword).want(422, path, "not the current password")
	b.post(path, "csrf", csrf, "current", goodPassword, "password", "Visser Bloemen", "confirm", "Visser Bloemen").want(422, path, "password-error")
	b.post(path, "csrf", csrf, "current", goodPassword, "password", newPassword, "confirm", newPassword).want(200, path, "The password is changed")
	other.get(path).want(401, path, "Your session has ended")
	b.post("/login", "username", c.Username, "password", newPassword).want(200, "/c/"+c.ID+"/profile")
}

func TestLogOut(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	c := o.add("anna@visser.example", customer.Activated)
	b := o.browser().logIn(c)
	stolen := b.client.Jar.Cookies(must(url.Parse(o.server.URL + "/c/" + c.ID + "/profile")))
	b.want(200, "", "Log out", "!End session")
	b.post("/c/"+c.ID+"/logout", "csrf", b.csrf()).want(200, "/login", "You are logged out.")
	b.get("/c/"+c.ID+"/profile").want(200, "/login")
	b.client.Jar.SetCookies(must(url.Parse(o.server.URL+"/c/"+c.ID+"/profile")), stolen)
	b.get("/c/"+c.ID+"/profile").want(401, "", "Your session has ended")
}

func TestVisit(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	c := o.add("anna@visser.example", customer.Activated)
	b := o.browser()
	b.get("/enter").want(200, "/enter", "Log in", "/assets/enter.")
	if csp := b.sent.Get("Content-Security-Policy"); !strings.Contains(csp, "script-src 'self'") {
		t.Errorf("policy of /enter: %q", csp)
	}
	ticket := o.ticket(c, "Fix the <menu>", "password")
	b.post("/enter", "ticket", o.server.URL+"/enter#"+ticket).want(200, "/c/"+c.ID+"/password", "Bright Agency", "are logged in as", "Anna Visser",
		"60 minutes left", "13:00 UTC", "Fix the &lt;menu&gt;", "End session", "!Log out", "!Current password")
	o.wait(13 * time.Minute)
	for _, name := range []string{"profile", "password", "activity"} {
		b.get("/c/"+c.ID+"/"+name).want(200, "", "47 minutes left", "End session")
	}
	o.browser().post("/enter", "ticket", ticket).want(410, "/enter", "works once")
	csrf := b.csrf()
	path := "/c/" + c.ID + "/password"
	b.post(path, "csrf", csrf, "password", newPassword, "confirm", newPassword).want(200, path, "The password is changed")
	b.post("/c/"+c.ID+"/profile", "csrf", csrf, "city", "Gouda").want(200, "", "saved")
	b.post("/c/"+c.ID+"/logout", "csrf", csrf).want(200, "/ended", "no longer logged in as the customer")
	own := o.browser().post("/login", "username", c.Username, "password", newPassword)
	own.get("/c/"+c.ID+"/activity").want(200, "", "Log in as", "Bright Agency", "Fix the &lt;menu&gt;", "Password changed", "Log-in-as session ended", "Gouda")
	ended := o.browser().visit(c, "", "")
	o.wait(time.Hour)
	ended.get("/c/"+c.ID+"/profile").want(401, "", "Your session has ended", "!End session")
}

func TestVisitRefused(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	c := o.add("anna@visser.example", customer.Activated)
	late, locked := o.ticket(c, "", ""), o.add("b@visser.example", customer.Activated)
	lockedTicket := o.ticket(locked, "", "")
	b := o.browser().visit(locked, "", "")
	o.setStatus(locked, customer.Locked)
	b.get("/c/"+locked.ID+"/profile").want(401, "", "Your session has ended")
	if o.browser().post("/enter", "ticket", lockedTicket).status < 400 {
		t.Error("a locked account was entered")
	}
	o.wait(61 * time.Second)
	o.browser().post("/enter", "ticket", late).want(410, "", "works once, and for one minute")
	o.browser().post("/enter", "ticket", "").want(422, "", "Paste the link")
	pending := o.add("c@visser.example", customer.PendingActivate)
	o.browser().visit(pending, "", "activity").want(200, "/c/"+pending.ID+"/activity", "End session")
}

func TestSeveralCustomersSideBySide(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	one, two := o.add("one@visser.example", customer.Activated), o.add("two@visser.example", customer.Activated)
	b := o.browser().visit(one, "", "")
	b.visit(two, "", "").want(200, "/c/"+two.ID+"/profile", "two@visser.example")
	b.get("/c/"+one.ID+"/profile").want(200, "", "one@visser.example", "End session")
	b.post("/c/"+one.ID+"/logout", "csrf", b.csrf()).want(200, "/ended")
	b.get("/c/"+one.ID+"/profile").want(200, "/login")
	b.get("/c/"+two.ID+"/profile").want(200, "/c/"+two.ID+"/profile", "End session")
	b.logIn(one).want(200, "", "!End session")
	b.get("/c/"+two.ID).want(200, "/c/"+two.ID+"/profile", "End session")
	b.get("/c/"+two.ID+"/").want(200, "/c/"+two.ID+"/profile")
}

func TestActivityPages(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	c := o.add("anna@visser.example", customer.Activated)
	b := o.browser().logIn(c)
	csrf := b.csrf()
	for i := range 60 {
		b.post("/c/"+c.ID+"/profile", "csrf", csrf, "city", "City"+strings.Repeat("x", i+1)).want(200, "")
	}
	b.get("/c/"+c.ID+"/activity").want(200, "", ">Older<", "!>Newest<", "!Account created")
	older := b.body[strings.Index(b.body, "activity?before="):]
	b.get("/c/"+c.ID+"/"+older[:strings.IndexByte(older, '"')]).want(200, "", ">Newest<", "!>Older<", "Account created")
}

func TestRateLimits(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	c := o.add("anna@visser.example", customer.Activated)
	b := o.browser()
	for range 40 {
		b.logIn(c) // a right password uses nothing of the account's allowance
	}
	for range 15 {
		b.post("/login", "username", c.Username, "password", "x").want(422, "")
	}
	b.post("/login", "username", "ANNA@visser.example", "password", goodPassword).want(429, "", "Too many attempts", "20 seconds")
	if b.sent.Get("Retry-After") != "20" {
		t.Errorf("Retry-After %q", b.sent.Get("Retry-After"))
	}
	o.wait(20 * time.Second)
	b.logIn(c)
	for range 5 {
		b.post("/forgot", "username", "x@visser.example").want(200, "")
	}
	b.post("/forgot", "username", "x@visser.example").want(429, "")
	for range 100 {
		b.post("/enter", "ticket", "x").want(410, "")
	}
	b.post("/enter", "ticket", "x").want(http.StatusTooManyRequests, "")
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
