package pages_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"partnerdesk/backend/customer"
)

const formType = "application/x-www-form-urlencoded"

// TestHostileAnonymous sends what nobody should, without a session.
func TestHostileAnonymous(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	c := o.add("anna@visser.example", customer.Activated)
	ticket := o.ticket(c, "", "")
	link := o.link(c)
	token := link[strings.Index(link, "=")+1:]
	huge := strings.Repeat("a", 10<<20)
	script := `"><script>alert(1)</script>`
	good := form("username", c.Username, "password", goodPassword)
	for _, tt := range []struct {
		name, method, path, contentType, body string
		header                                []string
		status                                int
		want                                  []string
	}{
		{"script in the username", "POST", "/login", formType, form("username", script, "password", "x"), nil, 422, []string{"!<script>alert", "&lt;script&gt;"}},
		{"script in the forgotten username", "POST", "/forgot", formType, form("username", script), nil, 422, []string{"!<script>alert", "&lt;script&gt;"}},
		{"script in the ticket", "POST", "/enter", formType, form("ticket", script), nil, 410, []string{"!script&gt;", "!<script>alert"}},
		{"script in the token", "GET", "/activate?token=" + url.QueryEscape(script), "", "", nil, 410, []string{"!alert(1)"}},
		{"script in the path", "GET", "/" + url.PathEscape(script), "", "", nil, 404, []string{"!alert(1)"}},
		{"NUL in the username", "POST", "/login", formType, "username=a%00b%40visser.example&password=x", nil, 422, []string{"not right", "!\x00"}},
		{"NUL in the password", "POST", "/login", formType, "username=" + c.Username + "&password=%00", nil, 422, []string{"not right"}},
		{"invalid UTF-8", "POST", "/login", formType, "username=%ff%fe&password=%ff", nil, 422, []string{"not right", "!\xff"}},
		{"right-to-left mark in the username", "POST", "/forgot", formType, form("username", "a\u202eb@visser.example"), nil, 422, []string{"can&#39;t be shown"}},
		{"emoji in the username", "POST", "/forgot", formType, form("username", "🦊@visser.example"), nil, 422, []string{"plain letters"}},
		{"two addresses", "POST", "/forgot", formType, form("username", "a@b.example,c@d.example"), nil, 422, []string{"one email address only"}},
		{"display name", "POST", "/forgot", formType, form("username", "Anna <a@b.example>"), nil, 422, nil},
		{"mail header in the username", "POST", "/forgot", formType, form("username", "a@b.example\r\nBcc: c@d.example"), nil, 422, []string{"!Bcc: c@d.example is on its way"}},
		{"nothing in the username", "POST", "/forgot", formType, "", nil, 422, []string{"Enter your email address."}},
		{"no fields at all", "POST", "/login", formType, "", nil, 422, []string{"not right"}},
		{"SQL in the username", "POST", "/login", formType, form("username", "' OR 1=1 --", "password", "x"), nil, 422, []string{"not right"}},
		{"wildcard username", "POST", "/login", formType, form("username", "%", "password", goodPassword), nil, 422, []string{"not right"}},
		{"password of 10 MB", "POST", "/login", formType, "username=" + c.Username + "&password=" + huge, nil, 413, []string{"too much text"}},
		{"username of 10 MB", "POST", "/login", formType, "username=" + huge, nil, 413, nil},
		{"10 MB to forgot", "POST", "/forgot", formType, "username=" + huge, nil, 413, nil},
		{"10 MB to enter", "POST", "/enter", formType, "ticket=" + huge, nil, 413, nil},
		{"10 MB to activate", "POST", "/activate", formType, "token=" + huge, nil, 413, nil},
		{"password of 30 KB", "POST", "/login", formType, "username=" + c.Username + "&password=" + huge[:30000], nil, 422, []string{"not right"}},
		{"username of 30 KB", "POST", "/login", formType, "username=" + huge[:30000] + "&password=x", nil, 422, []string{"not right"}},
		{"token of 30 KB", "POST", "/reset", formType, "token=" + huge[:30000], nil, 410, nil},
		{"ticket of 30 KB", "POST", "/enter", formType, "ticket=" + huge[:30000], nil, 410, nil},
		{"JSON", "POST", "/login", "application/json", `{"username":"a"}`, nil, 415, nil},
		{"JSON dressed as text", "POST", "/login", "text/plain", good, nil, 415, nil},
		{"multipart", "POST", "/login", "multipart/form-data; boundary=x", "--x--", nil, 415, nil},
		{"no content type", "POST", "/login", "", good, nil, 415, nil},
		{"broken content type", "POST", "/login", ";;;", good, nil, 415, nil},
		{"broken escape", "POST", "/login", formType, "username=%zz", nil, 400, []string{"arrived damaged"}},
		{"semicolons between the fields", "POST", "/login", formType, "username=a;password=b", nil, 400, nil},
		{"fields in the query", "POST", "/login?" + good, formType, "", nil, 422, []string{"not right"}},
		{"the username twice", "POST", "/login", formType, "username=x&username=" + c.Username + "&password=" + url.QueryEscape(goodPassword), nil, 422, []string{"not right"}},
		{"log in with GET", "GET", "/login?" + good, "", "", nil, 200, []string{"!" + goodPassword, "!" + c.Username}},
		{"PUT", "PUT", "/login", formType, good, nil, 405, nil},
		{"DELETE", "DELETE", "/c/" + c.ID + "/profile", "", "", nil, 405, nil},
		{"log out with GET", "GET", "/c/" + c.ID + "/logout", "", "", nil, 405, nil},
		{"post to a page without a form", "POST", "/ended", formType, "", nil, 405, nil},
		{"cross-site log-in", "POST", "/login", formType, good, []string{"Sec-Fetch-Site", "cross-site"}, 403, []string{"Nothing was changed", "!" + c.Username}},
		{"log-in from a sibling site", "POST", "/login", formType, good, []string{"Sec-Fetch-Site", "same-site"}, 403, nil},
		{"foreign origin", "POST", "/login", formType, good, []string{"Origin", "https://evil.example"}, 403, nil},
		{"no origin to speak of", "POST", "/login", formType, good, []string{"Origin", "null"}, 403, nil},
		{"cross-site ticket", "POST", "/enter", formType, form("ticket", ticket), []string{"Sec-Fetch-Site", "cross-site"}, 403, nil},
		{"cross-site activation", "POST", "/activate", formType, form("token", token, "password", newPassword, "confirm", newPassword), []string{"Sec-Fetch-Site", "cross-site"}, 403, []string{"!" + newPassword}},
		{"cross-site forgot", "POST", "/forgot", formType, form("username", c.Username), []string{"Origin", "http://127.0.0.1:1"}, 403, []string{"!" + c.Username}},
		{"unknown link", "GET", "/activate?token=" + strings.Repeat("A", 43), "", "", nil, 410, []string{"no longer works"}},
		{"no link", "GET", "/reset", "", "", nil, 410, []string{"no longer works"}},
		{"NUL link", "GET", "/reset?token=%00", "", "", nil, 410, nil},
		{"link with a tail", "GET", "/reset?token=" + token + "x", "", "", nil, 410, nil},
		{"broken query", "GET", "/reset?token=%zz", "", "", nil, 410, nil},
		{"unknown ticket", "POST", "/enter", formType, form("ticket", strings.Repeat("A", 43)), nil, 410, []string{"works once"}},
		{"link as a ticket", "POST", "/enter", formType, form("ticket", token), nil, 410, nil},
		{"ticket as a link", "GET", "/reset?token=" + ticket, "", "", nil, 410, nil},
		{"profile without a session", "POST", "/c/" + c.ID + "/profile", formType, form("city", "Gouda"), nil, 401, []string{"!Gouda"}},
		{"password without a session", "POST", "/c/" + c.ID + "/password", formType, form("password", newPassword), nil, 401, nil},
		{"unknown account", "POST", "/c/nobody/profile", formType, "", nil, 401, nil},
		{"dots in the path", "GET", "/c/../login", "", "", nil, 404, nil},
		{"escaped dots in the path", "GET", "/assets/..%2f..%2fpages.go", "", "", nil, 404, nil},
		{"twice-escaped dots", "GET", "/assets/%252e%252e%252fpages.go", "", "", nil, 404, nil},
		{"double slash", "GET", "//evil.example/", "", "", nil, 404, nil},
		{"backslash", "GET", "/%5cevil.example", "", "", nil, 404, nil},
		{"NUL in the path", "GET", "/c/%00/profile%00", "", "", nil, 404, nil},
		{"line break in the path", "GET", "/%0d%0aSet-Cookie:%20a=b", "", "", nil, 404, nil},
		{"a stranger's asset", "GET", "/assets/pages.css", "", "", nil, 404, nil},
		{"a page below a page", "GET", "/c/" + c.ID + "/profile/x", "", "", nil, 404, nil},
		{"forged flash", "GET", "/login", "", "", []string{"Cookie", "pd_flash=!!!"}, 200, []string{"!role=\"status\""}},
		{"flash with script", "GET", "/login", "", "", []string{"Cookie", "pd_flash=eyJub3RpY2UiOiJhY3RpdmF0ZWQiLCJ1c2VybmFtZSI6Ilx1MDAzY3NjcmlwdD4ifQ"}, 200, []string{"!<script>", "&lt;script&gt;"}},
		{"foreign host", "GET", "/", "", "", []string{"X-Forwarded-Host", "evil.example"}, 200, []string{"!evil.example"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := o.browser()
			for i := 0; i+1 < len(tt.header); i += 2 {
				b.header.Set(tt.header[i], tt.header[i+1])
			}
			b.do(tt.method, tt.path, tt.contentType, tt.body)
			if b.status != tt.status {
				t.Fatalf("got %d, want %d\n%.2000s", b.status, tt.status, b.body)
			}
			b.o = &office{t: t, server: o.server}
			b.want(tt.status, "", tt.want...)
			checkHeaders(t, b)
			for _, cookie := range b.client.Jar.Cookies(must(url.Parse(o.server.URL + "/c/" + c.ID + "/profile"))) {
				t.Errorf("a cookie was set: %s", cookie.Name)
			}
		})
	}
	// None of it used the link or the ticket, or changed the password.
	o.browser().get(link).want(200, "")
	o.browser().post("/enter", "ticket", ticket).want(200, "/c/"+c.ID+"/profile")
	o.browser().logIn(c).want(200, "", "!Gouda")
}

// TestHostileSession sends what nobody should from within an open session.
func TestHostileSession(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	c, other := o.add("anna@visser.example", customer.Activated), o.add("other@visser.example", customer.Activated)
	profile := "/c/" + c.ID + "/profile"
	script := `<script>alert(1)</script>'"`
	for _, tt := range []struct {
		name   string
		do     func(b *browser, csrf string) *browser
		status int
		want   []string
	}{
		{"no form token", func(b *browser, _ string) *browser { return b.post(profile, "city", "Forged") }, 403, []string{"!Forged", "Nothing was changed"}},
		{"wrong form token", func(b *browser, csrf string) *browser {
			return b.post(profile, "csrf", csrf[:42]+"!", "city", "Forged")
		}, 403, []string{"!Forged"}},
		{"form token in the query", func(b *browser, csrf string) *browser { return b.post(profile+"?csrf="+csrf, "city", "Forged") }, 403, nil},
		{"form token of another session", func(b *browser, _ string) *browser {
			return b.post(profile, "csrf", o.browser().logIn(other).csrf(), "city", "Forged")
		}, 403, nil},
		{"right token from another site", func(b *browser, csrf string) *browser {
			b.header.Set("Sec-Fetch-Site", "cross-site")
			return b.post(profile, "csrf", csrf, "city", "Forged")
		}, 403, []string{"!Forged"}},
		{"cross-site log-out", func(b *browser, csrf string) *browser {
			b.header.Set("Origin", "https://evil.example")
			return b.post("/c/"+c.ID+"/logout", "csrf", csrf)
		}, 403, nil},
		{"log-out without a token", func(b *browser, _ string) *browser { return b.post("/c/" + c.ID + "/logout") }, 403, nil},
		{"password without a token", func(b *browser, _ string) *browser {
			return b.post("/c/"+c.ID+"/password", "current", goodPassword, "password", newPassword, "confirm", newPassword)
		}, 403, nil},
		{"another account's path with this cookie", func(b *browser, csrf string) *browser {
			b.header.Set("Cookie", "pd_session="+b.cookie(c))
			return b.post("/c/"+other.ID+"/profile", "csrf", csrf, "city", "Forged")
		}, 401, []string{"!other@visser.example"}},
		{"reading another account with this cookie", func(b *browser, _ string) *browser {
			b.header.Set("Cookie", "pd_session="+b.cookie(c))
			return b.get("/c/" + other.ID + "/activity")
		}, 401, []string{"!other@visser.example"}},
		{"forged cookie", func(b *browser, _ string) *browser {
			b.header.Set("Cookie", "pd_session="+strings.Repeat("A", 43))
			b.client.Jar = nil
			return b.get(profile)
		}, 401, []string{"Your session has ended", "!anna@"}},
		{"cookie with a tail", func(b *browser, _ string) *browser {
			b.header.Set("Cookie", "pd_session="+b.cookie(c)+"x")
			b.client.Jar = nil
			return b.get(profile)
		}, 401, nil},
		{"cookie of 4 KB", func(b *browser, _ string) *browser {
			b.header.Set("Cookie", "pd_session="+strings.Repeat("A", 4000))
			b.client.Jar = nil
			return b.get(profile)
		}, 200, []string{"Log in", "!anna@"}},
		{"the session's id in capitals", func(b *browser, _ string) *browser {
			b.header.Set("Cookie", "pd_session="+b.cookie(c))
			return b.get("/c/" + strings.ToUpper(c.ID) + "/profile")
		}, 401, nil},
		{"script in every field", func(b *browser, csrf string) *browser {
			return b.post(profile, "csrf", csrf, "first_name", script, "last_name", script, "company", script, "phone", script,
				"street", script, "postal_code", "<b>&'\"", "city", script)
		}, 200, []string{"!<script>alert", "!<b>&", "&lt;script&gt;"}},
		{"script in the activity", func(b *browser, csrf string) *browser {
			b.post(profile, "csrf", csrf, "city", script)
			return b.get("/c/" + c.ID + "/activity")
		}, 200, []string{"!<script>alert", "&lt;script&gt;"}},
		{"script as the website", func(b *browser, csrf string) *browser {
			return b.post(profile, "csrf", csrf, "website", "javascript:alert(1)")
		}, 422, []string{"website-error", `value="javascript:alert(1)"`}},
		{"website with a password", func(b *browser, csrf string) *browser {
			return b.post(profile, "csrf", csrf, "website", "https://a:b@c.example")
		}, 422, nil},
		{"NUL in a name", func(b *browser, csrf string) *browser { return b.post(profile, "csrf", csrf, "first_name", "An\x00na") }, 422, []string{"first_name-error", "!\x00"}},
		{"reversing mark in a name", func(b *browser, csrf string) *browser {
			return b.post(profile, "csrf", csrf, "first_name", "An\u202ena")
		}, 422, []string{"first_name-error"}},
		{"Hebrew and emoji in a name", func(b *browser, csrf string) *browser {
			return b.post(profile, "csrf", csrf, "first_name", "חנה 🌷")
		}, 200, []string{"חנה 🌷", `<bdi>חנה 🌷`}},
		{"invalid UTF-8 in a name", func(b *browser, csrf string) *browser {
			return b.do("POST", profile, formType, "csrf="+csrf+"&first_name=%ff%fe")
		}, 200, []string{"\uFFFD", "!\xff"}},
		{"line break in a name", func(b *browser, csrf string) *browser { return b.post(profile, "csrf", csrf, "company", "A\r\nB") }, 422, []string{"company-error"}},
		{"a name of 101 characters", func(b *browser, csrf string) *browser {
			return b.post(profile, "csrf", csrf, "last_name", strings.Repeat("ß", 101))
		}, 422, []string{"At most 100 characters", strings.Repeat("ß", 101)}},
		{"blank name", func(b *browser, csrf string) *browser { return b.post(profile, "csrf", csrf, "last_name", " \t ") }, 422, []string{"Last name is required."}},
		{"country of no list", func(b *browser, csrf string) *browser { return b.post(profile, "csrf", csrf, "country", "XX") }, 422, []string{"country-error"}},
		{"language of no list", func(b *browser, csrf string) *browser { return b.post(profile, "csrf", csrf, "language", "fr") }, 422, []string{"language-error"}},
		{"10 MB profile", func(b *browser, csrf string) *browser {
			return b.post(profile, "csrf", csrf, "city", strings.Repeat("a", 10<<20))
		}, 413, nil},
		{"the status in the form", func(b *browser, csrf string) *browser {
			return b.post(profile, "csrf", csrf, "status", "locked", "id", other.ID, "username", "evil@visser.example", "tags", "vip", "password_hash", "x")
		}, 200, []string{"anna@visser.example", "!evil@"}},
		{"activity before nonsense", func(b *browser, _ string) *browser { return b.get("/c/" + c.ID + "/activity?before=<script>") }, 200, []string{"!<script>"}},
		{"activity before a negative", func(b *browser, _ string) *browser { return b.get("/c/" + c.ID + "/activity?before=-1") }, 200, nil},
		{"activity before a huge number", func(b *browser, _ string) *browser {
			return b.get("/c/" + c.ID + "/activity?before=99999999999999999999999")
		}, 200, nil},
		{"password of 257 characters", func(b *browser, csrf string) *browser {
			long := strings.Repeat("aB3!", 65)
			return b.post("/c/"+c.ID+"/password", "csrf", csrf, "current", goodPassword, "password", long, "confirm", long)
		}, 422, []string{"password-error", "!aB3!"}},
		{"password with NUL", func(b *browser, csrf string) *browser {
			return b.post("/c/"+c.ID+"/password", "csrf", csrf, "current", goodPassword, "password", newPassword+"\x00", "confirm", newPassword+"\x00")
		}, 422, []string{"password-error"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := o.browser().logIn(c)
			b.o = &office{t: t, server: o.server}
			tt.do(b, b.csrf()).want(tt.status, "", tt.want...)
			checkHeaders(t, b)
		})
	}
	o.browser().logIn(c).want(200, "", "!Forged")
	o.browser().logIn(other).want(200, "", "!Forged")
}

// cookie is the browser's session in an account.
func (b *browser) cookie(c customer.Customer) string {
	b.o.t.Helper()
	for _, cookie := range b.client.Jar.Cookies(must(url.Parse(b.o.server.URL + "/c/" + c.ID + "/profile"))) {
		if cookie.Name == "pd_session" {
			return cookie.Value
		}
	}
	b.o.t.Fatal("no session cookie")
	return ""
}

func checkHeaders(t *testing.T, b *browser) {
	t.Helper()
	csp := "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
	if strings.Contains(b.body, "<script src=") {
		csp += "; script-src 'self'"
	}
	for name, want := range map[string]string{
		"Content-Security-Policy": csp, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
		"Referrer-Policy": "same-origin", "Content-Type": "text/html; charset=utf-8", "Cross-Origin-Opener-Policy": "same-origin",
	} {
		if got := b.sent.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	for _, unwanted := range []string{" style=", "<style", " onclick=", "<no value>", "%!", "ZgotmplZ"} {
		if strings.Contains(b.body, unwanted) {
			t.Errorf("the page holds %q", unwanted)
		}
	}
}

func TestHeadersAndCookies(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	c := o.add("anna@visser.example", customer.Activated)
	b := o.browser().logIn(c)
	for _, path := range []string{"/login", "/forgot", "/enter", "/ended", "/nowhere", "/activate", o.link(c),
		"/c/" + c.ID + "/profile", "/c/" + c.ID + "/password", "/c/" + c.ID + "/activity"} {
		checkHeaders(t, b.get(path))
		if !strings.Contains(b.body, `lang="en"`) || !strings.Contains(b.body, "Skip to the content") || strings.Count(b.body, "<h1>") != 1 {
			t.Errorf("%s lacks its language, skip link or heading", path)
		}
	}
	style := b.body[strings.Index(b.body, "/assets/"):]
	b.get(style[:strings.IndexByte(style, '"')]).want(200, "", "--accent")
	if got := b.sent.Get("Cache-Control"); !strings.Contains(got, "immutable") {
		t.Errorf("style sheet: %q", got)
	}
	b.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	b.post("/login", "username", c.Username, "password", goodPassword)
	cookie := b.sent.Get("Set-Cookie")
	for _, want := range []string{"pd_session=", "Path=/c/" + c.ID + ";", "HttpOnly", "SameSite=Lax"} {
		if !strings.Contains(cookie+";", want) {
			t.Errorf("cookie %q lacks %q", cookie, want)
		}
	}
	if strings.Contains(cookie, "Secure") {
		t.Errorf("cookie %q can't be used over http", cookie)
	}
}

func TestSessionEndsWithTime(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	c := o.add("anna@visser.example", customer.Activated)
	b := o.browser().logIn(c)
	csrf := b.csrf()
	o.wait(15 * 24 * time.Hour)
	b.post("/c/"+c.ID+"/profile", "csrf", csrf, "city", "Late").want(401, "", "Your session has ended", "!Late")
	b.get("/c/"+c.ID+"/profile").want(200, "/login") // the cookie is gone
}
