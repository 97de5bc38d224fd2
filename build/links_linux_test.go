package main

import (
	"bufio"
	"context"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestTellLinks: without a display a link is written out, whatever browser the
// user's settings name, for xdg-open as for what reads the settings itself.
func TestTellLinks(t *testing.T) {
	t.Setenv("BROWSER", "/nowhere/browser")
	for _, opener := range [][]string{{"xdg-open"}, {"gio", "open"}} {
		if _, err := exec.LookPath(opener[0]); err != nil {
			t.Logf("%s is not here", opener[0])
			continue
		}
		ctx, end := context.WithCancel(t.Context())
		s := &session{dir: t.TempDir()}
		out, in := io.Pipe()
		if err := s.tellLinks(ctx, in); err != nil {
			t.Fatal(err)
		}
		const link = "https://backoffice.example/enter#ticket"
		cmd := exec.CommandContext(ctx, opener[0], append(opener[1:], link)...)
		cmd.Env = append(append(os.Environ(), "DISPLAY=:none"), s.env...)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewReader(out)
		for range 2 {
			_, _ = lines.ReadString('\n')
		}
		if told, err := lines.ReadString('\n'); strings.TrimSpace(told) != link {
			t.Errorf("%v told %q, %v", opener, told, err)
		}
		_ = out.Close()
		_ = cmd.Wait()
		end()
	}
}
