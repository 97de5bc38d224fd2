package password

import (
	"fmt"
	"io"
	"strings"
)

// alphabet has 32 signs that look different from each other in any typeface
// and make no words: 5 bits each.
const alphabet = "bcdfhjkmnprtvwxyz" + "DEFGHJLNRT" + "34679"

// Generate makes a password of 16 random signs in four groups, such as
// "xk7v-Rbn4-tHwc-9mzp" (about 80 bits), with capital and lower-case letters
// and numbers, and no two signs that look alike. It reads random until the
// kinds are all there, and fails only when random does.
func Generate(random io.Reader) (string, error) {
	for {
		raw := make([]byte, 16)
		if _, err := io.ReadFull(random, raw); err != nil {
			return "", fmt.Errorf("make a password: %w", err)
		}
		var b strings.Builder
		for i, r := range raw {
			if i > 0 && i%4 == 0 {
				b.WriteByte('-')
			}
			b.WriteByte(alphabet[r%32])
		}
		made := b.String()
		if strings.ContainsAny(made, alphabet[:17]) && strings.ContainsAny(made, alphabet[17:27]) && strings.ContainsAny(made, alphabet[27:]) {
			return made, nil
		}
	}
}
