package server

import (
	"strconv"
	"testing"
	"time"

	"golang.org/x/time/rate"
)

func TestLimiter(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_700_000_000, 0)
	l := newLimiter(func() time.Time { return now }, rate.Every(10*time.Second), 3)
	for range 3 {
		if _, wait := l.take("a"); wait != 0 {
			t.Fatalf("refused within the burst: %v", wait)
		}
	}
	if _, wait := l.take("a"); wait != 10*time.Second {
		t.Errorf("wait %v", wait)
	}
	if _, wait := l.take("b"); wait != 0 {
		t.Errorf("another key waits %v", wait)
	}
	now = now.Add(10 * time.Second)
	giveBack, wait := l.take("a")
	if wait != 0 {
		t.Fatalf("after waiting: %v", wait)
	}
	giveBack()
	if _, wait := l.take("a"); wait != 0 {
		t.Errorf("after giving back: %v", wait)
	}
}

func TestLimiterForgets(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_700_000_000, 0)
	l := newLimiter(func() time.Time { return now }, rate.Every(time.Second), 2)
	for i := range 3 * maxKeys {
		l.take(strconv.Itoa(i))
	}
	if len(l.keys) > maxKeys {
		t.Errorf("%d keys under attack", len(l.keys))
	}
	now = now.Add(time.Minute)
	for i := len(l.keys); i <= maxKeys; i++ {
		l.take("later" + strconv.Itoa(i))
	}
	if len(l.keys) > 2*maxKeys/10+1 {
		t.Errorf("%d keys after all had their burst back", len(l.keys))
	}
}

func TestAddressKey(t *testing.T) {
	t.Parallel()
	for remote, want := range map[string]string{
		"127.0.0.1:5000":            "127.0.0.1",
		"[::ffff:10.0.0.9]:5000":    "10.0.0.9",
		"[2001:db8:1:2:3:4:5:6]:80": "2001:db8:1:2::/64",
		"[2001:db8:1:2::9]:81":      "2001:db8:1:2::/64",
		"pipe":                      "pipe",
	} {
		if got := addressKey(remote); got != want {
			t.Errorf("%s: %s, want %s", remote, got, want)
		}
	}
}
