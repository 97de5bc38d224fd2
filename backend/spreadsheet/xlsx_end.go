package spreadsheet

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path"
	"regexp"
	"strconv"
	"strings"

	"partnerdesk/backend/customer"
)

// checkEnd returns an error when a sheet has rows behind the last one that was
// read: a library that stops at broken XML does not say so, and the rows behind it
// would be missing without a word.
func checkEnd(packed *os.File, sheet string, last int) error {
	info, err := packed.Stat()
	if err != nil {
		return unreadable(err)
	}
	parts, err := zip.NewReader(packed, info.Size())
	if err != nil {
		return noXLSX()
	}
	in, err := parts.Open(sheetPart(parts, sheet))
	if err != nil {
		return nil // it was read, so it is elsewhere; there is nothing to compare with
	}
	defer func() { _ = in.Close() }()
	n, err := lastRow(in)
	if err != nil {
		return noXLSX()
	}
	if n > last {
		return customer.Fail(customer.Invalid, "This file is damaged behind row "+strconv.Itoa(last)+
			". Open it in a spreadsheet program, save it anew, and import that.")
	}
	return nil
}

// sheetPart is the name of the part that holds a sheet.
func sheetPart(parts *zip.Reader, sheet string) string {
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"id,attr"`
		} `xml:"sheets>sheet"`
	}
	var links struct {
		Links []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if decodePart(parts, "xl/workbook.xml", &book) != nil || decodePart(parts, "xl/_rels/workbook.xml.rels", &links) != nil {
		return ""
	}
	for _, s := range book.Sheets {
		for _, l := range links.Links {
			if s.Name == sheet && l.ID == s.ID {
				if rooted, found := strings.CutPrefix(l.Target, "/"); found {
					return rooted
				}
				return path.Join("xl", l.Target)
			}
		}
	}
	return ""
}

func decodePart(parts *zip.Reader, name string, into any) error {
	in, err := parts.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	return xml.NewDecoder(in).Decode(into)
}

var rowNumber = regexp.MustCompile(`\sr="(\d+)"`)

// lastRow is the highest number of a row in a sheet's XML, well-formed or not.
func lastRow(in io.Reader) (last int, err error) {
	r := bufio.NewReaderSize(in, 64<<10)
	at := 0
	for {
		piece, err := r.ReadSlice('>') // of long text only the end is looked at
		if tag := bytes.LastIndexByte(piece, '<'); err == nil && tag >= 0 {
			name, _, _ := bytes.Cut(bytes.TrimRight(piece[tag+1:], "/>"), []byte(" "))
			if _, local, found := bytes.Cut(name, []byte(":")); found {
				name = local
			}
			if string(name) == "row" {
				at++
				if m := rowNumber.FindSubmatch(piece[tag:]); m != nil {
					at, _ = strconv.Atoi(string(m[1]))
				}
				last = max(last, at)
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return last, nil
		case err != nil && !errors.Is(err, bufio.ErrBufferFull):
			return last, err
		}
	}
}
