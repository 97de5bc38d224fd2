package main

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// tellLinks makes out the system browser: a link that the app opens is written
// there, for there is no browser on the virtual display. The settings that say so
// are the session's own, and come before the user's.
func (s *session) tellLinks(ctx context.Context, out io.Writer) error {
	pipe, program := filepath.Join(s.dir, "links"), filepath.Join(s.dir, "tell-link")
	if err := makePipe(pipe); err != nil {
		return fmt.Errorf("make a pipe for links: %w", err)
	}
	links, err := os.OpenFile(pipe, os.O_RDWR, 0) // read and write: never at its end
	if err != nil {
		return fmt.Errorf("open the pipe for links: %w", err)
	}
	script := "#!/bin/sh\nprintf '%s\\n' \"$1\" > '" + pipe + "'\n"
	if err := os.WriteFile(program, []byte(script), 0o700); err != nil {
		return err
	}
	data, config := filepath.Join(s.dir, "share"), filepath.Join(s.dir, "config")
	if err := s.openLinksWith(program, data, config); err != nil {
		return err
	}
	s.env = append(s.env, "XDG_CONFIG_HOME="+config,
		"XDG_DATA_DIRS="+data+":"+cmp.Or(os.Getenv("XDG_DATA_DIRS"), "/usr/local/share:/usr/share"))
	context.AfterFunc(ctx, func() { _ = links.Close() })
	go func() {
		for scanner := bufio.NewScanner(links); scanner.Scan(); {
			_, _ = fmt.Fprintf(out, "Open in your browser:\n\n  %s\n\n", scanner.Text())
		}
	}()
	return nil
}

// openLinksWith makes a program the system browser and mail program, as a user's
// settings would; data and config are the folders of XDG_DATA_HOME, or one of
// XDG_DATA_DIRS, and of XDG_CONFIG_HOME.
func (s *session) openLinksWith(program, data, config string) error {
	const entry = "partner-desk-test-browser.desktop"
	files := map[string]string{
		filepath.Join(data, "applications", entry): "[Desktop Entry]\nType=Application\nName=Test browser\n" +
			"Exec=" + program + " %u\nMimeType=x-scheme-handler/http;x-scheme-handler/https;x-scheme-handler/mailto;\n",
		filepath.Join(config, "mimeapps.list"): "[Default Applications]\nx-scheme-handler/http=" + entry +
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
