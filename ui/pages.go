package ui

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"strings"
)

// pages serves built files under stable names: each with a tag of its content, and asked for again each time.
type pages struct {
	files http.Handler
	tags  map[string]string // by path
}

func newPages(files fs.FS) (http.Handler, error) {
	if files == nil {
		return http.NotFoundHandler(), nil
	}
	p := pages{http.FileServerFS(files), map[string]string{}}
	err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(files, path)
		sum := sha256.Sum256(content)
		p.tags["/"+path] = `"` + hex.EncodeToString(sum[:12]) + `"`
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("the board's files cannot be read: %w", err)
	}
	return p, nil
}

func (p pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "pages are only read", http.StatusMethodNotAllowed)
		return
	case path == "/":
		path = "/index.html"
	case strings.HasSuffix(path, "/"): // folders are not listed
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", "no-cache")
	if tag, ok := p.tags[path]; ok {
		w.Header().Set("ETag", tag)
	}
	p.files.ServeHTTP(w, r)
}
