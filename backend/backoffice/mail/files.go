package mail

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"os"
	"path/filepath"
	"strings"

	"partnerdesk/backend/customer"
)

// Files keeps mails as .eml files in one folder, readable by the user alone.
type Files struct{ Dir string }

// Save writes m to Dir/ID.eml at once or not at all. It makes the folder when
// it is missing. A folder or disk that can't be written is a *customer.Error
// with code Storage.
func (f Files) Save(m Message) error {
	raw, err := m.mime(true)
	if err != nil {
		return err
	}
	if err := f.write(m.ID+".eml", raw); err != nil {
		return fmt.Errorf("%w (%w)", customer.Fail(customer.Storage,
			"The mail could not be saved as a file. Check that the disk is not full and the data folder can be written."), err)
	}
	return nil
}

func (f Files) write(name string, raw []byte) error {
	if err := os.MkdirAll(f.Dir, 0o700); err != nil {
		return err
	}
	temp, err := os.CreateTemp(f.Dir, ".new-*") // 0600
	if err != nil {
		return err
	}
	_, err = temp.Write(raw)
	if err == nil {
		err = temp.Sync()
	}
	err = errors.Join(err, temp.Close())
	if err == nil {
		err = os.Rename(temp.Name(), filepath.Join(f.Dir, name))
	}
	if err != nil {
		return errors.Join(err, os.Remove(temp.Name()))
	}
	return nil
}

// Read returns the text of a saved mail and the link in it. A mail that is not
// there is a *customer.Error with code NotFound.
func (f Files) Read(id string) (text, link string, err error) {
	missing := customer.Fail(customer.NotFound, "This mail's file is no longer there.")
	if !idForm.MatchString(id) {
		return "", "", missing
	}
	raw, err := os.ReadFile(filepath.Join(f.Dir, id+".eml"))
	if errors.Is(err, fs.ErrNotExist) {
		return "", "", missing
	}
	if err != nil {
		return "", "", fmt.Errorf("read a saved mail: %w", err)
	}
	m, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return "", "", fmt.Errorf("read a saved mail: %w", err)
	}
	text, err = textPart(m)
	if err != nil {
		return "", "", fmt.Errorf("read a saved mail: %w", err)
	}
	return text, m.Header.Get(linkHeader), nil
}

func textPart(m *netmail.Message) (string, error) {
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		return "", err
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for {
		part, err := parts.NextPart() // decodes quoted-printable
		if err != nil {
			return "", err
		}
		if kind, _, err := mime.ParseMediaType(part.Header.Get("Content-Type")); err != nil || kind != "text/plain" {
			continue
		}
		text, err := io.ReadAll(part)
		return strings.ReplaceAll(string(text), "\r\n", "\n"), err
	}
}
