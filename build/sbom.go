package main

import (
	"context"
	"os"
)

// packageSBOM writes what the programs are made of, as CycloneDX documents
// (https://cyclonedx.org/specification/overview).
func packageSBOM(ctx context.Context, r *release) error {
	for name, program := range map[string]struct{ main, tags string }{
		"partner-desk": {".", "desktop,production,webkit2_41"},
		"backoffice":   {"backend/cmd/backoffice", ""},
	} {
		err := task{dir: r.root, env: r.env("GOFLAGS=-tags=" + program.tags), args: tool(cyclonedx, "app", "-json", "-noserial",
			"-licenses", "-std", "-main", program.main, "-output", r.out(name+"-"+r.version+".cdx.json"), ".")}.do(ctx)
		if err != nil {
			return err
		}
	}
	page, err := os.Create(r.out("partner-desk-page-" + r.version + ".cdx.json"))
	if err != nil {
		return err
	}
	err = task{dir: r.frontend(), out: page, args: npm("sbom", "--sbom-format=cyclonedx")}.do(ctx)
	if closed := page.Close(); err == nil {
		err = closed
	}
	return err
}
