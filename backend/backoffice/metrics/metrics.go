// Package metrics counts what a Back Office does, for Prometheus. It is the
// server program's alone: the desktop app does not carry it.
//
// No label holds anything personal, and none has more values than the code
// knows: methods, patterns of paths, statuses and outcomes.
package metrics

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"partnerdesk/backend/backoffice"
	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/customer"
)

// Metrics is what has been counted since the program began. It is safe for
// concurrent use.
type Metrics struct {
	registry  *prometheus.Registry
	requests  *prometheus.CounterVec
	durations *prometheus.HistogramVec
	signIns   *prometheus.CounterVec
	mutations *prometheus.CounterVec
	mails     *prometheus.CounterVec
	polls     prometheus.Gauge
}

var _ backoffice.Meter = (*Metrics)(nil)

// New returns the metrics of a program of this version.
func New(version string) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: counters("requests_total", "Requests answered.", "method", "path", "status"),
		durations: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Namespace: namespace, Name: "request_duration_seconds",
			Help:    "How long requests took; a long poll of the change feed waits up to 30 seconds on purpose.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30},
		}, []string{"method", "path"}),
		signIns:   counters("sign_ins_total", "Sign-ins of members that were tried with a password.", "outcome"),
		mutations: counters("mutations_total", "Mutations that desks sent.", "outcome"),
		mails:     counters("mails_total", "What became of mails; queued is a try that is repeated later.", "state"),
		polls: prometheus.NewGauge(prometheus.GaugeOpts{
			Namespace: namespace, Name: "long_polls_open", Help: "Desks that wait for changes right now.",
		}),
	}
	info := prometheus.NewGauge(prometheus.GaugeOpts{
		Namespace: namespace, Name: "build_info", Help: "Always 1.", ConstLabels: prometheus.Labels{"version": version},
	})
	info.Set(1)
	m.registry.MustRegister(m.requests, m.durations, m.signIns, m.mutations, m.mails, m.polls, info,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	for _, outcome := range []string{signedIn, refused} {
		m.signIns.WithLabelValues(outcome)
	}
	for _, outcome := range []customer.Outcome{customer.Applied, customer.Merged, customer.Conflicted, customer.Rejected} {
		m.mutations.WithLabelValues(string(outcome))
	}
	for _, state := range []customer.MailState{customer.MailSent, customer.MailSaved, customer.MailFailed, customer.MailQueued} {
		m.mails.WithLabelValues(string(state))
	}
	return m
}

const namespace = "backoffice"

// The outcomes of a sign-in.
const (
	signedIn = "ok"
	refused  = "failed"
)

func counters(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: namespace, Name: name, Help: help}, labels)
}

// Served counts a request.
func (m *Metrics) Served(method, path string, status int, took time.Duration) {
	if _, after, found := strings.Cut(path, " "); found {
		path = after // the pattern holds the method too
	}
	if path == "" {
		path = "none" // refused before a path was looked for
	}
	m.requests.WithLabelValues(method, path, strconv.Itoa(status)).Inc()
	m.durations.WithLabelValues(method, path).Observe(took.Seconds())
}

// SignedIn counts a sign-in.
func (m *Metrics) SignedIn(ok bool) {
	outcome := refused
	if ok {
		outcome = signedIn
	}
	m.signIns.WithLabelValues(outcome).Inc()
}

// Mutated counts a mutation.
func (m *Metrics) Mutated(o customer.Outcome) { m.mutations.WithLabelValues(string(o)).Inc() }

// Mailed counts what became of a mail.
func (m *Metrics) Mailed(state customer.MailState) { m.mails.WithLabelValues(string(state)).Inc() }

// Waiting counts long polls.
func (m *Metrics) Waiting(more int) { m.polls.Add(float64(more)) }

// Handler answers with all metrics; what the database holds is counted anew
// each time.
func (m *Metrics) Handler(count func(context.Context) (store.Figures, error)) http.Handler {
	all := prometheus.NewRegistry()
	all.MustRegister(&holdings{count: count})
	return promhttp.HandlerFor(prometheus.Gatherers{m.registry, all}, promhttp.HandlerOpts{
		ErrorHandling: promhttp.ContinueOnError, Timeout: longestScrape,
	})
}

// longestScrape bounds one scrape.
const longestScrape = 10 * time.Second
