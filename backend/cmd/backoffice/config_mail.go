package main

import (
	"errors"
	"net/url"
	"os"
	"strconv"
	"strings"

	"partnerdesk/backend/backoffice/mail"
	"partnerdesk/backend/customer"
)

// smtpPassword is the variable that holds the mail server's password. There is
// no flag for it: other users of the machine can read a command line.
const smtpPassword = "BACKOFFICE_SMTP_PASSWORD"

// checkMail reads how mails go out. Without --smtp, s.smtp stays nil.
func (c *config) checkMail(f *flags, p *program, s *settings) error {
	if c.smtp == "" {
		for _, name := range []string{"smtp-from", "smtp-from-name", "smtp-password-file"} {
			if f.given(name) {
				return f.need("smtp", "--"+name+" belongs to a mail server.")
			}
		}
		return nil
	}
	m, err := parseSMTP(f, c.smtp)
	if err != nil {
		return err
	}
	if m.Password, err = c.readSMTPPassword(f, p); err != nil {
		return err
	}
	m.FromName, m.FromAddress = strings.TrimSpace(c.smtpFromName), strings.TrimSpace(c.smtpFrom)
	if m.FromAddress == "" && customer.CheckUsername(m.Username) == nil {
		m.FromAddress = m.Username
	}
	s.smtp = m
	return explainSMTP(f, m.Validate())
}

// parseSMTP reads smtp://user@host:port and smtps://user@host:port.
func parseSMTP(f *flags, text string) (*mail.SMTP, error) {
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		return nil, f.wrong("smtp", "must look like smtp://user@mail.example:587.")
	}
	if _, found := u.User.Password(); found {
		return nil, f.wrong("smtp", "must not hold the password, which others could read there; give it in "+smtpPassword+
			" or --smtp-password-file.")
	}
	m := &mail.SMTP{Host: u.Hostname(), Username: u.User.Username()}
	switch u.Scheme {
	case "smtp":
		m.Security, m.Port = mail.StartTLS, 587
		if onLoopback(m.Host) {
			m.Security, m.Port = mail.NoTLS, 25 // it does not leave this machine
		}
	case "smtps":
		m.Security, m.Port = mail.TLS, 465
	default:
		return nil, f.wrong("smtp", "must begin with smtp:// or smtps://.")
	}
	if u.Port() != "" {
		m.Port, _ = strconv.Atoi(u.Port()) // url.Parse lets digits pass only; too large is told by Validate
	}
	return m, nil
}

func (c *config) readSMTPPassword(f *flags, p *program) (string, error) {
	value, found := p.env(smtpPassword)
	found = found && value != ""
	switch {
	case found && c.smtpPasswordFile != "":
		return "", f.wrong("smtp-password-file", "and "+smtpPassword+" both give a password; give one of them.")
	case c.smtpPasswordFile == "":
		return value, nil
	}
	text, err := os.ReadFile(c.smtpPasswordFile)
	if err != nil {
		return "", f.wrong("smtp-password-file", "can't be read: "+err.Error()+".")
	}
	value, err = oneLine(string(text))
	if err != nil {
		return "", f.wrong("smtp-password-file", "must name a file that holds the password alone, on one line.")
	}
	return value, nil
}

// explainSMTP names the flag of the first setting that the mail package finds
// wrong.
func explainSMTP(f *flags, err error) error {
	var e *customer.Error
	if !errors.As(err, &e) {
		return err
	}
	if len(e.Fields) > 0 {
		e = &e.Fields[0]
	}
	switch e.Field {
	case "from_address":
		return f.wrong("smtp-from", "must be the email address that mails are sent from, such as office@agency.example.")
	case "from_name":
		return f.wrong("smtp-from-name", "must be a name on one line.")
	case "username":
		return f.wrong("smtp", "must hold the user name that belongs to the password, such as smtp://user@mail.example:587.")
	}
	return f.wrong("smtp", "can't be used: "+e.Message)
}
