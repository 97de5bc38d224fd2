package link_test

import (
	"strings"
	"testing"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/link"
)

const id = "019a0c7e-5b1c-7c3e-8f00-0123456789ab"

func TestParse(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{
		"partnerdesk://customer/" + id,
		"partnerdesk://customer/" + id + "/",
		"PartnerDesk://Customer/" + strings.ToUpper(id),
	} {
		got, err := link.Parse(raw)
		if err != nil || got != id {
			t.Errorf("Parse(%q) = %q, %v", raw, got, err)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{
		"",
		"partnerdesk:",
		"partnerdesk://customer/",
		"partnerdesk://customer/../settings",
		"partnerdesk://customer/" + id + "/lock",
		"partnerdesk://customer/" + id + "?status=locked",
		"partnerdesk://customer/" + id + "?",
		"partnerdesk://customer/" + id + "#mails",
		"partnerdesk://someone@customer/" + id,
		"partnerdesk://customer:80/" + id,
		"partnerdesk://settings/" + id,
		"partnerdesk:customer/" + id,
		"https://customer/" + id,
		"partnerdesk://customer/" + id + "\n",
		"partnerdesk://customer/--data",
		"partnerdesk://customer/" + strings.Repeat("a", 300),
		"partnerdesk://customer/%00" + id[3:],
	} {
		if got, err := link.Parse(raw); customer.CodeOf(err) != customer.Invalid {
			t.Errorf("Parse(%q) = %q, %v, want Invalid", raw, got, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("partnerdesk://customer/" + id)
	f.Add("partnerdesk://customer/%2e%2e/" + id)
	f.Fuzz(func(t *testing.T, raw string) {
		if got, err := link.Parse(raw); err == nil && !customer.IsID(got) {
			t.Errorf("Parse(%q) = %q, no id", raw, got)
		}
	})
}

func TestFind(t *testing.T) {
	t.Parallel()
	tests := []struct {
		args []string
		want string
		ok   bool
	}{
		{nil, "", false},
		{[]string{"--demo"}, "", false},
		{[]string{"--", "partnerdesk://customer/x"}, "partnerdesk://customer/x", true},
		{[]string{"PARTNERDESK:x", "partnerdesk:y"}, "PARTNERDESK:x", true},
		{[]string{"partnerdesk"}, "", false},
		{[]string{"--data=partnerdesk:x"}, "", false},
	}
	for _, tt := range tests {
		if got, ok := link.Find(tt.args); got != tt.want || ok != tt.ok {
			t.Errorf("Find(%q) = %q, %v", tt.args, got, ok)
		}
	}
}

func TestInboxKeepsTheNewestLinkOnce(t *testing.T) {
	t.Parallel()
	var inbox link.Inbox
	if got, err := inbox.Take(); got != "" || err != nil {
		t.Errorf("empty: %q, %v", got, err)
	}
	inbox.Put("partnerdesk://customer/old")
	inbox.Put("partnerdesk://customer/" + id)
	if got, err := inbox.Take(); got != id || err != nil {
		t.Errorf("the newest: %q, %v", got, err)
	}
	if got, err := inbox.Take(); got != "" || err != nil {
		t.Errorf("taken: %q, %v", got, err)
	}
	inbox.Put("partnerdesk:nonsense")
	if _, err := inbox.Take(); customer.CodeOf(err) != customer.Invalid {
		t.Errorf("nonsense: %v", err)
	}
}
