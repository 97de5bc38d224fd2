package main

// Tools that `go run` fetches and builds by themselves, in the versions that were tried.
const (
	nfpm        = "github.com/goreleaser/nfpm/v2/cmd/nfpm@v2.45.2"
	winres      = "github.com/tc-hib/go-winres@v0.3.3"
	cyclonedx   = "github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0"
	govulncheck = "golang.org/x/vuln/cmd/govulncheck@v1.9.0"
	actionlint  = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12"
)

// tool returns the words that run one of them. It is built for this system,
// whatever is being built.
func tool(name string, args ...string) []string {
	return append([]string{"go", "run", name}, args...)
}
