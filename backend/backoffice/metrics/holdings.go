package metrics

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"

	"partnerdesk/backend/backoffice/store"
)

// holdings collects what the database holds, when it is asked.
type holdings struct {
	count func(context.Context) (store.Figures, error)
}

var (
	partners  = describe("partners", "Partners who may sign in.")
	customers = describe("customers", "Customer accounts of all partners.")
	queued    = describe("mails_queued", "Mails that wait to be sent.")
	fileSize  = describe("database_bytes", "The size of the database file.")
)

func describe(name, help string) *prometheus.Desc {
	return prometheus.NewDesc(prometheus.BuildFQName(namespace, "", name), help, nil, nil)
}

// Describe implements prometheus.Collector.
func (h *holdings) Describe(c chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{partners, customers, queued, fileSize} {
		c <- d
	}
}

// Collect implements prometheus.Collector.
func (h *holdings) Collect(c chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), longestScrape)
	defer cancel()
	f, err := h.count(ctx)
	if err != nil {
		c <- prometheus.NewInvalidMetric(partners, err)
		return
	}
	for d, value := range map[*prometheus.Desc]int64{
		partners: int64(f.Partners), customers: int64(f.Customers), queued: int64(f.MailsQueued), fileSize: f.Bytes,
	} {
		c <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, float64(value))
	}
}
