package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/term"
)

// longestInput is more than any password has, in bytes.
const longestInput = 8 << 10

// readPassword reads a password from standard input: typed twice on a
// terminal, where it is not shown, or the one line that another program gives.
func (p *program) readPassword(ctx context.Context) (string, error) {
	if !term.IsTerminal(int(p.in.Fd())) {
		text, err := io.ReadAll(io.LimitReader(p.in, longestInput))
		if err != nil {
			return "", fmt.Errorf("can't read the password from standard input: %w", err)
		}
		return oneLine(string(text))
	}
	first, err := p.ask(ctx, "Password: ")
	if err != nil {
		return "", err
	}
	second, err := p.ask(ctx, "The same password again: ")
	if err != nil {
		return "", err
	}
	if first != second {
		return "", errors.New("the two passwords differ; nothing was changed")
	}
	return first, nil
}

// oneLine drops the end of the line.
func oneLine(text string) (string, error) {
	text = strings.TrimSuffix(strings.TrimSuffix(text, "\n"), "\r")
	switch {
	case text == "":
		return "", errors.New("standard input holds no password")
	case strings.ContainsAny(text, "\r\n"):
		return "", errors.New("standard input must hold the password alone, on one line")
	}
	return text, nil
}

// ask shows a prompt and reads a line that is not shown. When ctx ends, the
// terminal shows again what is typed.
func (p *program) ask(ctx context.Context, prompt string) (string, error) {
	terminal := int(p.in.Fd())
	before, err := term.GetState(terminal)
	if err != nil {
		return "", fmt.Errorf("can't use the terminal: %w", err)
	}
	_, _ = fmt.Fprint(p.err, prompt) // nobody is left to tell
	type line struct {
		text []byte
		err  error
	}
	read := make(chan line, 1)
	go func() {
		text, err := term.ReadPassword(terminal)
		read <- line{text, err}
	}()
	select {
	case l := <-read:
		_, _ = fmt.Fprintln(p.err) // nobody is left to tell
		if l.err != nil {
			return "", fmt.Errorf("can't read the password: %w", l.err)
		}
		return string(l.text), nil
	case <-ctx.Done():
		_ = term.Restore(terminal, before) // the program ends either way
		_, _ = fmt.Fprintln(p.err)         // nobody is left to tell
		return "", errors.New("interrupted; nothing was changed")
	}
}
