package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// tellLinks makes this terminal the system browser: a link that the app opens
// is printed, for there is no browser on the virtual display. It stands in for
// xdg-open itself, which would ask the user's settings before $BROWSER.
func (s *session) tellLinks(ctx context.Context) error {
	pipe, programs := filepath.Join(s.dir, "links"), filepath.Join(s.dir, "bin")
	if err := makePipe(pipe); err != nil {
		return fmt.Errorf("make a pipe for links: %w", err)
	}
	links, err := os.OpenFile(pipe, os.O_RDWR, 0) // read and write: never at its end
	if err != nil {
		return fmt.Errorf("open the pipe for links: %w", err)
	}
	if err := os.Mkdir(programs, 0o700); err != nil {
		return err
	}
	script := "#!/bin/sh\nprintf '%s\\n' \"$1\" > '" + pipe + "'\n"
	if err := os.WriteFile(filepath.Join(programs, "xdg-open"), []byte(script), 0o700); err != nil {
		return err
	}
	s.env = append(s.env, "PATH="+programs+string(os.PathListSeparator)+os.Getenv("PATH"))
	context.AfterFunc(ctx, func() { _ = links.Close() })
	go func() {
		for scanner := bufio.NewScanner(links); scanner.Scan(); {
			fmt.Printf("Open in your browser:\n\n  %s\n\n", scanner.Text())
		}
	}()
	return nil
}

// openLinksWith makes a program the system browser and mail program of a home
// folder, as a user's settings would; xdg-open reads them.
func (s *session) openLinksWith(program, home string) error {
	const entry = "partner-desk-test-browser.desktop"
	files := map[string]string{
		filepath.Join(home, ".local", "share", "applications", entry): "[Desktop Entry]\nType=Application\nName=Test browser\n" +
			"Exec=" + program + " %u\nMimeType=x-scheme-handler/http;x-scheme-handler/https;x-scheme-handler/mailto;\n",
		filepath.Join(home, ".config", "mimeapps.list"): "[Default Applications]\nx-scheme-handler/http=" + entry +
			"\nx-scheme-handler/https=" + entry + "\nx-scheme-handler/mailto=" + entry + "\n",
	}
	for path, text := range files {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			return err
		}
	}
	s.env = append(s.env, "BROWSER="+program)
	return nil
}
