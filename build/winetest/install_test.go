package winetest

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

const (
	uninstallKey = `Software\Microsoft\Windows\CurrentVersion\Uninstall\PartnerDesk`
	schemeKey    = `Software\Classes\partnerdesk`
)

// An installed is Partner Desk in the system, in one of the two ways.
type installed struct {
	hive, folder, shortcut string
	words                  string // that its uninstaller takes
}

func forUser(t *testing.T, folder string) installed {
	return installed{"HKCU", folder, filepath.Join(local(t), "..", "Roaming", "Microsoft", "Windows", "Start Menu", "Programs", "Partner Desk.lnk"), ""}
}

func ownFolder(t *testing.T) string { return filepath.Join(local(t), "Programs", "Partner Desk") }

func forAll() installed {
	return installed{"HKLM", filepath.Join(drive, "Program Files", "Partner Desk"),
		filepath.Join(drive, "ProgramData", "Microsoft", "Windows", "Start Menu", "Programs", "Partner Desk.lnk"), " /ALLUSERS"}
}

func setup(older bool) string {
	if older {
		return filepath.Join(made, "older-setup.exe")
	}
	return filepath.Join(made, "setup.exe")
}

// check fails the test unless just that version is there, with all that belongs to it.
func (i installed) check(t *testing.T, older bool) {
	t.Helper()
	program, want := filepath.Join(made, "partner-desk.exe"), version
	if older {
		program, want = filepath.Join(made, "open.exe"), olderVersion
	}
	same(t, filepath.Join(i.folder, "partner-desk.exe"), program)
	folder := windows(i.folder)
	if shortcut, err := os.ReadFile(i.shortcut); err != nil || !bytes.Contains(shortcut, []byte("\x00"+folder+`\partner-desk.exe`+"\x00")) {
		t.Errorf("the Start menu's entry does not lead to the program: %v", err)
	}
	entry := registry(t, i.hive+`\`+uninstallKey)
	if entry["EstimatedSize"] == "" {
		t.Error("no size is told")
	}
	delete(entry, "EstimatedSize")
	if wanted := map[string]string{
		"DisplayName": "Partner Desk", "DisplayVersion": want, "Publisher": "Partner Desk", "URLInfoAbout": "https://partnerdesk.example",
		"DisplayIcon": `"` + folder + `\partner-desk.exe",0`, "InstallLocation": folder, "NoModify": "0x1", "NoRepair": "0x1",
		"UninstallString": `"` + folder + `\uninstall.exe"` + i.words, "QuietUninstallString": `"` + folder + `\uninstall.exe"` + i.words + " /S",
	}; !maps.Equal(entry, wanted) {
		t.Errorf("the list of programs says %q", entry)
	}
	if scheme := registry(t, i.hive+`\`+schemeKey); !maps.Equal(scheme, map[string]string{
		"(Default)": "URL:Partner Desk", "URL Protocol": "", `DefaultIcon\(Default)`: `"` + folder + `\partner-desk.exe",0`,
		`shell\open\command\(Default)`: `"` + folder + `\partner-desk.exe" -- "%1"`,
	}) {
		t.Errorf("links open by %q", scheme)
	}
}

// remove uninstalls and fails the test unless all that was installed is gone.
func (i installed) remove(t *testing.T, more ...string) {
	t.Helper()
	args := []string{"/S"}
	if i.words != "" {
		args = append(args, "/ALLUSERS")
	}
	must(t, filepath.Join(i.folder, "uninstall.exe"), append(args, more...)...)
	uninstalled(t, i.hive)
	i.gone(t)
}

// gone fails the test when something of it is there.
func (i installed) gone(t *testing.T) {
	t.Helper()
	for _, path := range []string{filepath.Join(i.folder, "partner-desk.exe"), filepath.Join(i.folder, "uninstall.exe"), i.shortcut} {
		if _, err := os.Lstat(path); err == nil {
			t.Errorf("%s is there", path)
		}
	}
	for _, key := range []string{uninstallKey, schemeKey} {
		if left := registry(t, i.hive+`\`+key); len(left) > 0 {
			t.Errorf(`%s\%s holds %q`, i.hive, key, left)
		}
	}
}

func TestInstallUpgradeUninstall(t *testing.T) {
	desk := forUser(t, ownFolder(t))
	data := filepath.Join(local(t), "partner-desk", "local", "replica.db")
	must(t, setup(true), "/S")
	desk.check(t, true)
	forAll().gone(t)
	write(t, data, "the user's")
	must(t, setup(false), "/S")
	desk.check(t, false)
	if got := files(t, desk.folder); !slices.Equal(got, []string{"partner-desk.exe", "uninstall.exe"}) {
		t.Errorf("installed are %q", got)
	}
	desk.remove(t)
	if _, err := os.Stat(desk.folder); err == nil {
		t.Error("the folder is still there")
	}
	holds(t, data, "the user's")
}

func TestInstallForAllUsers(t *testing.T) {
	must(t, setup(true), "/S", "/ALLUSERS")
	forAll().check(t, true)
	must(t, setup(false), "/S") // goes where the older one is
	forAll().check(t, false)
	forUser(t, ownFolder(t)).gone(t)
	forAll().remove(t)
	if _, err := os.Stat(forAll().folder); err == nil {
		t.Error("the folder is still there")
	}
}

func TestInstallElsewhereMovesIt(t *testing.T) {
	chosen := filepath.Join(drive, "Own Programs", "Desk")
	must(t, setup(true), "/S")
	must(t, setup(false), "/S", "/D="+windows(chosen))
	if got := files(t, filepath.Dir(ownFolder(t))); slices.Contains(got, "Partner Desk") {
		t.Errorf("left behind: %q", files(t, ownFolder(t)))
	}
	desk := forUser(t, chosen)
	desk.check(t, false)
	must(t, setup(false), "/S") // knows the folder
	desk.check(t, false)
	desk.remove(t)
}

func TestInstallWhereItCannotBeWritten(t *testing.T) {
	folder := filepath.Join(drive, "taken")
	own := filepath.Join(folder, "uninstall.exe", "own.txt") // where a file is to go
	write(t, own, "own")
	if code, said := run(t, setup(false), "/S", "/D="+windows(folder)); code != 2 {
		t.Errorf("it ended with %d\n%s", code, said)
	}
	holds(t, own, "own")
	if entry := registry(t, `HKCU\`+uninstallKey); len(entry) > 0 {
		t.Errorf("the list of programs says %q", entry)
	}
}

// TestOpenProgramStays: neither an upgrade nor the uninstaller touches a program
// that runs.
func TestOpenProgramStays(t *testing.T) {
	must(t, setup(true), "/S")
	desk := forUser(t, ownFolder(t))
	running := command(filepath.Join(desk.folder, "partner-desk.exe"))
	input, err := running.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	output, err := running.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := running.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := output.Read(make([]byte, 16)); err != nil {
		t.Fatal(err)
	}
	if code, said := run(t, setup(false), "/S"); code != 32 {
		t.Errorf("the upgrade ended with %d\n%s", code, said)
	}
	uninstaller := filepath.Join(desk.folder, "uninstall.exe")
	if code, said := run(t, uninstaller, "/S", "_?="+windows(desk.folder)); code != 32 { // without a copy that goes on
		t.Errorf("the uninstaller ended with %d\n%s", code, said)
	}
	desk.check(t, true)
	_ = input.Close()
	if err := running.Wait(); err != nil {
		t.Error(err)
	}
	desk.remove(t)
}
