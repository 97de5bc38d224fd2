package workspace

import (
	"context"
	"path/filepath"
	"strings"

	"partnerdesk/backend/backoffice/mail"
	"partnerdesk/backend/customer"
)

// smtpKey names the SMTP password of a workspace in the keyring.
func smtpKey(workspaceID string) string { return workspaceID + ":smtp" }

// MailSettings returns how the embedded Back Office sends mail, without the
// SMTP password.
func (m *Manager) MailSettings() (MailSettings, error) {
	o, err := m.current()
	if err == nil {
		err = o.ownsMail()
	}
	if err != nil {
		return MailSettings{}, err
	}
	return o.mailSettings(), nil
}

// ownsMail returns Conflict when the Back Office is not this desk's own.
func (o *opened) ownsMail() error {
	if o.office == nil {
		return customer.Fail(customer.Conflict, "How mails go out is set where this Back Office runs, not here.")
	}
	return nil
}

func (o *opened) mailSettings() MailSettings {
	o.mu.Lock()
	defer o.mu.Unlock()
	s := o.config.Mail
	s.Password, s.HasPassword = "", o.smtpPassword != ""
	s.Folder = filepath.Join(o.dir, "backoffice", "mail")
	return s
}

// SaveMailSettings checks the settings, puts the password in the keyring and
// uses them from now on. An empty password keeps the one that is known. Wrong
// values come back by field.
func (m *Manager) SaveMailSettings(ctx context.Context, s MailSettings) (MailSettings, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.open == nil {
		return s, customer.Fail(customer.NotFound, "No workspace is open.")
	}
	o := m.open
	if err := o.ownsMail(); err != nil {
		return s, err
	}
	smtp := o.smtp(s)
	if s.UseSMTP {
		if err := smtp.Validate(); err != nil {
			return s, err
		}
	}
	if s.Password != "" && o.config.Kind == KindLocal {
		// Without a keyring the password is known until Partner Desk ends.
		m.keyring = m.o.Keyring.Set(ctx, smtpKey(o.config.ID), s.Password)
	}
	c := o.config
	c.Mail = trimmed(s)
	if err := o.keep(c); err != nil {
		return s, err
	}
	o.mu.Lock()
	o.smtpPassword = smtp.Password
	o.mu.Unlock()
	o.applyMail()
	m.changed()
	return o.mailSettings(), nil
}

// SendTestMail sends one mail with the settings as they are on screen, saved
// or not, and returns what the server said.
func (m *Manager) SendTestMail(ctx context.Context, s MailSettings, to string) error {
	o, err := m.current()
	if err == nil {
		err = o.ownsMail()
	}
	if err != nil {
		return err
	}
	to = strings.TrimSpace(to)
	if wrong := customer.CheckUsername(to); wrong != nil {
		wrong.Field, wrong.Message = "to", "Enter the email address that the test mail goes to."
		return wrong
	}
	smtp := o.smtp(s)
	if err := smtp.Validate(); err != nil {
		return err
	}
	return o.office.SendTestMail(ctx, smtp, to)
}

// restoreMail brings back the mail settings of an earlier run.
func (m *Manager) restoreMail(ctx context.Context, o *opened) {
	if o.config.Mail.UseSMTP && o.config.Mail.Username != "" {
		secret, err := m.o.Keyring.Get(ctx, smtpKey(o.config.ID))
		if err != nil {
			m.o.Logger.Warn("SMTP password not read", "code", customer.CodeOf(err))
		}
		o.mu.Lock()
		o.smtpPassword = secret
		o.mu.Unlock()
	}
	o.applyMail()
}

func (o *opened) applyMail() {
	o.mu.Lock()
	s := o.config.Mail
	o.mu.Unlock()
	if !s.UseSMTP {
		o.office.SetSMTP(nil)
		return
	}
	smtp := o.smtp(s)
	o.office.SetSMTP(&smtp)
}

// smtp is the settings as the mail package wants them, with the known password
// where a user name is given and no password.
func (o *opened) smtp(s MailSettings) mail.SMTP {
	s = trimmed(s)
	if s.Password == "" && s.Username != "" {
		o.mu.Lock()
		s.Password = o.smtpPassword
		o.mu.Unlock()
	}
	return mail.SMTP{
		Host: s.Host, Port: s.Port, Security: s.Security,
		Username: s.Username, Password: s.Password,
		FromName: s.FromName, FromAddress: s.FromAddress,
	}
}

func trimmed(s MailSettings) MailSettings {
	for _, v := range []*string{&s.Host, &s.Username, &s.FromName, &s.FromAddress} {
		*v = strings.TrimSpace(*v)
	}
	return s
}
