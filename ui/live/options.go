package live

import (
	"crypto/rand"
	"log/slog"
	"time"
)

// Options of a hub; the zero value shows the wall clock at its own speed to pages of its own origin.
type Options struct {
	Now     func() time.Time // the day's clock; nil: the wall's
	Speed   float64          // how much faster than the wall's it runs; 0: 1
	Epoch   string           // names the run of the program; "": a random one
	Origins []string         // further origins whose pages may watch, such as https://board.example
	Ring    int              // messages of a day kept for those who come back; 0: 4,096
	Behind  int              // messages that may wait for one board before it is given a snapshot instead; 0: 256
	Boards  int              // most boards at once; 0: 10,000
	Beat    time.Duration    // between two heartbeats; 0: 5 s
	Stuck   time.Duration    // a board that takes nothing for so long is closed; 0: 10 s
	Silent  time.Duration    // a board that answers no ping for so long is closed; 0: 1 min
	Keep    int              // heartbeats for which a day that nobody watches is remembered; 0: 720
	Log     *slog.Logger     // nil: silent
}

func (o Options) filled() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Speed <= 0 {
		o.Speed = 1
	}
	if o.Epoch == "" {
		o.Epoch = rand.Text()
	}
	o.Ring = or(o.Ring, 4096)
	o.Behind = or(o.Behind, 256)
	o.Boards = or(o.Boards, 10_000)
	o.Keep = or(o.Keep, 720)
	o.Beat = or(o.Beat, 5*time.Second)
	o.Stuck = or(o.Stuck, 10*time.Second)
	o.Silent = or(o.Silent, time.Minute)
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

// or is n, or the usual when n was not said.
func or[N int | time.Duration](n, usual N) N {
	if n <= 0 {
		return usual
	}
	return n
}
