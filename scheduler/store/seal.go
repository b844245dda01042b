package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"strconv"

	"beamslot/scheduler"
)

// A sealed line is {"prev":"<64 hex>","entry":{…},"crc":"<8 hex>"}: the SHA-256 of the line before, the entry, and
// the CRC-32C of everything up to the crc field.
type sealed struct {
	Prev  string          `json:"prev"`
	Entry json.RawMessage `json:"entry"`
	CRC   string          `json:"crc"`
}

const (
	crcField = `,"crc":"`
	crcTail  = len(crcField) + 8 + len(`"}`)
)

// What can be wrong with a line.
var (
	errChecksum = errors.New("its checksum does not match: the bytes have changed")
	errForm     = errors.New("it is not a sealed line")
)

func castagnoli(b []byte) uint32 { return crc32.Checksum(b, crc32.MakeTable(crc32.Castagnoli)) }

// seal writes the entry as a line that follows the line with hash prev.
func seal(e scheduler.Entry, prev []byte) ([]byte, error) {
	entry, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("entry %d cannot be written: %w", e.Seq, err)
	}
	line := append([]byte(`{"prev":"`), hex.EncodeToString(prev)...)
	line = append(line, `","entry":`...)
	line = append(line, entry...)
	return fmt.Appendf(line, `%s%08x"}`, crcField, castagnoli(line)), nil
}

// unseal checks the line's own checksum and reads it; prev is the hash of the line that it says it follows.
func unseal(line []byte) (e scheduler.Entry, prev []byte, err error) {
	body, sum, ok := cut(line)
	if !ok {
		return e, nil, errForm
	}
	if castagnoli(body) != sum {
		return e, nil, errChecksum
	}
	var s sealed
	if err := json.Unmarshal(line, &s); err != nil {
		return e, nil, fmt.Errorf("%w: %w", errForm, err)
	}
	if prev, err = hex.DecodeString(s.Prev); err != nil || len(prev) != sha256.Size {
		return e, nil, errForm
	}
	return e, prev, json.Unmarshal(s.Entry, &e)
}

// cut parts a line into what the checksum covers and the checksum.
func cut(line []byte) (body []byte, sum uint32, ok bool) {
	at := len(line) - crcTail
	if at < 0 || !bytes.HasPrefix(line[at:], []byte(crcField)) || !bytes.HasSuffix(line, []byte(`"}`)) {
		return nil, 0, false
	}
	n, err := strconv.ParseUint(string(line[at+len(crcField):len(line)-2]), 16, 32)
	return line[:at], uint32(n), err == nil
}

func hashOf(line []byte) []byte {
	h := sha256.Sum256(line)
	return h[:]
}
