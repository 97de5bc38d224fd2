package customer_test

import (
	"strings"
	"testing"

	"partnerdesk/backend/customer"
)

func TestAnIDHasOneSpelling(t *testing.T) {
	t.Parallel()
	const good = "0198c5a4-7f3e-7abc-8def-0123456789ab"
	if !customer.IsID(good) {
		t.Errorf("%s is none", good)
	}
	for _, bad := range []string{
		"", strings.ToUpper(good), "{" + good + "}", "urn:uuid:" + good, strings.ReplaceAll(good, "-", ""), good + "0", good[1:],
		strings.Replace(good, "a", "g", 1), strings.Replace(good, "-", "0", 1), "0198c5a47-f3e-7abc-8def-0123456789ab", good[:35] + "é"[:1],
	} {
		if customer.IsID(bad) {
			t.Errorf("%q is one", bad)
		}
	}
}
