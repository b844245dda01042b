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
// the CRC-32C of everything up to the crc field. It is read by position, and in exactly this form only.
const (
	prevField  = `{"prev":"`
	entryField = `","entry":`
	crcField   = `,"crc":"`
	lineEnd    = `"}`

	entryAt = len(prevField) + 2*sha256.Size + len(entryField)
	tailLen = len(crcField) + 2*crc32.Size + len(lineEnd)
)

// What can be wrong with a line.
var (
	errChecksum = errors.New("its checksum does not match: the bytes have changed")
	errForm     = errors.New("it is not a sealed line")
)

func castagnoli(b []byte) uint32 { return crc32.Checksum(b, crc32.MakeTable(crc32.Castagnoli)) }

func hashOf(line []byte) []byte {
	h := sha256.Sum256(line)
	return h[:]
}

// seal writes the entry as a line that follows the line with hash prev.
func seal(e scheduler.Entry, prev []byte) ([]byte, error) {
	entry, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("entry %d cannot be written: %w", e.Seq, err)
	}
	line := make([]byte, 0, entryAt+len(entry)+tailLen)
	line = append(line, prevField...)
	line = hex.AppendEncode(line, prev)
	line = append(line, entryField...)
	line = append(line, entry...)
	return append(line, tail(line)...), nil
}

// tail is what stands after the entry.
func tail(body []byte) string { return fmt.Sprintf(`%s%08x%s`, crcField, castagnoli(body), lineEnd) }

// part takes a line apart: the hash that it follows and the entry's JSON, once form and checksum are right.
func part(line []byte) (prev, entry []byte, err error) {
	at := len(line) - tailLen
	if at < entryAt || !bytes.HasPrefix(line, []byte(prevField)) || !bytes.HasPrefix(line[at:], []byte(crcField)) {
		return nil, nil, errForm
	}
	if string(line[at:]) != tail(line[:at]) {
		return nil, nil, errChecksum
	}
	prev, err = hex.DecodeString(string(line[len(prevField) : len(prevField)+2*sha256.Size]))
	if err != nil || string(line[entryAt-len(entryField):entryAt]) != entryField {
		return nil, nil, errForm
	}
	return prev, line[entryAt:at], nil
}

// unseal reads the entry in a line.
func unseal(line []byte) (e scheduler.Entry, err error) {
	_, entry, err := part(line)
	if err != nil {
		return e, err
	}
	return e, json.Unmarshal(entry, &e)
}

// numberIn is the number that the entry's JSON begins with: cheaper than reading all of it.
func numberIn(entry []byte) (uint64, error) {
	rest, ok := bytes.CutPrefix(entry, []byte(`{"seq":`))
	digits, _, more := bytes.Cut(rest, []byte(","))
	if !ok || !more {
		return 0, errForm
	}
	return strconv.ParseUint(string(digits), 10, 64)
}
