package winetest

import (
	"bytes"
	"debug/pe"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestWithoutWebView2 runs the real program. Wine has no WebView2, so that it says
// what to install, in its log and on the screen's behalf on standard error.
func TestWithoutWebView2(t *testing.T) {
	code, said := run(t, filepath.Join(made, "partner-desk.exe"))
	log := filepath.Join(local(t), "partner-desk", "logs", "partner-desk.log")
	if code != 1 || !strings.Contains(said, "Microsoft Edge WebView2 Runtime") || !strings.Contains(said, "Its log is "+windows(log)) {
		t.Errorf("it ended with %d\n%s", code, said)
	}
	text, err := os.ReadFile(log)
	if err != nil || !bytes.Contains(text, []byte("https://developer.microsoft.com/microsoft-edge/webview2")) {
		t.Errorf("the log holds %q, %v", text, err)
	}
}

// TestInstallWithoutWebView2: the installer tries to get it, which takes a 32-bit
// program that can't run here, and installs Partner Desk all the same.
func TestInstallWithoutWebView2(t *testing.T) {
	must(t, setup(false), "/S")
	desk := forUser(t, ownFolder(t))
	desk.check(t, false)
	desk.remove(t)
}

// TestLinksStartTheProgram: whatever a link says, it chooses no option. Wine looks
// for schemes in the machine's registry only.
func TestLinksStartTheProgram(t *testing.T) {
	must(t, setup(false), "/S", "/ALLUSERS")
	log := filepath.Join(local(t), "partner-desk", "logs", "partner-desk.log")
	for _, link := range []string{
		"partnerdesk://customer/019a0c7e-5b1c-7c3e-8f00-0123456789ab",
		`partnerdesk://customer/x --data C:\chosen`,
		`partnerdesk://customer/x" --data "C:\chosen`,
		`partnerdesk:--data=C:\chosen`,
	} {
		if err := os.RemoveAll(filepath.Dir(log)); err != nil {
			t.Fatal(err)
		}
		if code, said := run(t, "start", "/wait", link); code != 1 {
			t.Errorf("%s: the program ended with %d\n%s", link, code, said)
		}
		if _, err := os.Stat(log); err != nil {
			t.Errorf("%s did not start the program: %v", link, err)
		}
		if _, err := os.Stat(filepath.Join(drive, "chosen")); err == nil {
			t.Fatalf("%s chose where the data is", link)
		}
	}
	forAll().remove(t)
}

// TestVersionAndIcon reads the resources that Explorer shows.
func TestVersionAndIcon(t *testing.T) {
	for _, name := range []string{"partner-desk.exe", "setup.exe"} {
		file, err := pe.Open(filepath.Join(made, name))
		if err != nil {
			t.Fatal(err)
		}
		resources, err := file.Section(".rsrc").Data()
		_ = file.Close()
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range [][]byte{[]byte("\x89PNG"), wide("ProductName\x00"), wide("Partner Desk\x00"), wide("ProductVersion\x00"), wide(version + "\x00")} {
			if !bytes.Contains(resources, want) {
				t.Errorf("%s lacks %.40q", name, want)
			}
		}
	}
}

// TestSigned: program, installer and uninstaller are signed by the configured
// certificate, and none can be changed unnoticed.
func TestSigned(t *testing.T) {
	must(t, setup(false), "/S")
	desk := forUser(t, ownFolder(t))
	for _, path := range []string{
		setup(false), filepath.Join(desk.folder, "partner-desk.exe"), filepath.Join(desk.folder, "uninstall.exe"),
	} {
		if said, err := verify(path); err != nil {
			t.Errorf("%s: %v\n%s", path, err, said)
		}
		program, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		program[len(program)/3] ^= 1
		changed := filepath.Join(t.TempDir(), "changed.exe")
		write(t, changed, string(program))
		if said, err := verify(changed); err == nil {
			t.Errorf("a changed %s passes\n%s", path, said)
		}
	}
	desk.remove(t)
}

func verify(path string) (said []byte, err error) {
	return exec.Command("osslsigncode", "verify", "-CAfile", filepath.Join(made, "certificate.pem"), "-in", path).CombinedOutput()
}

// TestTwoBuildsAreAlike compares the program, before it is signed, with one
// built from a copy of the sources in another folder.
func TestTwoBuildsAreAlike(t *testing.T) {
	same(t, filepath.Join(made, "built.exe"), filepath.Join(made, "built-elsewhere.exe"))
}
