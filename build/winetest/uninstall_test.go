package winetest

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestUninstallLeavesWhatIsNotOurs has a folder of the user's for the program.
func TestUninstallLeavesWhatIsNotOurs(t *testing.T) {
	folder := filepath.Join(drive, "Own Things")
	own := map[string]string{"notes.txt": "dear diary", "uninstall.exe.txt": "how to", filepath.Join("partner-desk", "letters.txt"): "letters"}
	for name, text := range own {
		write(t, filepath.Join(folder, name), text)
	}
	must(t, setup(false), "/S", "/D="+windows(folder))
	desk := forUser(t, folder)
	desk.check(t, false)
	desk.remove(t)
	for name, text := range own {
		holds(t, filepath.Join(folder, name), text)
	}
	if got := files(t, folder); !slices.Equal(got, []string{"notes.txt", "partner-desk", "uninstall.exe.txt"}) {
		t.Errorf("left are %q", got)
	}
}

// TestUninstallLeavesALinkSchemeThatIsNotOurs: another program has taken it since.
func TestUninstallLeavesALinkSchemeThatIsNotOurs(t *testing.T) {
	must(t, setup(false), "/S")
	const command = `HKCU\` + schemeKey + `\shell\open\command`
	must(t, "reg", "add", command, "/ve", "/d", `"C:\other.exe" "%1"`, "/f")
	must(t, filepath.Join(ownFolder(t), "uninstall.exe"), "/S")
	uninstalled(t, "HKCU")
	if got := registry(t, command); got["(Default)"] != `"C:\other.exe" "%1"` {
		t.Errorf("links open by %q", got)
	}
	must(t, "reg", "delete", `HKCU\`+schemeKey, "/f")
	forUser(t, ownFolder(t)).gone(t)
}

// TestRemoveData has files of the user's among the data, beside it, and beside
// the program.
func TestRemoveData(t *testing.T) {
	data, desk := filepath.Join(local(t), "partner-desk"), forUser(t, ownFolder(t))
	must(t, setup(false), "/S")
	for _, name := range []string{"local/replica.db", "logs/partner-desk.log", "webview/Default/file", "window.json"} {
		write(t, filepath.Join(data, name), "{}")
	}
	own := []string{filepath.Join(data, "notes.txt"), filepath.Join(local(t), "partner-desk-other", "notes.txt"), filepath.Join(desk.folder, "notes.txt")}
	for _, path := range own {
		write(t, path, "own")
	}
	desk.remove(t, "/REMOVEDATA")
	if got := files(t, data); !slices.Equal(got, []string{"notes.txt"}) {
		t.Errorf("left of the data are %q", got)
	}
	for _, path := range own {
		holds(t, path, "own")
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	must(t, setup(false), "/S")
	desk.remove(t, "/REMOVEDATA") // without data
	for _, path := range []string{data, desk.folder} {
		if _, err := os.Stat(path); err == nil {
			t.Errorf("%s stayed, and holds %q", path, files(t, path))
		}
	}
}
