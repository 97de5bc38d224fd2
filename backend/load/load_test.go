package load

import (
	"encoding/json"
	"strconv"
	"sync"
	"testing"
	"time"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/client"
	"partnerdesk/backend/customer"
)

// both runs a benchmark on a Back Office and on the bare handler.
func both(b *testing.B, run func(*testing.B, *client.Client), url string, answer any) {
	b.Helper()
	b.Run("backoffice", func(b *testing.B) { run(b, desk(b, url)) })
	text, err := json.Marshal(answer)
	must(b, err)
	b.Run("bare", func(b *testing.B) { run(b, stranger(b, bare(b, text))) })
}

// BenchmarkSignIn is one password checked a call: 19 MiB of argon2id each.
func BenchmarkSignIn(b *testing.B) {
	both(b, func(b *testing.B, c *client.Client) {
		drive(b, func() error {
			_, err := c.SignIn(b.Context(), username, secret)
			return err
		})
	}, office(b), api.Session{Token: newID(), Contract: api.Contract})
}

// BenchmarkFeedPage reads pages of 1,000 customers out of 10,000.
func BenchmarkFeedPage(b *testing.B) {
	url := office(b)
	c := desk(b, url)
	fill(b, c, 10_000)
	page, err := c.Changes(b.Context(), "", 1000, 0)
	must(b, err)
	both(b, func(b *testing.B, c *client.Client) {
		drive(b, func() error {
			_, err := c.Changes(b.Context(), "2000", 1000, 0)
			return err
		})
	}, url, page)
}

// BenchmarkFeedNothingNew asks a feed in which nothing changed.
func BenchmarkFeedNothingNew(b *testing.B) {
	url := office(b)
	c := desk(b, url)
	fill(b, c, 200)
	page, err := c.Changes(b.Context(), "", 1000, 0)
	must(b, err)
	both(b, func(b *testing.B, c *client.Client) {
		drive(b, func() error {
			_, err := c.Changes(b.Context(), page.Next, 1000, 0)
			return err
		})
	}, url, api.Changes{Next: page.Next})
}

// BenchmarkMutation makes customers, one a call or twenty. Each is safe on the
// disk before it is answered.
func BenchmarkMutation(b *testing.B) {
	url := office(b)
	for _, n := range []int{1, 20} {
		made := customer.Customer{ID: newID(), Username: "anna@bikes.example", Company: "Delft Bikes", Tags: []string{}}
		answer := api.MutationsResponse{Results: make([]customer.Result, n)}
		for i := range answer.Results {
			answer.Results[i] = customer.Result{MutationID: newID(), Outcome: customer.Applied, Customer: &made}
		}
		b.Run(strconv.Itoa(n)+"-a-call", func(b *testing.B) {
			both(b, func(b *testing.B, c *client.Client) {
				drive(b, func() error {
					batch := make([]customer.Mutation, n)
					for i := range batch {
						batch[i] = person()
					}
					_, err := c.Mutate(b.Context(), batch)
					return err
				})
			}, url, answer)
		})
	}
}

// BenchmarkLiveUpdate is the time from sending a change until the last of
// fifty desks that wait for one has it.
func BenchmarkLiveUpdate(b *testing.B) {
	url := office(b)
	c := desk(b, url)
	fill(b, c, 200)
	page, err := c.Changes(b.Context(), "", 1000, 0)
	must(b, err)
	cursor := page.Next
	took := make([]time.Duration, b.N)
	b.ResetTimer()
	for i := range b.N {
		var asking, waiting sync.WaitGroup
		for range 50 { // each on a connection of its own
			asking.Add(1)
			waiting.Go(func() {
				asking.Done()
				if _, err := c.Changes(b.Context(), cursor, 1000, 30*time.Second); err != nil {
					b.Error(err)
				}
			})
		}
		asking.Wait()
		began := time.Now()
		results, err := c.Mutate(b.Context(), []customer.Mutation{person()})
		must(b, err)
		waiting.Wait()
		took[i] = time.Since(began)
		cursor = strconv.FormatInt(results[0].Customer.Revision, 10)
	}
	b.StopTimer()
	report(b, took)
}
