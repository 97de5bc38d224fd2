package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
)

// writeICO joins PNG files named icon-SIZE.png into a Windows icon
// (https://learn.microsoft.com/windows/win32/menurc/resources-reference: a
// directory of entries, then the images; 256 pixels are written as 0).
func writeICO(to, dir string, sizes []int) error {
	var head, images bytes.Buffer
	write := func(values ...any) {
		for _, v := range values {
			_ = binary.Write(&head, binary.LittleEndian, v) // into memory: can't fail
		}
	}
	write(uint16(0), uint16(1), uint16(len(sizes)))
	start := 6 + 16*len(sizes)
	for _, size := range sizes {
		image, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf("icon-%d.png", size)))
		if err != nil {
			return err
		}
		side := uint8(size % 256)
		write(side, side, uint8(0), uint8(0), uint16(1), uint16(32), uint32(len(image)), uint32(start+images.Len()))
		images.Write(image)
	}
	return os.WriteFile(to, append(head.Bytes(), images.Bytes()...), 0o644)
}
