// Command fill puts invented customers into a replica, as a first sync would, for
// benchmarks and for tests of large lists. The app must not have it open. It
// prints the username of the one who comes first by name.
//
//	fill REPLICA NUMBER
package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/google/uuid"

	"partnerdesk/backend/crowd"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/replica"
)

const seed = 1

func main() {
	first, err := run(context.Background(), os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "fill:", err)
		os.Exit(1)
	}
	fmt.Println(first)
}

func run(ctx context.Context, args []string) (first string, err error) {
	if len(args) != 2 {
		return "", fmt.Errorf("usage: fill REPLICA NUMBER")
	}
	n, err := strconv.Atoi(args[1])
	if err != nil {
		return "", err
	}
	r, err := replica.Open(ctx, args[0], replica.Options{
		Clock: time.Now, NewID: func() string { return uuid.Must(uuid.NewV7()).String() },
	})
	if err != nil {
		return "", err
	}
	defer func() {
		if closed := r.Close(); err == nil {
			err = closed
		}
	}()
	cursor, err := r.Cursor(ctx)
	if err != nil {
		return "", err
	}
	const atOnce = 5_000
	batch := make([]customer.Customer, 0, atOnce)
	for c := range crowd.Customers(seed, n) {
		if batch = append(batch, c); len(batch) == atOnce {
			if err := r.Absorb(ctx, batch, cursor); err != nil {
				return "", err
			}
			batch = batch[:0]
		}
	}
	if err := r.Absorb(ctx, batch, cursor); err != nil {
		return "", err
	}
	page, err := r.List(ctx, customer.Query{Limit: 1})
	if err != nil || len(page.Rows) == 0 {
		return "", err
	}
	return page.Rows[0].Username, nil
}
