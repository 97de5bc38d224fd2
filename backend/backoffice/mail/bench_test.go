package mail

import (
	"testing"

	"partnerdesk/backend/customer"
)

func BenchmarkCompose(b *testing.B) {
	l := testLetter(customer.MailActivation, "nl", "Zoë Müller-Öztürk")
	for b.Loop() {
		if _, err := Compose(l); err != nil {
			b.Fatal(err)
		}
	}
}
