package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"time"

	"partnerdesk/backend/customer"
)

// request is one call.
type request struct {
	method, path string
	body         any           // nil for none
	wait         time.Duration // how long the Back Office may take before it answers
	open         bool          // goes without the token
}

// do makes a call and decodes its answer into out, which may be nil.
func (c *Client) do(ctx context.Context, r request, out any) error {
	caller := ctx
	ctx, cancel := context.WithTimeout(ctx, callTimeout+r.wait)
	defer cancel()
	hr, err := c.request(ctx, r)
	if err != nil {
		return err
	}
	answer, err := c.http.Do(hr)
	if err != nil {
		return unreachable(caller, err)
	}
	defer func() { _ = answer.Body.Close() }() // only read from
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer+1))
	if err != nil {
		return unreachable(caller, err)
	}
	if len(body) > maxAnswer {
		return offline("The Back Office's answer is too large.", errors.New("answer too large"))
	}
	if answer.StatusCode < 200 || answer.StatusCode > 299 {
		return refused(answer, body, r.open)
	}
	return decode(answer, body, out)
}

func (c *Client) request(ctx context.Context, r request) (*http.Request, error) {
	var body io.Reader
	if r.body != nil {
		text, err := json.Marshal(r.body)
		if err != nil {
			return nil, offline("This can't be sent to the Back Office.", err)
		}
		body = bytes.NewReader(text)
	}
	hr, err := http.NewRequestWithContext(ctx, r.method, c.base+"/api/v1"+r.path, body)
	if err != nil {
		return nil, offline("This can't be sent to the Back Office.", err)
	}
	hr.Header.Set("Accept", "application/json, application/problem+json")
	if body != nil {
		hr.Header.Set("Content-Type", "application/json")
	}
	if token := c.Token(); !r.open && token != "" {
		hr.Header.Set("Authorization", "Bearer "+token)
	}
	return hr, nil
}

func decode(answer *http.Response, body []byte, out any) error {
	if answer.StatusCode == http.StatusNoContent && out == nil {
		return nil
	}
	kind, _, err := mime.ParseMediaType(answer.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" {
		return offline(notABackOffice, fmt.Errorf("answer of type %q", kind))
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(body, out); err != nil {
		return offline(notABackOffice, fmt.Errorf("decode answer: %w", err))
	}
	return nil
}

const notABackOffice = "What answers at this address is not a Back Office."

func offline(message string, cause error) error {
	return &callError{customer.Fail(customer.Offline, message), cause}
}
