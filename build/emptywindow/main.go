// An empty Wails window, the yardstick of Partner Desk's start and memory. It is
// built by `go run ./build bench` and ships nowhere.
package main

import (
	"embed"
	"io/fs"
	"log"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
)

//go:embed page
var assets embed.FS

func main() {
	page, err := fs.Sub(assets, "page")
	if err == nil {
		err = wails.Run(&options.App{
			Title: "Empty", Width: 1280, Height: 800, AssetServer: &assetserver.Options{Assets: page},
		})
	}
	if err != nil {
		log.Fatal(err)
	}
}
