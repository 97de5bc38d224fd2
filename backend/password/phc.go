package password

import (
	"encoding/base64"
	"fmt"
	"regexp"
	"strconv"

	"golang.org/x/crypto/argon2"

	"partnerdesk/backend/customer"
)

// phc is an argon2id hash with its parameters, as in a PHC string.
type phc struct {
	memory uint32 // KiB
	passes uint32
	lanes  uint8
	salt   []byte
	key    []byte
}

// longestPHC bounds a PHC string, in bytes: the longest salt and key that fit
// the bounds make about 230.
const longestPHC = 256

func (p phc) String() string {
	b := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, p.memory, p.passes, p.lanes,
		b.EncodeToString(p.salt), b.EncodeToString(p.key))
}

// CheckPHC returns nil when hash is an argon2id PHC string, version 19, with
// m 19456..65536 KiB, t 2..10 (1 where m is at least 47104), p 1..4, a salt of
// 16..64 bytes and a key of 32..64 bytes. Otherwise the error is a
// *customer.Error with code Invalid for the field "password".
func CheckPHC(hash string) error {
	_, err := parse(hash)
	return err
}

// number is a decimal without leading zeros, short enough for 32 bits.
const number = `([1-9][0-9]{0,8})`

var phcForm = regexp.MustCompile(`^\$argon2id\$v=19\$m=` + number + `,t=` + number + `,p=` + number +
	`\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$`)

func parse(hash string) (phc, error) {
	refused := customer.FailField(customer.Invalid, "password", "This is not a password hash that can be accepted.")
	if len(hash) > longestPHC {
		return phc{}, refused
	}
	parts := phcForm.FindStringSubmatch(hash)
	if parts == nil {
		return phc{}, refused
	}
	m, errM := strconv.ParseUint(parts[1], 10, 32)
	t, errT := strconv.ParseUint(parts[2], 10, 32)
	l, errL := strconv.ParseUint(parts[3], 10, 32)
	salt, errS := base64.RawStdEncoding.Strict().DecodeString(parts[4])
	key, errK := base64.RawStdEncoding.Strict().DecodeString(parts[5])
	for _, err := range []error{errM, errT, errL, errS, errK} {
		if err != nil {
			return phc{}, refused
		}
	}
	enough := t >= 2 || m >= 47104
	if m < memoryKiB || m > 65536 || t > 10 || !enough || l > 4 ||
		len(salt) < 16 || len(salt) > 64 || len(key) < 32 || len(key) > 64 {
		return phc{}, refused
	}
	return phc{memory: uint32(m), passes: uint32(t), lanes: uint8(l), salt: salt, key: key}, nil
}
