package main

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"partnerdesk/backend/backoffice/mail"
	"partnerdesk/backend/backoffice/mail/smtptest"
	"partnerdesk/backend/customer"
)

// scrape reads the metrics as Prometheus does.
func scrape(t *testing.T, address string) (families map[string]*dto.MetricFamily, text string) {
	t.Helper()
	a := get(t, http.DefaultClient, "http://"+address+"/metrics")
	if a.status != http.StatusOK {
		t.Fatalf("metrics: %d\n%s", a.status, a.body)
	}
	parser := expfmt.NewTextParser(model.LegacyValidation)
	families, err := parser.TextToMetricFamilies(strings.NewReader(a.body))
	check(t, err)
	return families, a.body
}

// value is the metric of a family that has these labels and values.
func value(families map[string]*dto.MetricFamily, family string, labels ...string) float64 {
	for _, m := range families[family].GetMetric() {
		have := map[string]string{}
		for _, l := range m.GetLabel() {
			have[l.GetName()] = l.GetValue()
		}
		match := true
		for i := 0; i < len(labels); i += 2 {
			match = match && have[labels[i]] == labels[i+1]
		}
		if match {
			return m.GetCounter().GetValue() + m.GetGauge().GetValue() + float64(m.GetHistogram().GetSampleCount())
		}
	}
	return -1
}

// live is what a test does that leaves traces in logs and metrics.
func live(t *testing.T, s *served) {
	t.Helper()
	c := s.client(t)
	check(t, create(t.Context(), c, "grace@shop.example"))
	s.wait(t, `"path":"POST /api/v1/mutations"`, 1)
	for _, path := range []string{"/activate?token=swordfish", "/grace@shop.example", "/c/swordfish/profile", "/login"} {
		get(t, http.DefaultClient, s.url+path)
	}
	req, err := http.NewRequestWithContext(t.Context(), "SWORDFISH", s.url+"/login", nil)
	check(t, err)
	ask(t, http.DefaultClient, req)
	if err := s.signIn(t, "swordfish"); customer.CodeOf(err) != customer.Unauthorized {
		t.Errorf("a wrong password: %v", err)
	}
}

var personal = []string{"swordfish", "SWORDFISH", "@", "Ada", "Grace", "Hopper", "Cobol", "horse", "agency.example", "shop.example"}

func TestMetrics(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	addPartner(t, dir)
	s := serve(t, dir, "--metrics-addr", "127.0.0.1:0")
	at := s.said(t, "serving metrics", "address")
	live(t, s)
	c := s.client(t)
	page, err := c.Changes(t.Context(), "", 0, 0)
	check(t, err)
	polling, hangUp := context.WithCancel(t.Context())
	polled := make(chan struct{})
	go func() {
		defer close(polled)
		_, _ = c.Changes(polling, page.Next, 0, 30*time.Second) // it is hung up on
	}()
	var families map[string]*dto.MetricFamily
	var text string
	for value(families, "backoffice_long_polls_open") != 1 || value(families, "backoffice_mails_total", "state", "saved") != 1 {
		families, text = scrape(t, at)
	}
	hangUp()
	<-polled
	for _, test := range []struct {
		want   float64
		family string
		labels []string
	}{
		{1, "backoffice_build_info", []string{"version", "9.8.7"}},
		{2, "backoffice_sign_ins_total", []string{"outcome", "ok"}},
		{1, "backoffice_sign_ins_total", []string{"outcome", "failed"}},
		{1, "backoffice_mutations_total", []string{"outcome", "applied"}},
		{0, "backoffice_mutations_total", []string{"outcome", "conflict"}},
		{0, "backoffice_mails_total", []string{"state", "failed"}},
		{0, "backoffice_mails_queued", nil},
		{1, "backoffice_partners", nil},
		{1, "backoffice_customers", nil},
		{1, "backoffice_requests_total", []string{"method", "POST", "path", "/api/v1/mutations", "status", "200"}},
		{1, "backoffice_requests_total", []string{"method", "POST", "path", "/api/v1/session", "status", "401"}},
		{1, "backoffice_requests_total", []string{"method", "GET", "path", "/activate", "status", "410"}},
		{1, "backoffice_requests_total", []string{"method", "other", "path", "/login"}},
		{1, "backoffice_request_duration_seconds", []string{"method", "POST", "path", "/api/v1/mutations"}},
	} {
		if got := value(families, test.family, test.labels...); got != test.want {
			t.Errorf("%s %q is %v, want %v", test.family, test.labels, got, test.want)
		}
	}
	for _, family := range []string{"backoffice_database_bytes", "go_goroutines", "process_cpu_seconds_total"} {
		if value(families, family) <= 0 {
			t.Errorf("%s is %v", family, value(families, family))
		}
	}
	for _, word := range personal {
		if strings.Contains(text, word) {
			t.Errorf("the metrics hold %q:\n%s", word, text)
		}
	}
	if a := get(t, http.DefaultClient, s.url+"/metrics"); a.status != http.StatusNotFound {
		t.Errorf("customers can read the metrics: %d", a.status)
	}
	s.stop(t)
}

func TestTheLogHoldsIdsOnly(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	addPartner(t, dir)
	s := serve(t, dir)
	live(t, s)
	a := get(t, http.DefaultClient, s.url+"/login")
	s.wait(t, a.header.Get("X-Request-Id"), 1)
	s.stop(t)
	log := s.text()
	for _, want := range []string{`"path":"POST /api/v1/mutations","status":200`, `"request":"`, `"partner":"`, `"member":"`} {
		if !strings.Contains(log, want) {
			t.Errorf("the log lacks %s:\n%s", want, log)
		}
	}
	for _, word := range personal {
		if strings.Contains(log, word) {
			t.Errorf("the log holds %q:\n%s", word, log)
		}
	}
}

// Whoever guesses from one address runs out of tries; a header changes that
// only when a trusted proxy wrote it.
func TestTriesCountByTheClientsAddress(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		args    []string
		limited bool // though each try claims another address
	}{
		{"no proxy is trusted", nil, true},
		{"another proxy is trusted", []string{"--trusted-proxy", "192.0.2.0/24", "--public-url", "https://office.example"}, true},
		{"the proxy is trusted", []string{"--trusted-proxy", "127.0.0.1", "--public-url", "https://office.example"}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, t.TempDir(), test.args...)
			refused := false
			for i := range 60 {
				req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+s.address+"/api/v1/session",
					strings.NewReader(`{"username":"nobody`+strconv.Itoa(i)+`@agency.example","password":"wrong"}`))
				check(t, err)
				req.Header.Set("Content-Type", "application/json")
				req.Header.Set("X-Forwarded-For", "198.51.100."+strconv.Itoa(i))
				refused = refused || ask(t, http.DefaultClient, req).status == http.StatusTooManyRequests
			}
			if refused != test.limited {
				t.Errorf("refused: %v", refused)
			}
			s.stop(t)
		})
	}
}

func TestHosts(t *testing.T) {
	t.Parallel()
	for _, public := range []string{"https://office.example", "https://Office.example:443/"} {
		s := serve(t, t.TempDir(), "--trusted-proxy", "127.0.0.1", "--public-url", public)
		for host, want := range map[string]int{
			"": http.StatusOK, "office.example": http.StatusOK, "OFFICE.example": http.StatusOK, "office.example:443": http.StatusOK,
			"localhost:" + strconv.Itoa(portOf(t, s.address)): http.StatusOK,
			"evil.example": http.StatusMisdirectedRequest, "office.example.evil.example": http.StatusMisdirectedRequest,
		} {
			req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+s.address+"/login", nil)
			check(t, err)
			req.Host = host
			if a := ask(t, http.DefaultClient, req); a.status != want {
				t.Errorf("%s: %q: %d, want %d", public, host, a.status, want)
			}
		}
		must(t, run(t, "", "health", "--addr", s.address, "--public-url", public))
		s.stop(t)
	}
}

func TestStoppingWithALongPollOpen(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	addPartner(t, dir)
	s := serve(t, dir, "--metrics-addr", "127.0.0.1:0")
	c := s.client(t)
	page, err := c.Changes(t.Context(), "", 0, 0)
	check(t, err)
	answered := make(chan error, 1)
	go func() {
		_, err := c.Changes(context.Background(), page.Next, 0, 30*time.Second)
		answered <- err
	}()
	at := s.said(t, "serving metrics", "address")
	for open := 0.0; open != 1; {
		families, _ := scrape(t, at)
		open = value(families, "backoffice_long_polls_open")
	}
	s.stop(t) // fails when the poll makes stopping break off
	if err := <-answered; err != nil {
		t.Errorf("the poll broke off: %v", err)
	}
	if !strings.Contains(s.text(), `"msg":"stopped"`) {
		t.Errorf("the log does not say so:\n%s", s.text())
	}
}

func TestMailBySMTP(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	addPartner(t, dir)
	server := &smtptest.Server{User: "office", Password: "open sesame"}
	server.Start(t, mail.NoTLS, time.Now().Add(time.Hour))
	s := serveWith(t, []string{smtpPassword + "=open sesame", "BACKOFFICE_SMTP=smtp://office@127.0.0.1:" + strconv.Itoa(server.Port)}, dir,
		"--smtp-from", "office@agency.example", "--smtp-from-name", "Our Office")
	check(t, create(t.Context(), s.client(t), "grace@shop.example"))
	<-server.Arrived
	s.stop(t) // the mail under way is finished first
	sent := server.Deliveries()
	if len(sent) != 1 || sent[0].From != "office@agency.example" || sent[0].To != "grace@shop.example" ||
		!strings.Contains(string(sent[0].Raw), `"Our Office" <office@agency.example>`) {
		t.Errorf("%+v", sent)
	}
	if strings.Contains(s.text(), "sesame") {
		t.Error("the log holds the password")
	}
}

func TestHealth(t *testing.T) {
	t.Parallel()
	cert, key, _ := keyPair(t, t.TempDir(), "office.example")
	plain := serve(t, t.TempDir())
	secure := serve(t, t.TempDir(), "--tls-cert", cert, "--tls-key", key, "--public-url", "https://office.example")
	must(t, run(t, "", "health", "--addr", plain.address))
	must(t, runWith(t, []string{"BACKOFFICE_ADDR=:" + strconv.Itoa(portOf(t, plain.address))}, "", "health"))
	must(t, run(t, "", "health", "--addr", secure.address, "--tls-cert", cert, "--public-url", "https://office.example"))
	for _, args := range [][]string{
		{"--addr", secure.address},
		{"--addr", plain.address, "--public-url", "https://other.example"},
		{"--addr", "127.0.0.1:" + strconv.Itoa(closedPort(t))},
	} {
		if r := run(t, "", append([]string{"health"}, args...)...); r.code != exitFailed {
			t.Errorf("%q: %+v", args, r)
		}
	}
	plain.stop(t)
	secure.stop(t)
}
