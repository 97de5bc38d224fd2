package main

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"os"
)

// writeXauthority writes a file with a fresh key for a virtual display, so that
// other users of the machine can't look at it.
func writeXauthority(path string) error {
	key := make([]byte, 16)
	if _, err := rand.Read(key); err != nil {
		return fmt.Errorf("make the display's key: %w", err)
	}
	const anyHost = 0xffff
	var b bytes.Buffer
	for _, field := range [][]byte{nil, nil, []byte("MIT-MAGIC-COOKIE-1"), key} { // address, display, kind, key
		if b.Len() == 0 {
			b.Write([]byte{anyHost >> 8, anyHost & 0xff})
		}
		b.Write(binary.BigEndian.AppendUint16(nil, uint16(len(field))))
		b.Write(field)
	}
	return os.WriteFile(path, b.Bytes(), 0o600)
}
