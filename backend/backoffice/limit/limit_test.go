package limit_test

import (
	"strconv"
	"testing"
	"time"

	"partnerdesk/backend/backoffice/limit"
)

func TestLimiter(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	l := limit.New(func() time.Time { return now }, time.Minute, 2, 10)
	for i := range 2 {
		if wait := l.Take("a"); wait != 0 {
			t.Fatalf("try %d waits %v", i, wait)
		}
	}
	if wait := l.Take("a"); wait != time.Minute {
		t.Fatalf("third try waits %v, want a minute", wait)
	}
	if wait := l.Take("b"); wait != 0 {
		t.Fatalf("another key waits %v", wait)
	}
	now = now.Add(time.Minute)
	if wait := l.Take("a"); wait != 0 {
		t.Fatalf("after a minute, still waits %v", wait)
	}
	l.Forget("a")
	if wait := l.Take("a"); wait != 0 {
		t.Fatalf("after Forget, waits %v", wait)
	}
}

func TestLimiterForgetsTheOldestKey(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	l := limit.New(func() time.Time { return now }, time.Hour, 1, 3)
	for i := range 1000 {
		if wait := l.Take(strconv.Itoa(i)); wait != 0 {
			t.Fatalf("key %d waits %v", i, wait)
		}
	}
	if l.Take("999") == 0 || l.Take("998") == 0 || l.Take("997") == 0 {
		t.Fatal("a recent key was forgotten")
	}
	if wait := l.Take("0"); wait != 0 {
		t.Fatalf("the oldest key is remembered: %v", wait)
	}
}

func TestAddress(t *testing.T) {
	t.Parallel()
	for remote, want := range map[string]string{
		"192.0.2.7:1234":              "192.0.2.7",
		"[::ffff:192.0.2.7]:1234":     "192.0.2.7",
		"[2001:db8:1:2:3:4:5:6]:1234": "2001:db8:1:2::/64",
		"[2001:db8:1:2:ffff::1]:99":   "2001:db8:1:2::/64",
		"[fe80::1%eth0]:99":           "fe80::/64",
		"192.0.2.7":                   "192.0.2.7",
		"@":                           "@",
	} {
		if got := limit.Address(remote); got != want {
			t.Errorf("Address(%q) = %q, want %q", remote, got, want)
		}
	}
}
