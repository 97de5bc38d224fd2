package backoffice

import (
	"context"
	"fmt"
	"strings"

	"partnerdesk/backend/backoffice/mail"
	"partnerdesk/backend/customer"
)

// SetSMTP makes mails go out over s from now on; nil writes them to files.
func (b *BackOffice) SetSMTP(s *mail.SMTP) {
	b.queue.SetSMTP(s)
	b.queue.Wake()
}

// SendTestMail sends one mail over s at once, without the queue, and says why
// when that fails.
func (b *BackOffice) SendTestMail(ctx context.Context, s mail.SMTP, to string) error {
	if err := s.Validate(); err != nil {
		return fmt.Errorf("check the mail settings: %w", err)
	}
	to = strings.TrimSpace(to)
	if err := customer.CheckUsername(to); err != nil {
		return customer.FailField(err.Code, "to", err.Message)
	}
	const text = "This is a test mail from Partner Desk. It arrived, so mails to your customers can go out this way."
	err := s.Send(ctx, mail.Message{
		ID:   newID(),
		From: mail.Address{Name: s.FromName, Address: s.FromAddress},
		To:   mail.Address{Address: to},
		Date: b.options.Clock(),
		Content: mail.Content{
			Subject: "Test mail from Partner Desk",
			Text:    text + "\n",
			HTML:    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Test mail</title><p>" + text + "</p></html>",
		},
	})
	if err != nil {
		return fmt.Errorf("send test mail: %w", err)
	}
	return nil
}
