package update

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	"partnerdesk/backend/customer"
)

const (
	longest  = 64 << 10 // of a manifest or a signature, in bytes
	patience = 20 * time.Second
	// signed is added to the manifest's address for its signature, as minisign
	// names files.
	signed = ".minisig"
)

// checkAddress returns the address in its normal form: https, or http on this
// computer. Its errors are *customer.Error on the field address.
func checkAddress(raw string) (string, error) {
	if raw == "" {
		return "", customer.FailField(customer.Required, "address", "Enter the address of the manifest.")
	}
	u, err := url.Parse(raw)
	if err != nil || len(raw) > 1000 || u.Hostname() == "" || u.User != nil || u.Fragment != "" || u.RawQuery != "" {
		return "", customer.FailField(customer.Invalid, "address", "Enter an address such as https://updates.example/partner-desk.json.")
	}
	if !secure(u) {
		return "", customer.FailField(customer.Invalid, "address", "The address must begin with https://.")
	}
	return u.String(), nil
}

// secure reports whether nobody on the way can read or change what is asked.
func secure(u *url.URL) bool {
	ip := net.ParseIP(u.Hostname())
	loopback := u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
	return u.Scheme == "https" || u.Scheme == "http" && loopback
}

// newClient returns a client that follows no redirect off https.
func newClient() *http.Client {
	return &http.Client{
		Timeout: patience,
		CheckRedirect: func(r *http.Request, via []*http.Request) error {
			if len(via) >= 5 || !secure(r.URL) {
				return errors.New("the redirect is not followed")
			}
			return nil
		},
	}
}

// get returns a short file.
func (c *Checker) get(ctx context.Context, address string) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("User-Agent", "partner-desk/"+c.o.Version)
	answer, err := c.client.Do(r)
	if err != nil {
		return nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("status %d", answer.StatusCode)
	}
	text, err := io.ReadAll(io.LimitReader(answer.Body, longest+1))
	if err != nil {
		return nil, err
	}
	if len(text) > longest {
		return nil, errMalformed
	}
	return text, nil
}

// fetch asks for the manifest and its signature.
func (c *Checker) fetch(ctx context.Context, address string) (Manifest, error) {
	text, err := c.get(ctx, address)
	if err != nil {
		return Manifest{}, err
	}
	signature, err := c.get(ctx, address+signed)
	if err != nil {
		return Manifest{}, err
	}
	return readManifest(c.key, text, signature)
}

// explain puts a failed look into a sentence for the user.
func explain(err error) string {
	switch {
	case errors.Is(err, errForged):
		return "What is at this address was not signed by the publisher of this Partner Desk, so it is not believed."
	case errors.Is(err, errMalformed):
		return "What is at this address does not say which version is the newest."
	default:
		return "The address can't be reached right now."
	}
}
